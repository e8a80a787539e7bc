/**
 * What the import is measured against, as a process of its own: DuckDB's typed read_csv with rejects of a leads
 * file into a table on disk. `node test/bench/read-csv.ts LEADS.csv WAREHOUSE.duckdb [MEMORY]`
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { leadColumns } from './leads-file.ts';

const [file, warehouse, memory] = process.argv.slice(2);
if (!file || !warehouse) throw new Error('usage: read-csv.ts LEADS.csv WAREHOUSE.duckdb [MEMORY]');

const types = leadColumns.map(
  (column) => `'${column}': '${column === 'created_at' ? 'timestamp' : 'varchar'}'`,
);
const instance = await DuckDBInstance.create(warehouse, memory ? { memory_limit: memory } : {});
const connection = await instance.connect();
await connection.run(
  `create table leads as select * from read_csv('${file.replaceAll("'", "''")}', auto_detect = false, header = true,
     delim = ',', quote = '"', escape = '"', timestampformat = '%Y-%m-%d %H:%M:%S', store_rejects = true,
     columns = {${types.join(', ')}})`,
);
connection.closeSync();
instance.closeSync();
