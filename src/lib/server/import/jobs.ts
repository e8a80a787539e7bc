import { randomUUID } from 'node:crypto';
import { Refusal } from '#lib/errors/refusal.ts';
import { isPlan } from '#lib/exports/plan.ts';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import type { Plan } from '#lib/exports/plan.ts';
import type { App } from '../app.ts';
import { importFiles } from './import-files.ts';
import type { Imported, Progress } from './import-files.ts';
import type { Origin } from './origin.ts';
import type { Staged } from './staging.ts';

/** How an import stands; `waiting` for another writer to end, `stopping` until it has let go. */
export type JobState =
  | { kind: 'waiting' | 'stopping' | 'stopped' }
  | Progress
  | { kind: 'done'; imported: Imported }
  | { kind: 'refused'; refusal: Refusal };

/**
 * An import of files that were sent: what they are called and how many bytes they have, the records of each that have been
 * read so far, and when its turn came.
 */
export type Job = {
  id: string;
  files: { name: string; size: number }[];
  state: JobState;
  records: Map<number, number>;
  begun: Date | null;
};

/** The imports of one studio that this process remembers. */
export type Jobs = {
  /** Begins to import what was sent, and discards it in the end. Throws Refusal upload_broken. */
  start(staged: Staged): Promise<Job>;
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
  const start = async (staged: Staged): Promise<Job> => {
    const plans = await plansOrDiscard(staged);
    const files = staged.files.map(({ name, size }) => ({ name, size }));
    const job: Job = { id: randomUUID(), files, state: { kind: 'waiting' }, records: new Map(), begun: null };
    const stop = new AbortController();
    const ended = run(app, job, staged, plans, stop.signal);
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

async function run(app: App, job: Job, staged: Staged, plans: Decided, signal: AbortSignal): Promise<void> {
  const mapping = plans.table === undefined ? undefined : mappingByHeader(plans.table);
  const sources = staged.files.map(({ name, path }, at) => ({ name, path, plan: plans.each[at], mapping }));
  const onProgress = (progress: Progress) => {
    job.begun ??= app.clock();
    if (progress.kind === 'reading') job.records.set(progress.file, progress.records);
    if (!signal.aborted) job.state = progress;
  };
  try {
    const origin: Origin = { source: 'page', name: null, by: null };
    const imported = await importFiles(app, sources, { origin, onProgress, signal });
    job.state = { kind: 'done', imported };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal('internal', {}, error);
    job.state = refusal.code === 'query_cancelled' ? { kind: 'stopped' } : { kind: 'refused', refusal };
    if (refusal.status >= 500) console.error(error);
  } finally {
    await staged.discard();
  }
}

/** What the sender decided: the field `plans`, a JSON list with a plan or null for each file; or one `table` for all. */
type Decided = { each: (Plan | undefined)[]; table: string | undefined };

function plansIn({ files, fields }: Staged): Decided {
  const table = fields.get('table') || undefined;
  const text = fields.get('plans') ?? '';
  if (text === '') return { each: [], table };
  const list = parsed(text);
  if (!Array.isArray(list) || list.length !== files.length) throw new Refusal('upload_broken', {});
  return {
    each: list.map((plan: unknown) => {
      if (plan === null) return undefined;
      if (!isPlan(plan)) throw new Refusal('upload_broken', {});
      return plan;
    }),
    table,
  };
}

async function plansOrDiscard(staged: Staged): Promise<Decided> {
  try {
    return plansIn(staged);
  } catch (error) {
    await staged.discard();
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function forgetOldest(kept: Map<string, Kept>): void {
  for (const [id, { job }] of kept) {
    if (kept.size <= REMEMBERED) return;
    if (isOver(job)) kept.delete(id);
  }
}
