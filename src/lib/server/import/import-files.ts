import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { mappingOf } from '#lib/exports/mapping.ts';
import type { Part } from '#lib/exports/part.ts';
import { isSame } from '#lib/exports/same.ts';
import type { Reading, ReadingChoice } from '#lib/exports/reading.ts';
import type { App } from '../app.ts';
import { kindOfFile } from '../mappings/mappings.ts';
import { keysOf } from '../customers/keys.ts';
import { writingInto } from '../disk.ts';
import { refreshModels } from '../warehouse/touched/refresh.ts';
import { noteTouched } from '../warehouse/touched/touched.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import type { Emptied } from './emptied.ts';
import { loadList } from './load.ts';
import type { ImportSummary, Loaded } from './load.ts';
import type { Origin } from './origin.ts';
import type { Source } from './source.ts';
import { namesInWarehouse } from './stage/known-names.ts';
import type { Reject, StagedList, StageProgress } from './stage/task.ts';
import { stagingFolder } from './staging.ts';
import { inTurn } from './turns.ts';

export type { ImportSummary };

/**
 * For each list of each file: what became of it, its first rejected records for showing (raw.rejects holds all), and how
 * many of its records had money with more than two decimals or were left out by a rule; and what records that stood lost
 * because the file that replaces them has no column for it.
 */
export type Imported = {
  summaries: ImportSummary[];
  rejects: (readonly Reject[])[];
  rounded: number[];
  leftOut: number[];
  emptied: (readonly Emptied[])[];
  /** What stands in the same file and nobody chose to read or not. */
  beside: (readonly Part[])[];
};

/** Where an import stands: one of the files being read or stored, or the models being built from all. */
export type Progress = StageProgress | { kind: 'storing'; file: number } | { kind: 'building' };

export type ImportOptions = {
  dryRun?: boolean | undefined;
  /** For the history: how the files came and from where. */
  origin?: Origin | undefined;
  /** The batch whose rejected records the files bring mended. */
  mends?: number | undefined;
  /** Whether what was decided holds for the next file of its kind; by default it does. */
  remembers?: boolean;
  /** Done in the import's own transaction, once all lists are loaded: what it throws undoes the import. */
  within?: (transaction: Transaction, imported: Imported) => Promise<void>;
  onProgress?: (progress: Progress) => void;
  /** Stops the import; nothing of it stays. */
  signal?: AbortSignal;
};

/**
 * Imports files, each list of each as a batch of its own: they are read first, outside the warehouse, and then loaded in one
 * transaction, so that either every file is in and the models are built from it, or nothing has changed. With `dryRun`
 * nothing changes either way. What a person decided about a file is remembered for the next one of its kind.
 * Throws Refusal (see `src/lib/errors/codes.ts`, files; query_cancelled).
 */
export async function importFiles(
  app: App,
  files: readonly Source[],
  options: ImportOptions = {},
): Promise<Imported> {
  return inTurn(app.warehouse, async () => {
    const folder = join(stagingFolder(app.data), randomUUID());
    try {
      await writingInto(app.data, () => mkdir(folder, { recursive: true, mode: 0o700 }));
      const zone = app.settings.get('time_zone');
      const lists = await read(app, files, folder, zone, options);
      const imported = await load(app, { files, folder, zone, lists }, options);
      if (options.remembers !== false) remember(app, files, lists);
      return imported;
    } catch (error) {
      if (error instanceof DryRun) return error.imported;
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function read(
  app: App,
  files: readonly Source[],
  folder: string,
  zone: string,
  { onProgress, signal }: ImportOptions,
): Promise<StagedList[]> {
  refuseWhenStopped(signal);
  const known = await namesInWarehouse(app.warehouse);
  const tell = (progress: StageProgress) => {
    refuseWhenStopped(signal);
    onProgress?.(progress);
  };
  const decided = files.map((file) => ({ ...file, remembered: app.mappings.find(kindOf(file))?.mapping }));
  return app.reader.stage({ folder, files: decided, zone, known }, tell, signal);
}

type Read = { files: readonly Source[]; folder: string; zone: string; lists: readonly StagedList[] };

async function load(
  app: App,
  { files, folder, zone, lists }: Read,
  { dryRun, origin, mends, within, onProgress, signal }: ImportOptions,
): Promise<Imported> {
  return app.warehouse.write(async (transaction) => {
    const touched = await noteTouched(transaction);
    const loaded: Loaded[] = [];
    for (const staged of lists) {
      onProgress?.({ kind: 'storing', file: staged.file });
      const name = files[staged.file]?.name ?? '';
      loaded.push(
        await loadList(transaction, {
          staged,
          folder,
          name,
          zone,
          now: app.clock(),
          origin: origin ?? null,
          mends: mends ?? null,
          touched,
          erasure: { list: app.erased, keys: () => keysOf(app.vault) },
        }),
      );
    }
    const imported: Imported = {
      summaries: loaded.map(({ summary }) => summary),
      rejects: lists.map(({ first }, at) => first.filter(({ line }) => !loaded[at]?.hidden.includes(line))),
      rounded: lists.map(({ rounded }) => rounded),
      leftOut: lists.map(({ leftOut }) => leftOut),
      emptied: loaded.map(({ emptied }) => emptied),
      beside: lists.map(({ reading }) => (JSON.parse(reading) as Reading).beside),
    };
    await within?.(transaction, imported);
    onProgress?.({ kind: 'building' });
    await refreshModels(transaction, touched);
    if (dryRun) throw new DryRun(imported);
    return imported;
  }, signal);
}

/**
 * Keeps what a person decided about a file for the next one of its kind. What the headers and values say by themselves needs
 * no keeping: then what was kept before holds no more.
 */
function remember({ mappings, clock }: App, files: readonly Source[], staged: readonly StagedList[]): void {
  files.forEach((file, at) => {
    const lists = staged.filter((list) => list.file === at);
    const [first] = lists;
    const said = file.plan ?? file.mapping;
    if (first === undefined || said === undefined) return;
    const kind = kindOf(file);
    const reading = file.isPart ? howOf(said.reading) : said.reading;
    if (file.proposed === 'headers' && reading === undefined) return;
    if (file.proposed === 'memory' && isSame(reading, mappings.find(kind)?.mapping.reading)) return;
    if (first.isNews || reading !== undefined) {
      const plan = { ...(reading ? { reading } : {}), lists: lists.map((list) => list.said) };
      mappings.keep(kind, mappingOf(plan, first.headers), clock());
    } else if (mappings.find(kind)) mappings.forget(kind);
  });
}

/** How a list is read, without which one of a file it is. */
function howOf({ member: _member, sheet: _sheet, ...how }: ReadingChoice = {}): ReadingChoice | undefined {
  return Object.keys(how).length === 0 ? undefined : how;
}

const kindOf = ({ name, kind }: Source): string => kind ?? kindOfFile(name);

function refuseWhenStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Refusal('query_cancelled', {});
}

/** Carries the result out of the transaction that must not be kept. */
class DryRun extends Error {
  readonly imported: Imported;

  constructor({ summaries, ...rest }: Imported) {
    super('dry run');
    this.imported = { summaries: summaries.map((summary) => ({ ...summary, batch: null })), ...rest };
  }
}
