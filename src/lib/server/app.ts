import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openLinks } from './accounts/links.ts';
import type { Links } from './accounts/links.ts';
import { openPeople } from './accounts/people.ts';
import type { People } from './accounts/people.ts';
import { openAccessLog } from './customers/access-log.ts';
import type { AccessLog } from './customers/access-log.ts';
import { eraseAgain } from './customers/erase-listed.ts';
import { openErasedList } from './customers/erased-list.ts';
import type { ErasedList } from './customers/erased-list.ts';
import { keysOf } from './customers/keys.ts';
import { childReader } from './import/child/child-reader.ts';
import type { Reader } from './import/stage/task.ts';
import { emptyStaging, stagingFolder } from './import/staging.ts';
import { openMappings } from './mappings/mappings.ts';
import type { Mappings } from './mappings/mappings.ts';
import { writingInto } from './disk.ts';
import { memoryShares } from './memory.ts';
import { openNotes } from './notes/notes.ts';
import type { Notes } from './notes/notes.ts';
import { openFeeds } from './pull/feeds.ts';
import type { Feeds } from './pull/feeds.ts';
import { vaultOf } from './pull/vault.ts';
import type { Vault } from './pull/vault.ts';
import { openKeptAnswers } from './push/answers.ts';
import type { KeptAnswers } from './push/answers.ts';
import { openSettings } from './settings/settings.ts';
import type { Settings } from './settings/settings.ts';
import { openTokens } from './tokens/tokens.ts';
import type { Tokens } from './tokens/tokens.ts';
import { openViews } from './views/views.ts';
import type { Views } from './views/views.ts';
import { prepareWarehouse } from './warehouse/prepare.ts';
import { openWarehouse } from './warehouse/warehouse.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

/** The stores of one data folder, and the clock: what pages, API and command line work on. */
export type App = {
  readonly warehouse: Warehouse;
  readonly settings: Settings;
  readonly notes: Notes;
  readonly views: Views;
  readonly people: People;
  readonly links: Links;
  readonly tokens: Tokens;
  readonly keptAnswers: KeptAnswers;
  readonly feeds: Feeds;
  readonly mappings: Mappings;
  readonly accessLog: AccessLog;
  readonly erased: ErasedList;
  readonly vault: Vault;
  /** The folder that holds warehouse.duckdb and app.sqlite. */
  readonly data: string;
  /** The wall clock; only says how old the data are. */
  readonly clock: () => Date;
  /** Reads the files of an import. */
  readonly reader: Reader;
  close(): Promise<void>;
};

export type AppOptions = {
  data: string;
  clock: () => Date;
  /** By default a process of its own reads what is handed in. */
  reader?: Reader;
};

/**
 * Opens the stores of a data folder, made where they are missing; models of another release are built anew, and what an
 * import left behind that did not end is removed. Whoever was erased since the warehouse was copied is erased again.
 * Throws Refusal erased_key_lost; warehouse_busy when another process holds them, folder_read_only, disk_full,
 * store_unreadable when they cannot be opened.
 */
export async function openApp({ data: folder, clock, reader = childReader }: AppOptions): Promise<App> {
  const data = resolve(folder);
  return writingInto(data, () => open({ data, clock, reader }));
}

async function open({ data, clock, reader }: Required<AppOptions>): Promise<App> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const warehouse = await openWarehouse({
    file: join(data, 'warehouse.duckdb'),
    folders: [stagingFolder(data)],
    memoryLimit: memoryShares(process.env).warehouse,
  });
  try {
    await emptyStaging(data);
    await prepareWarehouse(warehouse);
    const store = join(data, 'app.sqlite');
    const settings = openSettings(store);
    const notes = openNotes(store);
    const views = openViews(store);
    const vault = vaultOf(data, process.env);
    const people = openPeople(store);
    const links = openLinks(store);
    const tokens = openTokens(store);
    const keptAnswers = openKeptAnswers(store, randomUUID());
    const feeds = openFeeds(store, vault);
    const mappings = openMappings(store);
    const accessLog = openAccessLog(store);
    const erased = openErasedList(store);
    await eraseAgain(warehouse, erased, () => keysOf(vault));
    const close = async () => {
      feeds.close();
      keptAnswers.close();
      tokens.close();
      links.close();
      people.close();
      mappings.close();
      erased.close();
      accessLog.close();
      views.close();
      notes.close();
      settings.close();
      await warehouse.close();
    };
    return {
      warehouse,
      settings,
      notes,
      views,
      mappings,
      accessLog,
      erased,
      people,
      links,
      tokens,
      keptAnswers,
      feeds,
      vault,
      data,
      clock,
      reader,
      close,
    };
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}
