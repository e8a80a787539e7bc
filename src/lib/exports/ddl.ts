import type { FieldType } from './field.ts';
import { fieldsOf, keyOf, tableNames } from './tables.ts';
import type { Field, TableName } from './tables.ts';

export type Engine = 'duckdb' | 'clickhouse';

/** SQL type of each field type. Instants are the firm's wall clock, on ClickHouse written as UTC. */
const sqlTypes: Record<Engine, Record<FieldType, string>> = {
  duckdb: {
    text: 'varchar',
    choice: 'varchar',
    instant: 'timestamp',
    day: 'date',
    money: 'decimal(18,2)',
    whole: 'bigint',
    number: 'double',
  },
  clickhouse: {
    text: 'String',
    choice: 'String',
    instant: "DateTime64(6, 'UTC')",
    day: 'Date32',
    money: 'Decimal(18,2)',
    whole: 'Int64',
    number: 'Float64',
  },
};

/** The type of a field's column on an engine, without nullability. */
export function sqlType(field: Pick<Field, 'type'>, engine: Engine): string {
  return sqlTypes[engine][field.type];
}

/** Columns of `exports.<table>` behind the contract's own: where a row comes from. */
export const originColumns = ['extra', 'batch_id', 'line', 'imported_on'] as const;

/**
 * Statements that create the warehouse's own tables on DuckDB: schema `raw` (every record that could be read, append
 * only), the ledger of batches and rejects, and schema `exports`, one view per table with the rows that count now.
 * `raw.<table>.problem` names what is wrong with a record that was rejected; `counts` is the mark that a later
 * record of the same key, or the batch's withdrawal, takes away.
 */
export function warehouseDdl(): string[] {
  return [
    'create schema if not exists raw',
    'create schema if not exists exports',
    `create table if not exists raw.batches (
      batch_id bigint primary key, table_name varchar not null, file varchar not null, file_hash varchar not null,
      mapping varchar not null, time_zone varchar not null, imported_at timestamp not null, imported_on date not null,
      read bigint not null, loaded bigint not null, replaced bigint not null, unchanged bigint not null,
      superseded bigint not null, rejected bigint not null, withdrawn_at timestamp)`,
    `create table if not exists raw.rejects (
      batch_id bigint not null, line bigint not null, column_name varchar, reason varchar not null, raw_text varchar)`,
    ...tableNames.flatMap((table) => [rawTable(table), exportsView(table)]),
  ];
}

function rawTable(table: TableName): string {
  const columns = fieldsOf(table).map((field) => `${field.name} ${sqlType(field, 'duckdb')}`);
  return `create table if not exists raw.${table} (${columns.join(', ')},
    extra varchar, batch_id bigint not null, line bigint not null, imported_on date not null,
    problem varchar, zoned varchar, counts boolean not null)`;
}

function exportsView(table: TableName): string {
  const columns = [...fieldsOf(table).map((field) => field.name), ...originColumns];
  return `create or replace view exports.${table} as select ${columns.join(', ')} from raw.${table} where counts`;
}

/** Statements that create `exports.<table>` as plain tables with the same columns, for typed rows of tests. */
export function exportsDdl(engine: Engine): string[] {
  const create =
    engine === 'duckdb' ? 'create schema if not exists exports' : 'create database if not exists exports';
  return [create, ...tableNames.map((table) => exportsTable(table, engine))];
}

function exportsTable(table: TableName, engine: Engine): string {
  const key = keyOf(table);
  const columns = fieldsOf(table).map((field) =>
    column(field.name, sqlType(field, engine), field.required, engine),
  );
  const origin = [
    column('extra', sqlTypes[engine].text, false, engine),
    column('batch_id', sqlTypes[engine].whole, true, engine),
    column('line', sqlTypes[engine].whole, true, engine),
    column('imported_on', sqlTypes[engine].day, true, engine),
  ];
  const storage = engine === 'clickhouse' ? ` engine = MergeTree order by (${key.join(', ')})` : '';
  return `create table exports.${table} (${[...columns, ...origin].join(', ')})${storage}`;
}

function column(name: string, type: string, required: boolean, engine: Engine): string {
  if (engine === 'duckdb') return `${name} ${type}${required ? ' not null' : ''}`;
  return `${name} ${required ? type : `Nullable(${type})`}`;
}
