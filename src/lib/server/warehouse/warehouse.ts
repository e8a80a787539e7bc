import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { Refusal } from '#lib/errors/refusal.ts';
import { MEMORY, openInstance } from './instance.ts';
import type { InstanceOptions } from './instance.ts';
import { parametersOf, withoutArguments } from './parameters.ts';
import type { Arguments } from './parameters.ts';
import { standingInstance } from './standing.ts';
import { runStatement, SqlError } from './statement.ts';
import type { Limits } from './statement.ts';
import type { Row } from './values.ts';

/** A statement's result columns and parameters, with lower-case type names such as `decimal(18,2)`. */
export type Description = {
  columns: { name: string; type: string }[];
  parameters: { name: string; type: string | null }[];
};

type Ask = <R = Row>(sql: string, given?: Arguments, limits?: Limits) => Promise<R[]>;

/** What a writer may do inside its transaction. */
export type Transaction = {
  /** Runs one text and returns its rows. */
  query: Ask;
  /** Runs one text, or several when none has parameters, for its effect. */
  run(sql: string, given?: Arguments, limits?: Limits): Promise<void>;
};

/** The one door to DuckDB. */
export type Warehouse = {
  /** The file, or `:memory:`. */
  readonly file: string;
  /** Reads on a connection of its own; sees the last committed state. Throws Refusal query_*. */
  query: Ask;
  /**
   * Runs `work` as the only writer, in one transaction: committed when it returns, rolled back when it throws.
   * Must not be nested. A signal stops the statement that runs and every later one; what is committed stays.
   * Throws what `work` throws, Refusal query_cancelled.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** From now on `work` runs after every committed write, and the writer returns when it is done. Must not throw. */
  afterWrites(work: () => Promise<void>): void;
  /** Columns and parameters of a text, without running it. */
  describe(sql: string): Promise<Description>;
  /** Grows with every committed write; kept in the file. */
  dataVersion(): number;
  /** Gives the handle back; the file is released with its last handle. */
  close(): Promise<void>;
};

/** Concurrent statements of one instance. Libuv's pool must not be smaller, else small queries wait behind large ones. */
const MOST_CONNECTIONS = 16;
// Heeded only while libuv's pool is still unused; src/start.ts sets it before Node starts.
process.env.UV_THREADPOOL_SIZE ??= String(MOST_CONNECTIONS);

type Shared = { handles: number; opened: Promise<Opened> };
type Opened = Omit<Warehouse, 'close'> & { release: () => Promise<void> };

const registry: Map<string, Shared> = ((
  globalThis as { sevenStepsWarehouses?: Map<string, Shared> }
).sevenStepsWarehouses ??= new Map());

/**
 * Opens a warehouse. One instance per file and process: whoever opens the same file again shares it, hot reloads
 * included. Every `:memory:` is a warehouse of its own.
 */
export async function openWarehouse(options: InstanceOptions): Promise<Warehouse> {
  if (options.file === MEMORY) return handleOf(await open(options, MEMORY), () => Promise.resolve(true));
  const file = resolve(options.file);
  const shared: Shared = registry.get(file) ?? { handles: 0, opened: open(options, file) };
  registry.set(file, shared);
  shared.handles += 1;
  const leave = () => {
    shared.handles -= 1;
    const last = shared.handles === 0;
    if (last) registry.delete(file);
    return Promise.resolve(last);
  };
  try {
    return handleOf(await shared.opened, leave);
  } catch (error) {
    await leave();
    throw error;
  }
}

function handleOf({ release, ...warehouse }: Opened, leave: () => Promise<boolean>): Warehouse {
  let open = true;
  return {
    ...warehouse,
    close: async () => {
      if (!open) return;
      open = false;
      if (await leave()) await release();
    },
  };
}

async function open(options: InstanceOptions, file: string): Promise<Opened> {
  let version = 0;
  const connections = await standingInstance(
    () => openInstance(options),
    MOST_CONNECTIONS,
    async (connection) => {
      const [state] = await runStatement(connection, 'select version from state.data_version');
      version = Number(state?.version ?? 0);
    },
  );
  let writers: Promise<unknown> = Promise.resolve();
  const followers: (() => Promise<void>)[] = [];

  const write = async <T>(
    work: (transaction: Transaction) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => {
    const turn = writers.then(() => connections.borrow((connection) => transact(connection, work, signal)));
    writers = turn.catch(() => undefined);
    const done = await turn;
    await Promise.all(followers.map((follow) => follow()));
    return done;
  };

  async function transact<T>(
    connection: DuckDBConnection,
    work: (transaction: Transaction) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    refuseWhenStopped(signal);
    await connection.run('begin transaction');
    try {
      const result = await work(transactionOn(connection, signal));
      refuseWhenStopped(signal);
      await connection.run('update state.data_version set version = version + 1');
      await runStatement(connection, 'commit');
      version += 1;
      return result;
    } catch (error) {
      await rollback(connection);
      throw error;
    }
  }

  return {
    file,
    query: (sql, given, limits) => connections.borrow((connection) => ask(connection, sql, given, limits)),
    write,
    afterWrites: (work) => void followers.push(work),
    describe: (sql) => connections.borrow((connection) => describe(connection, sql)),
    dataVersion: () => version,
    release: async () => {
      await writers;
      await connections.close();
    },
  };
}

function transactionOn(connection: DuckDBConnection, signal: AbortSignal | undefined): Transaction {
  const within = (limits?: Limits): Limits => ({ ...limits, signal: anyOf(signal, limits?.signal) });
  return {
    query: (sql, given, limits) => ask(connection, sql, given, within(limits)),
    run: async (sql, given, limits) => {
      await runStatement(connection, sql, given, within(limits));
    },
  };
}

function anyOf(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one && other ? AbortSignal.any([one, other]) : (one ?? other);
}

function refuseWhenStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Refusal('query_cancelled', {});
}

async function ask<R>(
  connection: DuckDBConnection,
  sql: string,
  given?: Arguments,
  limits?: Limits,
): Promise<R[]> {
  return (await runStatement(connection, sql, given, limits)) as R[];
}

async function rollback(connection: DuckDBConnection): Promise<void> {
  try {
    await connection.run('rollback');
  } catch {
    // A failed commit has already ended the transaction.
  }
}

async function describe(connection: DuckDBConnection, sql: string): Promise<Description> {
  try {
    const types = parametersOf(sql);
    const prepared = await connection.prepare(withoutArguments(sql));
    try {
      return {
        columns: Array.from({ length: prepared.columnCount }, (_, at) => ({
          name: prepared.columnName(at),
          type: (prepared.columnType(at).alias ?? prepared.columnType(at).toString()).toLowerCase(),
        })),
        parameters: [...types].map(([name, type]) => ({ name, type })),
      };
    } finally {
      prepared.destroySync();
    }
  } catch (error) {
    throw new Refusal('query_failed', {}, new SqlError(sql, {}, error));
  }
}
