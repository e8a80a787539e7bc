import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { queriesPath } from '#lib/server/project.ts';
import type { Arguments } from '#lib/server/warehouse/parameters.ts';
import { dialectNames, prefixFunctions, rewriteCasts, rewriteParameters } from './rewrite.ts';
import { stepsOf } from './steps.ts';

/** What this test uses of chdb's session; its own types are not installed with the project. */
type Session = {
  query(sql: string, format?: string): string;
  queryBind(sql: string, params: object, format?: string): string;
  close(): void;
};

/** Rows as ClickHouse writes them in JSON, by column name. */
export type EngineRow = Record<string, unknown>;

/** ClickHouse in process, with the dialect's functions. One per process. */
export type ClickHouse = {
  run(sql: string): void;
  query(sql: string, params?: Arguments, optional?: readonly string[]): EngineRow[];
  insert(table: string, rows: readonly Readonly<Record<string, string | number | null>>[]): void;
  close(): void;
};

const SETTINGS = {
  join_use_nulls: 1,
  aggregate_functions_null_for_empty: 1,
  cast_keep_nullable: 1,
  prefer_column_name_to_alias: 1,
  union_default_mode: 'DISTINCT',
  group_by_use_nulls: 1,
  session_timezone: 'UTC',
  enable_extended_results_for_datetime_functions: 1,
  date_time_overflow_behavior: 'saturate',
  enable_materialized_cte: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_64bit_integers: 1,
  output_format_decimal_trailing_zeros: 1,
  date_time_64_output_format_cut_trailing_zeros_align_to_groups_of_thousands: 1,
  default_table_engine: 'MergeTree',
  create_table_empty_primary_key_by_default: 1,
};

/** Opens chdb from the folder it was installed into, with the settings that a shared text needs. */
export function openClickHouse(folder: string): ClickHouse {
  const chdb = createRequire(join(folder, 'package.json'))('chdb') as {
    Session: new (path: string, options: { connectionArgs: string[] }) => Session;
  };
  const connectionArgs = Object.entries(SETTINGS).map(([name, value]) => `--${name}=${value}`);
  const session = new chdb.Session('', { connectionArgs });
  const dialect = readFileSync(queriesPath('dialect.clickhouse.sql'), 'utf8');
  const names = dialectNames(dialect);

  /** After a query that failed while it ran, the next answer can begin with its leftover rows: throw one away. */
  const guarded = <T>(sql: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      session.query('select 1', 'Null');
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${sql}`, { cause: error });
    }
  };

  const run = (sql: string): void => {
    const text = rewriteCasts(prefixFunctions(sql, names));
    guarded(text, () => session.query(text, 'Null'));
  };

  const answer = (sql: string, params: Arguments, optional: readonly string[], format: string): string => {
    const text = rewriteCasts(rewriteParameters(prefixFunctions(sql, names), optional));
    return guarded(text, () =>
      Object.keys(params).length > 0 ? session.queryBind(text, params, format) : session.query(text, format),
    );
  };

  const query = (sql: string, params: Arguments = {}, optional: readonly string[] = []): EngineRow[] => {
    const steps = stepsOf(sql);
    const tables = steps.flatMap(({ table }) => table ?? []);
    try {
      for (const { table, sql: text } of steps.slice(0, -1))
        answer(`create temporary table ${table} as\n${text}`, params, optional, 'Null');
      return rowsOf(
        answer(steps.at(-1)?.sql ?? sql, params, optional, 'JSONCompactEachRowWithNamesAndTypes'),
      );
    } finally {
      for (const table of tables) run(`drop temporary table if exists ${table}`);
    }
  };

  for (const statement of dialect.replace(/^--.*$/gm, '').split(';'))
    if (statement.trim() !== '') run(statement.trim());

  return {
    run,
    query,
    insert: (table, rows) => {
      const [first] = rows;
      if (!first) return;
      const lines = rows.map((row) => JSON.stringify(row)).join('\n');
      run(`insert into ${table} (${Object.keys(first).join(', ')}) format JSONEachRow ${lines}`);
    },
    close: () => session.close(),
  };
}

function rowsOf(answer: string): EngineRow[] {
  const [header = [], , ...lines] = answer
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown[]);
  return lines.map((line) => Object.fromEntries(header.map((name, at) => [String(name), line[at]])));
}
