import { Refusal } from '#lib/errors/refusal.ts';
import { decide, recognise } from '#lib/exports/recognise.ts';
import type { Asked, Recognised } from '#lib/exports/recognise.ts';
import { recognisedByPlan } from '#lib/exports/recognised-by-plan.ts';
import { sellerOrStore } from '#lib/exports/seller-or-store.ts';
import type { App } from '../app.ts';
import { rebuildModels } from '../warehouse/models.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { importBatch, UnevenLineEnds } from './batch.ts';
import type { Batch, Brought, ImportSummary } from './batch.ts';
import { decodeUtf8, withOneLineEnd } from './decode.ts';
import type { Decode, Decoded, Source } from './decode.ts';
import { readHead } from './head.ts';
import type { Head } from './head.ts';
import type { Reject } from './rejects.ts';

export type { ImportSummary };

/**
 * For each list of each file: what became of it, its first rejected records for showing (raw.rejects holds all), and how many of its
 * records had money with more than two decimals.
 */
export type Imported = { summaries: ImportSummary[]; rejects: Reject[][]; rounded: number[] };

/** Where an import stands: bytes read of one of the files, its records being stored, or the models being built from all. */
export type Progress =
  { kind: 'reading'; file: number; bytes: number } | { kind: 'storing'; file: number } | { kind: 'building' };

export type ImportOptions = {
  table?: string | undefined;
  map?: Asked | undefined;
  dryRun?: boolean | undefined;
  decode?: Decode;
  onProgress?: (progress: Progress) => void;
  /** Stops the import; nothing of it stays. */
  signal?: AbortSignal;
};

/**
 * Imports files, each as a batch of its own, all in one transaction: either every file is in and the models are built
 * from it, or nothing has changed. With `dryRun` nothing changes either way. A file with a plan is read by it.
 * Throws Refusal (see `src/lib/errors/codes.ts`, files; query_cancelled).
 */
export async function importFiles(
  app: App,
  files: readonly Source[],
  options: ImportOptions = {},
): Promise<Imported> {
  const uneven = new Set<string>();
  for (;;) {
    try {
      return await importOnce(app, files, options, uneven);
    } catch (error) {
      if (error instanceof DryRun) return error.imported;
      if (!(error instanceof UnevenFile) || uneven.has(error.path)) throw error;
      uneven.add(error.path);
    }
  }
}

/** A file must be read again with its line ends made equal; the transaction is lost. */
class UnevenFile extends Error {
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super(`${path} mixes line ends`, { cause });
    this.path = path;
  }
}

async function importOnce(
  app: App,
  files: readonly Source[],
  options: ImportOptions,
  uneven: ReadonlySet<string>,
): Promise<Imported> {
  return app.warehouse.write(async (transaction) => {
    const imported: Imported = { summaries: [], rejects: [], rounded: [] };
    for (const [at, source] of files.entries()) {
      const onPage = pageWatch(options, at);
      const onRead = () => options.onProgress?.({ kind: 'storing', file: at });
      const lists = await importFile(app, transaction, source, { ...options, onPage, onRead }, uneven);
      imported.summaries.push(...lists.map(({ summary }) => summary));
      imported.rejects.push(...lists.map(({ rejects }) => rejects));
      imported.rounded.push(...lists.map(({ rounded }) => rounded));
    }
    options.onProgress?.({ kind: 'building' });
    await rebuildModels(transaction);
    if (options.dryRun) throw new DryRun(imported);
    return imported;
  }, options.signal);
}

/** Tells how far a file has been read, and stops the reading once the import is stopped. */
function pageWatch({ onProgress, signal }: ImportOptions, file: number): (bytes: number) => void {
  onProgress?.({ kind: 'reading', file, bytes: 0 });
  return (bytes) => {
    if (signal?.aborted) throw new Refusal('query_cancelled', {});
    onProgress?.({ kind: 'reading', file, bytes });
  };
}

/** Carries the result out of the transaction that must not be kept. */
class DryRun extends Error {
  readonly imported: Imported;

  constructor({ summaries, ...rest }: Imported) {
    super('dry run');
    this.imported = { summaries: summaries.map((summary) => ({ ...summary, batch: null })), ...rest };
  }
}

async function importFile(
  app: App,
  transaction: Transaction,
  source: Source,
  options: ImportOptions & Pick<Batch, 'onPage' | 'onRead'>,
  uneven: ReadonlySet<string>,
): Promise<Brought[]> {
  const stages: Decoded[] = [];
  try {
    stages.push(await (options.decode ?? decodeUtf8)(source));
    if (uneven.has(source.path)) stages.push(await withOneLineEnd(stages[0] as Decoded));
    const decoded = stages.at(-1) as Decoded;
    const head = await readHead(decoded.path, source.name);
    const lists = source.plan
      ? recognisedByPlan(source.name, head.headers, source.plan)
      : [await recogniseFile(transaction, source.name, head, options)];
    const brought: Brought[] = [];
    for (const recognised of lists)
      brought.push(
        await importBatch(transaction, {
          name: source.name,
          decoded,
          head,
          recognised,
          zone: app.settings.get('time_zone'),
          now: app.clock(),
          onPage: options.onPage,
          onRead: options.onRead,
        }),
      );
    return brought;
  } catch (error) {
    throw error instanceof UnevenLineEnds ? new UnevenFile(source.path, error) : error;
  } finally {
    for (const stage of stages) await stage.discard();
  }
}

async function recogniseFile(
  transaction: Transaction,
  file: string,
  head: Head,
  { table, map }: ImportOptions,
): Promise<Recognised> {
  const { headers } = head;
  let recognised = recognise({ file, headers, table, map });
  for (const column of recognised.undecided) {
    const values = head.sample.map((row) => row[column] ?? '');
    const field = sellerOrStore(values, await knownNames(transaction));
    if (field === null) {
      const some = [...new Set(values)].filter((value) => value !== '').slice(0, 5);
      throw new Refusal('ambiguous_column', { file, header: headers[column] ?? '', values: some.join(', ') });
    }
    recognised = decide(recognised, column, field, file, headers);
  }
  return recognised;
}

async function knownNames(transaction: Transaction) {
  const staff = await transaction.query<{ name: string }>(
    'select staff_id as name from exports.staff union select name from exports.staff where name is not null',
  );
  const stores = await transaction.query<{ store: string }>(
    ['leads', 'visits', 'orders', 'staff']
      .map((table) => `select store from exports.${table} where store is not null`)
      .join(' union '),
  );
  return { staff: new Set(staff.map((row) => row.name)), stores: new Set(stores.map((row) => row.store)) };
}
