import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';

/** A DuckDB in memory that says what a query gives, as JSON. */
export async function duck() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection: DuckDBConnection = await instance.connect();
  return {
    rows: async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A relation with the trimmed text columns `t0`, `t1` … of these records. */
export function texts(records: readonly (readonly (string | null)[])[]): string {
  const cells = records.map(
    (record) => `(${record.map((cell) => (cell === null ? 'null' : `'${cell}'`)).join(', ')})`,
  );
  const columns = (records[0] ?? []).map((_, at) => `t${at}`);
  return `(values ${cells.join(', ')}) r(${columns.join(', ')})`;
}
