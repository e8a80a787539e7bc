import type { TableName } from '#lib/exports/tables.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { ERRORS } from './load.ts';
import { pagesOf } from './records.ts';
import type { Division } from './records.ts';

/** Why a record was not taken: `line` counts records from 1 after the header; `column` is the file's own header. */
export type Reject = { line: number; column: string | null; reason: string; raw: string };

type Bad = {
  /** Records that DuckDB could not divide, by the byte where it saw them begin (from 0), in order. */
  broken: { start: number; reason: string }[];
  /** Places among the others of records with problems, in order. */
  wrong: { place: number; problems: string[] }[];
};

type From = {
  path: string;
  name: string;
  division: Division;
  table: TableName;
  batch: number;
  headerOf: (field: string) => string | null;
};

/** How many rejects travel to the warehouse at once, and how many the caller gets to show. */
const BUNDLE = 5000;
const SHOWN = 100;

/**
 * Writes down every rejected record of a batch with its place in the file and its text, and gives the others the place
 * that they really have: what could not be divided left no row behind.
 * @returns the number of rejected records, of broken ones among them, and the first rejects
 */
export async function noteRejects(
  transaction: Transaction,
  from: From,
): Promise<{ rejected: number; broken: number; first: Reject[] }> {
  const bad = {
    broken: await brokenRecords(transaction),
    wrong: await wrongRecords(transaction, from.table, from.batch),
  };
  const rejected = bad.broken.length + bad.wrong.length;
  if (rejected === 0) return { rejected, broken: 0, first: [] };
  const first: Reject[] = [];
  const brokenLines: number[] = [];
  let bundle: Reject[] = [];
  for await (const found of matchRecords(from, bad)) {
    if (found.broken) brokenLines.push(found.line);
    const rejects = found.problems.map((problem) => asReject(found.line, problem, found.raw, from));
    if (first.length < SHOWN) first.push(...rejects);
    bundle.push(...rejects);
    if (bundle.length >= BUNDLE) {
      await write(transaction, from.batch, bundle);
      bundle = [];
    }
  }
  await write(transaction, from.batch, bundle);
  await shiftLines(transaction, from.table, from.batch, brokenLines);
  return { rejected, broken: bad.broken.length, first: first.slice(0, SHOWN) };
}

async function brokenRecords(transaction: Transaction): Promise<Bad['broken']> {
  const rows = await transaction.query<{ start: number; kind: string }>(
    `select line_byte_position - 1 as start, arg_min(error_type::varchar, coalesce(column_idx, 0)) as kind
     from ${ERRORS} group by 1 order by 1`,
  );
  return rows.map(({ start, kind }) => ({ start, reason: reasons[kind] ?? 'unreadable' }));
}

/** DuckDB's kinds of errors in the words of `reject.…`. */
const reasons: Record<string, string> = {
  'MISSING COLUMNS': 'too_few_columns',
  'TOO MANY COLUMNS': 'too_many_columns',
  'UNQUOTED VALUE': 'quotes',
  'LINE SIZE OVER MAXIMUM': 'too_long',
};

async function wrongRecords(
  transaction: Transaction,
  table: TableName,
  batch: number,
): Promise<Bad['wrong']> {
  const rows = await transaction.query<{ line: number; problem: string }>(
    `select line, problem from raw.${table} where batch_id = ${batch} and problem is not null order by line`,
  );
  return rows.map(({ line, problem }) => ({ place: line, problems: problem.split(' ') }));
}

/** Walks through the file once and finds the records that are meant, in order. */
async function* matchRecords({ path, name, division }: From, { broken, wrong }: Bad) {
  let place = 0;
  let nextBroken = 0;
  let nextWrong = 0;
  for await (const { first, offset, bytes, starts, ends } of pagesOf(path, name, division)) {
    for (let at = first === 0 ? 1 : 0; at < starts.length; at += 1) {
      const line = first + at;
      const start = offset + (starts[at] ?? 0);
      const raw = () => bytes.toString('utf8', starts[at], ends[at]);
      const seen = broken[nextBroken];
      if (seen !== undefined && seen.start <= start) {
        nextBroken += 1;
        yield { line, broken: true, problems: [`:${seen.reason}`], raw: raw() };
        continue;
      }
      place += 1;
      const known = wrong[nextWrong];
      if (known !== undefined && known.place === place) {
        nextWrong += 1;
        yield { line, broken: false, problems: known.problems, raw: raw() };
      }
    }
  }
}

function asReject(line: number, problem: string, raw: string, { headerOf }: From): Reject {
  const [field = '', reason = ''] = problem.split(':');
  return { line, column: field === '' ? null : (headerOf(field) ?? field), reason, raw };
}

async function write(transaction: Transaction, batch: number, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return;
  await transaction.run(
    `insert into raw.rejects (batch_id, line, column_name, reason, raw_text)
     select ${batch}, unnest($lines::bigint[]), unnest($columns::varchar[]), unnest($reasons::varchar[]), unnest($texts::varchar[])`,
    {
      lines: rejects.map((reject) => reject.line),
      columns: rejects.map((reject) => reject.column),
      reasons: rejects.map((reject) => reject.reason),
      texts: rejects.map((reject) => reject.raw),
    },
  );
}

/** A row's place among the divided records grows by the broken ones before it. */
async function shiftLines(
  transaction: Transaction,
  table: TableName,
  batch: number,
  brokenLines: readonly number[],
) {
  if (brokenLines.length === 0) return;
  const shifts = new Map(brokenLines.map((line, before) => [line - before, before + 1] as const));
  await transaction.run(
    `update raw.${table} as r set line = r.line + s.shift
     from (
       select p.line as place, a.shift
       from (select line from raw.${table} where batch_id = ${batch}) p
       asof join (select unnest($places::bigint[]) as place, unnest($shifts::bigint[]) as shift) a on p.line >= a.place
     ) s
     where r.batch_id = ${batch} and r.line = s.place`,
    { places: [...shifts.keys()], shifts: [...shifts.values()] },
  );
}
