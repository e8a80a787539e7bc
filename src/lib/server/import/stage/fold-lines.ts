import { join } from 'node:path';
import type { Head } from '#lib/exports/head.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import type { Transaction } from '../../warehouse/warehouse.ts';
import { fillings } from '../mapping/fillings.ts';
import { summed, withIncompleteSums } from '../mapping/sums.ts';
import { literal } from '../values/text.ts';
import { STAGED_AS } from './parquet.ts';
import { extra, unknownColumns, withDefault } from './typed-rows.ts';

/** A list of lines that are summed, and the Parquet file of its records in the folder. */
export type ListOfLines = { head: Head; recognised: Recognised; folder: string; rows: string };

/** Leaves the records again in a file where each knows whether the sum that it belongs to is whole. */
export async function checkSums(
  engine: Transaction,
  { recognised, folder, rows }: ListOfLines,
  signal?: AbortSignal,
): Promise<string> {
  const into = `checked-${rows}`;
  const from = `read_parquet(${literal(join(folder, rows))}, file_row_number = true)`;
  const checked = withIncompleteSums({ from, list: recognised });
  await engine.run(
    `copy (select * exclude (file_row_number) from (${checked}) order by file_row_number)
     to ${literal(join(folder, into))} (${STAGED_AS})`,
    {},
    signal ? { signal } : {},
  );
  return into;
}

/** What the folding of lines leaves: the file of records, and how many lines are in others now. */
export type Folded = { rows: string; stored: number; folded: number };

/** Folds the lines into one record for each key, with its extra columns and defaults. `numbered`: they know their line. */
export async function foldLines(
  engine: Transaction,
  { head, recognised, folder, rows }: ListOfLines,
  numbered: boolean,
  signal?: AbortSignal,
): Promise<Folded> {
  const into = `summed-${rows}`;
  const file = literal(join(folder, rows));
  const from = numbered
    ? `read_parquet(${file})`
    : `(select *, file_row_number + 1 as line from read_parquet(${file}, file_row_number = true))`;
  const filled = fillings(recognised).map(({ field }) => field);
  const unknown = unknownColumns(head, recognised);
  const records = summed({
    from,
    list: recognised,
    filled: filled.map(({ name }) => name),
    unknown: unknown.map((at) => `t${at}`),
  });
  const fields = filled.map((field) => `${withDefault(field, field.name)} as ${field.name}`);
  const [lines] = await engine.query<{ n: number }>(
    `select count(*)::bigint as n from read_parquet(${file})`,
  );
  const [written] = await engine.query<Record<string, number>>(
    `copy (
       select ${fields.join(', ')}, ${extra(unknown, head.headers)} as extra, problem, zoned, rounded, line
       from (${records}) order by line
     ) to ${literal(join(folder, into))} (${STAGED_AS})`,
    {},
    signal ? { signal } : {},
  );
  const stored = Number(Object.values(written ?? {})[0] ?? 0);
  return { rows: into, stored, folded: Number(lines?.n ?? 0) - stored };
}
