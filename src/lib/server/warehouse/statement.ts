import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { Refusal } from '#lib/errors/refusal.ts';
import { withArguments } from './parameters.ts';
import type { Arguments } from './parameters.ts';
import { plainValue } from './values.ts';
import type { Row } from './values.ts';

/** How long a statement may run, and who may stop it. */
export type Limits = { signal?: AbortSignal | undefined; timeoutMs?: number | undefined };

/** The engine's complaint together with the statement that caused it. */
export class SqlError extends Error {
  readonly sql: string;
  readonly arguments: Arguments;

  constructor(sql: string, given: Arguments, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'SqlError';
    this.sql = sql;
    this.arguments = given;
  }
}

const NUDGE_MS = 20;

/**
 * Runs one text on a connection and returns its rows as plain values.
 * Throws Refusal query_timeout or query_cancelled when it was stopped, disk_full, query_failed otherwise (cause:
 * SqlError).
 */
export async function runStatement(
  connection: DuckDBConnection,
  sql: string,
  given: Arguments = {},
  limits: Limits = {},
): Promise<Row[]> {
  const watch = watchOver(connection, limits);
  try {
    watch.check();
    return await rowsOf(await connection.run(withArguments(sql, given)), watch.check);
  } catch (error) {
    throw watch.verdict() ?? (error instanceof Refusal ? error : failure(new SqlError(sql, given, error)));
  } finally {
    watch.end();
  }
}

function failure(error: SqlError): Refusal {
  const full = /no space left on device/i.test(error.message);
  return full ? new Refusal('disk_full', {}, error) : new Refusal('query_failed', {}, error);
}

/** Rows as plain values, taken over chunk by chunk: between two of them others have their turn, and it can be stopped. */
async function rowsOf(result: DuckDBResult, check: () => void): Promise<Row[]> {
  const names = result.deduplicatedColumnNames();
  const rows: Row[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return rows;
    check();
    const columns = chunk.getColumns();
    for (let at = 0; at < chunk.rowCount; at += 1) {
      const row: Row = {};
      names.forEach((name, column) => (row[name] = plainValue(columns[column]?.[at] ?? null)));
      rows.push(row);
    }
  }
}

type Watch = { check: () => void; verdict: () => Refusal | undefined; end: () => void };

/**
 * Interrupts the connection when the time is over or the signal fires; again and again until the statement ends,
 * because an interrupt between two stages of a statement is lost.
 */
function watchOver(connection: DuckDBConnection, { signal, timeoutMs }: Limits): Watch {
  let stopped: Refusal | undefined;
  let nudge: NodeJS.Timeout | undefined;
  const stop = (refusal: Refusal) => {
    if (stopped) return;
    stopped = refusal;
    connection.interrupt();
    nudge = setInterval(() => connection.interrupt(), NUDGE_MS);
  };
  const cancel = () => stop(new Refusal('query_cancelled', {}));
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => stop(new Refusal('query_timeout', { seconds: timeoutMs / 1000 })), timeoutMs);
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  return {
    check: () => {
      if (stopped) throw stopped;
    },
    verdict: () => stopped,
    end: () => {
      clearTimeout(timer);
      clearInterval(nudge);
      signal?.removeEventListener('abort', cancel);
    },
  };
}
