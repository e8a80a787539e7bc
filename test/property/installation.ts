import { openLinks } from '#lib/server/accounts/links.ts';
import { openPeople } from '#lib/server/accounts/people.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '#lib/server/app.ts';
import { openAccessLog } from '#lib/server/customers/access-log.ts';
import { openErasedList } from '#lib/server/customers/erased-list.ts';
import { readerHere } from '#lib/server/import/stage/reader-here.ts';
import { openMappings } from '#lib/server/mappings/mappings.ts';
import { openNotes } from '#lib/server/notes/notes.ts';
import { openViews } from '#lib/server/views/views.ts';
import { openFeeds } from '#lib/server/pull/feeds.ts';
import { vaultOf } from '#lib/server/pull/vault.ts';
import { openKeptAnswers } from '#lib/server/push/answers.ts';
import { openSettings } from '#lib/server/settings/settings.ts';
import { openTokens } from '#lib/server/tokens/tokens.ts';
import { prepareWarehouse } from '#lib/server/warehouse/prepare.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';

/** An empty installation in memory, with a folder for its files and a clock that is set by hand. */
export type Installation = App & { setDay(day: string): void };

/** Opens an installation in Shanghai's time whose clock stands at noon of a day, and closes it after the work. */
export async function withInstallation<T>(day: string, work: (app: Installation) => Promise<T>): Promise<T> {
  const app = await openInstallation(day);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** The same, for whoever closes it. */
export async function openInstallation(day: string): Promise<Installation> {
  const noon = (text: string) => new Date(`${text}T04:00:00Z`);
  let now = noon(day);
  const data = mkdtempSync(join(tmpdir(), 'seven-steps-installation-'));
  const warehouse = await openWarehouse({ file: ':memory:' });
  await prepareWarehouse(warehouse);
  const settings = openSettings(':memory:');
  settings.set('time_zone', 'Asia/Shanghai');
  const notes = openNotes(':memory:');
  const views = openViews(':memory:');
  const people = openPeople(':memory:');
  const links = openLinks(':memory:');
  const vault = vaultOf(data, {});
  const tokens = openTokens(':memory:');
  const keptAnswers = openKeptAnswers(':memory:', 'installation');
  const feeds = openFeeds(':memory:', vault);
  const mappings = openMappings(':memory:');
  const accessLog = openAccessLog(':memory:');
  const erased = openErasedList(':memory:');
  return {
    warehouse,
    settings,
    notes,
    views,
    people,
    links,
    vault,
    tokens,
    keptAnswers,
    feeds,
    mappings,
    accessLog,
    erased,
    data,
    clock: () => now,
    reader: readerHere,
    close: async () => {
      for (const store of [
        accessLog,
        erased,
        feeds,
        keptAnswers,
        tokens,
        links,
        people,
        mappings,
        notes,
        views,
        settings,
      ])
        store.close();
      await warehouse.close();
      rmSync(data, { recursive: true, force: true });
    },
    setDay: (text) => {
      now = noon(text);
    },
  };
}
