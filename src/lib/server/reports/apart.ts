import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Columns } from '#lib/stats/columns.ts';
import { projectRoot } from '../project.ts';
import type { Row } from '../warehouse/values.ts';

/**
 * What a thread needs: the name of a pure function of src/lib/stats, the rows that it is given first, if any, all else that it is
 * given, and the columns among it.
 */
export type Work = {
  readonly name: string;
  readonly rows?: readonly Row[];
  readonly given: readonly unknown[];
  readonly moved: readonly Columns[];
};

/** What a thread is begun with; its rows follow slice by slice, null after the last one. */
export type Begun = { readonly name: string; readonly hasRows: boolean; readonly given: readonly unknown[] };

/** So many rows are handed over at once: copying more would keep others waiting. */
const SLICE = 500;

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
 * What a pure function returns, which runs in a thread of its own, so that nobody else waits. Columns that are moved to it are
 * empty here afterwards. Throws Refusal query_cancelled; an Error that the function throws.
 */
export function workedApart<T>(work: Work, signal: AbortSignal): Promise<T> {
  const turn = last.then(() => ran<T>(work, signal));
  last = turn.catch(() => undefined);
  return turn;
}

async function ran<T>(work: Work, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new Refusal('query_cancelled', {});
  const path = join(projectRoot(), 'src', 'lib', 'server', 'reports', 'apart-thread.ts');
  const buffers = work.moved.flatMap((columns) =>
    Object.values(columns).map(({ buffer }) => buffer as ArrayBuffer),
  );
  const workerData: Begun = { name: work.name, hasRows: work.rows !== undefined, given: work.given };
  const thread = new Worker(path, { name: work.name, workerData, transferList: buffers });
  try {
    const answer = once(thread, 'message', { signal }) as Promise<[T]>;
    const [[told]] = await Promise.all([answer, handedOver(work.rows ?? [], thread, signal)]);
    return told;
  } catch (error) {
    throw signal.aborted ? new Refusal('query_cancelled', {}) : error;
  } finally {
    await thread.terminate();
  }
}

async function handedOver(rows: readonly Row[], thread: Worker, signal: AbortSignal): Promise<void> {
  for (let at = 0; at < rows.length && !signal.aborted; at += SLICE) {
    thread.postMessage(rows.slice(at, at + SLICE));
    await setImmediate();
  }
  thread.postMessage(null);
}
