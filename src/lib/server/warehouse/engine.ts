import { DuckDBInstance } from '@duckdb/node-api';
import { confine } from './confine.ts';
import type { Reach } from './confine.ts';
import { runStatement } from './statement.ts';
import type { Transaction } from './warehouse.ts';

/** One connection to a DuckDB in memory that holds nothing: for reading and writing files. */
export type Engine = Transaction & { close(): void };

export type EngineOptions = {
  /** Where it may keep what does not fit into memory. */
  temporary: string;
  /** As DuckDB writes it, e.g. `1GB`. */
  memoryLimit?: string | undefined;
  /** When given, no other folder and no other file can be reached, and that can no longer be changed. */
  only?: Reach;
};

/** Opens an engine. It fetches nothing from elsewhere. */
export async function openEngine({ temporary, memoryLimit, only }: EngineOptions): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    temp_directory: temporary,
    ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
  });
  const connection = await instance.connect();
  if (only) await confine(connection, only);
  return {
    query: async <R>(...asked: Parameters<Transaction['query']>) =>
      (await runStatement(connection, ...asked)) as R[],
    run: async (...asked) => {
      await runStatement(connection, ...asked);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
