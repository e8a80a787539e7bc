import type { FieldType } from './field.ts';
import { fieldsOf, keyOf, tableNames } from './tables.ts';
import type { Field, TableName } from './tables.ts';

export type Engine = 'duckdb' | 'clickhouse';

/** SQL type of each field type. Instants are the firm's wall clock, on ClickHouse written as UTC. */
const sqlTypes: Record<Engine, Record<FieldType, string>> = {
  duckdb: {
    text: 'varchar',
    phone: 'varchar',
    choice: 'varchar',
    instant: 'timestamp',
    day: 'date',
    money: 'decimal(18,2)',
    whole: 'bigint',
    number: 'double',
  },
  clickhouse: {
    text: 'String',
    phone: 'String',
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
 * What the tables of the ledger hold; ★ marks what is never empty. Of batches, `source` says how a list came and
 * `source_name` from where; `headers`, `plan` and `reading` say as JSON how it was read, so that a record of it can be
 * read the same way again; `mends` names the batch whose quarantined records it brings.
 */
const ledgers = {
  batches: {
    text: [
      '★table_name',
      '★file',
      '★file_hash',
      '★mapping',
      '★time_zone',
      'source',
      'source_name',
      'imported_by',
      'withdrawn_by',
      'headers',
      'plan',
      'reading',
      'decided_by',
      'brings',
    ],
    instant: ['★imported_at', 'withdrawn_at'],
    day: ['★imported_on'],
    whole: [
      '★batch_id',
      '★read',
      '★loaded',
      '★replaced',
      '★unchanged',
      '★superseded',
      '★rejected',
      'suppressed',
      'rounded',
      'mends',
    ],
  },
  rejects: { whole: ['★batch_id', '★line'], text: ['column_name', '★reason', 'raw_text'] },
  quarantine: { whole: ['★batch_id', '★line', 'mended_in'], text: ['cells', 'raw_text'] },
  emptied: { whole: ['★batch_id', '★line'], text: ['★field'] },
} as const satisfies Record<string, Partial<Record<FieldType, readonly string[]>>>;

/**
 * The ledger of what came in: batches; every problem of every record that was rejected; and those records themselves,
 * once each, with their cells as a JSON object from header to text where they could be divided, and the batch that
 * brought them mended.
 */
export type LedgerName = keyof typeof ledgers;

export const ledgerNames = Object.keys(ledgers) as readonly LedgerName[];

/**
 * Statements that create the warehouse's own tables on DuckDB: schema `raw` (every record that could be read, append
 * only), the ledger of batches and rejects, and schema `exports`, one view per table with the rows that count now.
 * `raw.<table>.problem` names what is wrong with a record that was rejected; `counts` is the mark that a later
 * record of the same key, or the batch's withdrawal, takes away; `rounded`
 * says that money of the record had more than two decimals. Columns that came in a later release are added to older tables.
 */
export function warehouseDdl(): string[] {
  return [
    'create schema if not exists raw',
    'create schema if not exists exports',
    ...ledgerNames.map((name) => ledgerTable(name, 'duckdb')),
    ...laterColumns('batches'),
    ...tableNames.flatMap((table) => [
      rawTable(table),
      `alter table raw.${table} add column if not exists rounded boolean`,
      exportsView(table),
    ]),
  ];
}

/** Columns that may be empty are added where a store of an earlier release lacks them. */
function laterColumns(name: LedgerName): string[] {
  return columnsOf(name)
    .filter(({ required }) => !required)
    .map(
      ({ name: column, type }) =>
        `alter table raw.${name} add column if not exists ${column} ${sqlTypes.duckdb[type]}`,
    );
}

function rawTable(table: TableName): string {
  const columns = fieldsOf(table).map(
    (field) =>
      `${field.name} ${sqlType(field, 'duckdb')}${hardlyRepeats(field) ? ' using compression zstd' : ''}`,
  );
  return `create table if not exists raw.${table} (${columns.join(', ')},
    extra varchar, batch_id bigint not null, line bigint not null, imported_on date not null,
    problem varchar, zoned varchar, counts boolean not null, rounded boolean)`;
}

/**
 * Whether it is a text that few records share: a key, what points at a person, whom or what else a record belongs to. Such
 * columns are not worth a dictionary, and it takes DuckDB three times as long to find that out as to store them.
 */
function hardlyRepeats({ name, type, key, personal }: Field): boolean {
  const isText = type === 'text' || type === 'phone';
  return isText && (key || personal || /(?:lead|customer|order|visit)_id$/.test(name));
}

function exportsView(table: TableName): string {
  const columns = [...fieldsOf(table).map((field) => field.name), ...originColumns];
  return `create or replace view exports.${table} as select ${columns.join(', ')} from raw.${table} where counts`;
}

/**
 * Statements that create `exports.<table>` as plain tables with the same columns, and the ledger, for typed rows of tests.
 */
export function exportsDdl(engine: Engine): string[] {
  const create = engine === 'duckdb' ? 'create schema if not exists' : 'create database if not exists';
  return [
    `${create} exports`,
    ...tableNames.map((table) => exportsTable(table, engine)),
    `${create} raw`,
    ...ledgerNames.map((name) => ledgerTable(name, engine)),
  ];
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

function ledgerTable(name: LedgerName, engine: Engine): string {
  const columns = columnsOf(name).map((one) =>
    column(one.name, sqlTypes[engine][one.type], one.required, engine),
  );
  if (engine === 'clickhouse')
    return `create table if not exists raw.${name} (${columns.join(', ')}) engine = MergeTree order by batch_id`;
  const key = name === 'batches' ? ', primary key (batch_id)' : '';
  return `create table if not exists raw.${name} (${columns.join(', ')}${key})`;
}

function columnsOf(ledger: LedgerName): { name: string; type: FieldType; required: boolean }[] {
  return Object.entries(ledgers[ledger]).flatMap(([type, names]) =>
    names.map((marked: string) => ({
      name: marked.replace('★', ''),
      type: type as FieldType,
      required: marked.startsWith('★'),
    })),
  );
}

function column(name: string, type: string, required: boolean, engine: Engine): string {
  if (engine === 'duckdb') return `${name} ${type}${required ? ' not null' : ''}`;
  return `${name} ${required ? type : `Nullable(${type})`}`;
}
