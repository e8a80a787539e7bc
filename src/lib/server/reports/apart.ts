import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Refusal } from '#lib/errors/refusal.ts';
import { projectRoot } from '../project.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { Row } from '../warehouse/values.ts';

/** The rows of a report of numbers, column by column; NaN where there is none. */
export type Columns = Readonly<Record<string, Float64Array>>;

/** What a thread needs to finish the rows of a report: the name of the pure function, and all that it works on. */
export type Work = {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly params: Arguments;
  readonly fed: Readonly<Record<string, Columns>>;
};

/** Threads run one after the other: each takes a core that reports need. */
let last: Promise<unknown> = Promise.resolve();

/** Rows of numbers as columns, which are handed to a thread without copying. */
export function columnsOf(rows: readonly Row[]): Columns {
  return Object.fromEntries(
    Object.keys(rows[0] ?? {}).map((name) => [
      name,
      Float64Array.from(rows, (row) => Number(row[name] ?? NaN)),
    ]),
  );
}

/**
 * The rows of a report after its pure function, which runs in a thread of its own, so that nobody else waits.
 * Throws Refusal query_cancelled; an Error that the function throws.
 */
export function finishedApart(work: Work, signal: AbortSignal): Promise<readonly unknown[]> {
  const turn = last.then(() => ran(work, signal));
  last = turn.catch(() => undefined);
  return turn;
}

async function ran(work: Work, signal: AbortSignal): Promise<readonly unknown[]> {
  if (signal.aborted) throw new Refusal('query_cancelled', {});
  const path = join(projectRoot(), 'src', 'lib', 'server', 'reports', 'apart-thread.ts');
  const buffers = Object.values(work.fed).flatMap((columns) =>
    Object.values(columns).map(({ buffer }) => buffer as ArrayBuffer),
  );
  const thread = new Worker(path, { workerData: work, transferList: buffers });
  try {
    const [rows] = (await once(thread, 'message', { signal })) as [readonly unknown[]];
    return rows;
  } catch (error) {
    throw signal.aborted ? new Refusal('query_cancelled', {}) : error;
  } finally {
    await thread.terminate();
  }
}
