import { DuckDBInstance } from '@duckdb/node-api';
import { cpus, totalmem, type } from 'node:os';

/** One sentence about the machine and the versions a run was measured with. */
export async function describeMachine(): Promise<string> {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = processors[0]?.model.trim() || 'unknown processor';
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const [[version] = []] = await (await connection.runAndReadAll('select version()')).getRows();
  instance.closeSync();
  return (
    `${processors.length} cores (${model}), ${memory} GiB of memory, ${type()} ${process.arch}, ` +
    `Node ${process.version.slice(1)}, DuckDB ${String(version).replace(/^v/, '')}`
  );
}
