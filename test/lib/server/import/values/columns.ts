import { DuckDBInstance } from '@duckdb/node-api';
import type { Style } from '#lib/exports/plan.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field, TableName } from '#lib/exports/tables.ts';
import { lookAt } from '#lib/server/import/values/look.ts';
import { readValues } from '#lib/server/import/values/read-values.ts';
import { literal } from '#lib/server/import/values/text.ts';
import type { Filled, Writings } from '#lib/server/import/values/writing.ts';

/** Whole columns of trimmed texts under the field that each feeds, `orders.amount`; all of one length. */
export type Columns = Readonly<Record<string, readonly (string | null)[]>>;

/** What a person said, by field name, and the firm's time zone. */
export type Said = { styles?: Readonly<Record<string, Style>>; zone?: string };

/** A DuckDB in memory that reads columns as the import does once it has looked at all their values. */
export async function columnReader() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const query = async <R>(sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as R[];

  const writings = async (columns: Columns, { styles = {} }: Said = {}): Promise<Writings> => {
    const { from, filled } = relationOf(columns);
    return lookAt({ query }, from, filled, {
      file: 'list.csv',
      headerOf: (field) => `the ${field}`,
      styles: new Map(Object.entries(styles)),
    });
  };
  const read = async (columns: Columns, said: Said = {}): Promise<Record<string, unknown[]>> => {
    const { from, filled } = relationOf(columns);
    const how = await writings(columns, said);
    const names = filled.map(({ field }) => field.name);
    const rows = await query<Record<string, unknown>>(
      `select ${names.map((name) => `${name}::varchar as ${name}`).join(', ')} from (${readValues(from, filled, how, said.zone ?? 'Asia/Shanghai')}) order by place`,
    );
    return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
  };
  return {
    writings,
    read,
    /** The values of one column. */
    values: async (field: string, texts: readonly (string | null)[], said: Said = {}) =>
      (await read({ [field]: texts }, said))[field.split('.')[1] ?? ''] ?? [],
    query,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export type ColumnReader = Awaited<ReturnType<typeof columnReader>>;

function relationOf(columns: Columns): { from: string; filled: Filled[] } {
  const entries = Object.entries(columns);
  const filled = entries.map(([name], at) => ({ field: fieldNamed(name), text: `t${at}` }));
  const lists = entries.map(
    ([, texts]) => `[${texts.map((text) => (text === null ? 'null' : literal(text))).join(', ')}]::varchar[]`,
  );
  const unnested = lists.map((list, at) => `unnest(${list}) as t${at}`);
  const length = entries[0]?.[1].length ?? 0;
  return { from: `(select ${unnested.join(', ')}, unnest(range(${length})) as place)`, filled };
}

function fieldNamed(name: string): Field {
  const [table, column] = name.split('.');
  const field = fieldsOf(table as TableName).find((one) => one.name === column);
  if (field === undefined) throw new Error(`${name} is no field`);
  return field;
}
