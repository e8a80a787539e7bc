import { randomUUID } from 'node:crypto';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '../app.ts';
import type { Loose } from './drafts/parts.ts';
import { processLog } from '../log/log.ts';
import { importFiles } from './import-files.ts';
import type { Imported, ImportOptions, Progress } from './import-files.ts';
import type { Origin } from './origin.ts';
import type { Source } from './source.ts';

/** How an import stands; `waiting` for another writer to end, `stopping` until it has let go. */
export type JobState =
  | { kind: 'waiting' | 'stopping' | 'stopped' }
  | Progress
  | { kind: 'done'; imported: Imported }
  | { kind: 'refused'; refusal: Refusal };

/** Files to be imported, and the draft that they come from. */
export type Parcel = {
  files: (Source & { size: number })[];
  /** What stands in them and is not imported. */
  aside: readonly Loose[];
  draft: string;
  /** Who imports them, for the history. */
  by: string | null;
  within?: ImportOptions['within'];
  /** Told when the import has ended, and whether everything came in. */
  ended(isIn: boolean): Promise<void>;
};

/**
 * An import of files that were sent: what they are called and how many bytes they have, the records of each that have been
 * read so far, and when its turn came.
 */
export type Job = {
  id: string;
  /** What it comes from, and where it can be changed if it does not come in. */
  draft: string;
  files: { name: string; size: number }[];
  aside: readonly Loose[];
  state: JobState;
  records: Map<number, number>;
  begun: Date | null;
};

/** The imports of one studio that this process remembers. */
export type Jobs = {
  /** Begins to import files. */
  start(parcel: Parcel): Job;
  /** Throws Refusal import_forgotten. */
  find(id: string): Job;
  /** Asks an import to stop; one that has ended stays as it is. Throws Refusal import_forgotten. */
  stop(id: string): void;
  /** Returns when an import has ended, however it did. */
  ended(id: string): Promise<void>;
  /** Stops what runs and returns when all have ended. */
  close(): Promise<void>;
};

const REMEMBERED = 50;

type Kept = { job: Job; stop: AbortController; ended: Promise<void> };

/** The imports of a studio, none yet. */
export function importJobs(app: App): Jobs {
  const kept = new Map<string, Kept>();

  const of = (id: string): Kept => {
    const found = kept.get(id);
    if (!found) throw new Refusal('import_forgotten', {});
    return found;
  };
  const start = (parcel: Parcel): Job => {
    const job: Job = {
      id: randomUUID(),
      draft: parcel.draft,
      files: parcel.files.map(({ name, size }) => ({ name, size })),
      aside: [...parcel.aside],
      state: { kind: 'waiting' },
      records: new Map(),
      begun: null,
    };
    const stop = new AbortController();
    const ended = run(app, job, parcel, stop.signal);
    kept.set(job.id, { job, stop, ended });
    forgetOldest(kept);
    return job;
  };
  const stop = (id: string) => {
    const { job, stop: controller } = of(id);
    if (isOver(job)) return;
    job.state = { kind: 'stopping' };
    controller.abort();
  };
  app.erased.afterErasing(() => {
    for (const { job } of kept.values()) job.state = withoutRecords(job.state);
    return Promise.resolve();
  });
  return {
    start,
    find: (id) => of(id).job,
    stop,
    ended: (id) => of(id).ended,
    close: async () => {
      for (const { job } of kept.values()) stop(job.id);
      await Promise.all([...kept.values()].map(({ ended }) => ended));
    },
  };
}

/** Whether an import has ended, however it did. */
export function isOver({ state: { kind } }: Job): boolean {
  return kind === 'done' || kind === 'stopped' || kind === 'refused';
}

/** What an import told without the records that it rejected: somebody among them may have been erased. */
function withoutRecords(state: JobState): JobState {
  return state.kind === 'done'
    ? { ...state, imported: { ...state.imported, rejects: state.imported.rejects.map(() => []) } }
    : state;
}

async function run(
  app: App,
  job: Job,
  { files, by, within, ended }: Parcel,
  signal: AbortSignal,
): Promise<void> {
  const onProgress = (progress: Progress) => {
    job.begun ??= app.clock();
    if (progress.kind === 'reading') job.records.set(progress.file, progress.records);
    if (!signal.aborted) job.state = progress;
  };
  const origin: Origin = { way: 'page', name: null, by };
  const state = await outcomeOf(app, files, { origin, ...(within ? { within } : {}), onProgress, signal });
  await ended(state.kind === 'done').catch((error: unknown) => processLog().fault('ending an import', error));
  job.state = state;
}

async function outcomeOf(
  app: App,
  files: Parcel['files'],
  options: Pick<ImportOptions, 'origin' | 'within' | 'onProgress' | 'signal'>,
): Promise<JobState> {
  try {
    return { kind: 'done', imported: await importFiles(app, files, options) };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal('internal', {}, error);
    if (refusal.status >= 500) processLog().fault('importing', error);
    return refusal.code === 'query_cancelled' ? { kind: 'stopped' } : { kind: 'refused', refusal };
  }
}

function forgetOldest(kept: Map<string, Kept>): void {
  for (const [id, { job }] of kept) {
    if (kept.size <= REMEMBERED) return;
    if (isOver(job)) kept.delete(id);
  }
}
