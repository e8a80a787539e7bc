/**
 * What an import would cost that takes each record by itself: PapaParse divides a leads file, zod checks each record by
 * the contract, and DuckDB's appender stores it in a table on disk. `node test/bench/row-by-row.ts LEADS.csv WAREHOUSE.duckdb`
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { leads } from '../../src/lib/exports/path.ts';
import { leadColumns } from './leads-file.ts';

const [file, warehouse] = process.argv.slice(2);
if (!file || !warehouse) throw new Error('usage: row-by-row.ts LEADS.csv WAREHOUSE.duckdb');

const instance = await DuckDBInstance.create(warehouse);
const connection = await instance.connect();
await connection.run(`create table leads (${leadColumns.map((column) => `${column} varchar`).join(', ')})`);
const appender = await connection.createAppender('leads');

const records = createReadStream(file).pipe(Papa.parse(Papa.NODE_STREAM_INPUT, { header: true }));
for await (const record of records as AsyncIterable<Record<string, string>>) {
  const given = Object.fromEntries(Object.entries(record).map(([name, text]) => [name, text || null]));
  const lead = leads.parse({ ...given, created_at: record['created_at']?.replace(' ', 'T') });
  for (const column of leadColumns) {
    const value = lead[column];
    if (value === null || value === undefined) appender.appendNull();
    else appender.appendVarchar(String(value));
  }
  appender.endRow();
}
appender.closeSync();
connection.closeSync();
instance.closeSync();
