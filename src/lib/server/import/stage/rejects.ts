import { join } from 'node:path';
import type { Transaction } from '../../warehouse/warehouse.ts';
import { literal } from '../values/text.ts';
import { STAGED_AS } from './parquet.ts';
import { pagesOf } from '../records.ts';
import type { Division } from '../records.ts';
import type { Reject } from './task.ts';
import { ELSEWHERE } from '../mapping/fed.ts';
import { ERRORS } from './typed-rows.ts';

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
  folder: string;
  /** The Parquet file of what could be divided, in the folder. */
  rows: string;
  /** Whether records that could not be divided are this list's: of the lists of one file they are the first one's. */
  countsBroken: boolean;
  headerOf: (field: string) => string | null;
};

/**
 * What `stageRejects` leaves in the folder: see StagedList. `broken` counts records that could not be divided, `ownBroken`
 * those of them that are this list's, `elsewhere` the records of other lists.
 */
export type StagedRejects = {
  rows: string;
  numbered: boolean;
  rejects: string | null;
  quarantine: string | null;
  rejected: number;
  leftOut: number;
  broken: number;
  ownBroken: number;
  elsewhere: number;
  first: Reject[];
};

/** How many rejects travel to DuckDB at once, how many the caller gets to show, and how much of each. */
const BUNDLE = 5000;
const SHOWN = 100;
const SHOWN_TEXT = 4000;

/**
 * Writes every rejected record of a list into a Parquet file, with its place in the file and its text, and numbers the
 * others by the place that they really have where some could not be divided: those left no row behind.
 */
export async function stageRejects(engine: Transaction, from: From): Promise<StagedRejects> {
  const bad = { broken: await brokenRecords(engine), wrong: await wrongRecords(engine, from) };
  const { rows, folder } = from;
  const broken = bad.broken.length;
  const ownBroken = from.countsBroken ? broken : 0;
  const rejected = ownBroken + bad.wrong.length;
  const leftOut = bad.wrong.filter(({ problems }) => problems.every(isLeftOut)).length;
  const counts = { rejected, leftOut, broken, ownBroken, elsewhere: await recordsElsewhere(engine, from) };
  if (broken + bad.wrong.length === 0)
    return { rows, numbered: false, rejects: null, quarantine: null, ...counts, first: [] };
  const first: Reject[] = [];
  const brokenLines: number[] = [];
  let bundle: Found[] = [];
  await engine.run(TABLES);
  for await (const found of matchRecords(from, bad)) {
    if (found.place === null) {
      brokenLines.push(found.line);
      if (!from.countsBroken) continue;
    }
    if (first.length < SHOWN && !found.problems.every(isLeftOut)) first.push(...rejectsOf(found, from));
    bundle.push(found);
    if (bundle.length >= BUNDLE) {
      await write(engine, bundle, from);
      bundle = [];
    }
  }
  await write(engine, bundle, from);
  const rejects = `rejects-of-${rows}`;
  await engine.run(`copy rejected to ${literal(join(folder, rejects))} (format parquet)`);
  const quarantine = await writeQuarantine(engine, from);
  await engine.run('drop table rejected; drop table quarantined');
  return {
    ...(await numbered(engine, from, brokenLines)),
    rejects: rejected === 0 ? null : rejects,
    quarantine,
    ...counts,
    first: first.slice(0, SHOWN).map((reject) => ({ ...reject, raw: reject.raw.slice(0, SHOWN_TEXT) })),
  };
}

const TABLES = `
  create or replace temporary table rejected (line bigint, column_name varchar, reason varchar, raw_text varchar);
  create or replace temporary table quarantined (line bigint, place bigint, raw_text varchar)`;

async function brokenRecords(engine: Transaction): Promise<Bad['broken']> {
  const rows = await engine.query<{ start: number; kind: string }>(
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

async function wrongRecords(engine: Transaction, { folder, rows }: From): Promise<Bad['wrong']> {
  const found = await engine.query<{ place: number; problem: string }>(
    `select file_row_number + 1 as place, problem from read_parquet(${literal(join(folder, rows))}, file_row_number = true)
     where problem is not null and problem <> '${ELSEWHERE}' order by place`,
  );
  return found.map(({ place, problem }) => ({ place: Number(place), problems: problem.split(' ') }));
}

async function recordsElsewhere(engine: Transaction, { folder, rows }: From): Promise<number> {
  const [row] = await engine.query<{ n: number }>(
    `select count(*)::bigint as n from read_parquet(${literal(join(folder, rows))}) where problem = '${ELSEWHERE}'`,
  );
  return Number(row?.n ?? 0);
}

/** A rejected record: its place among those that could be divided, null when it is none of them. */
type Found = { line: number; place: number | null; problems: readonly string[]; raw: string };

/** Walks through the file once and finds the records that are meant, in order. */
async function* matchRecords({ path, name, division }: From, { broken, wrong }: Bad): AsyncGenerator<Found> {
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
        yield { line, place: null, problems: [`:${seen.reason}`], raw: raw() };
        continue;
      }
      place += 1;
      const known = wrong[nextWrong];
      if (known !== undefined && known.place === place) {
        nextWrong += 1;
        yield { line, place, problems: known.problems, raw: raw() };
      }
    }
  }
}

function rejectsOf({ line, problems, raw }: Found, { headerOf }: From): Reject[] {
  return problems.map((problem) => {
    const [field = '', reason = ''] = problem.split(':');
    return { line, column: field === '' ? null : (headerOf(field) ?? field), reason, raw };
  });
}

async function write(engine: Transaction, found: readonly Found[], from: From): Promise<void> {
  if (found.length === 0) return;
  const rejects = found.flatMap((one) => rejectsOf(one, from));
  await engine.run(
    `insert into rejected
     select unnest($lines::bigint[]), unnest($columns::varchar[]), unnest($reasons::varchar[]), unnest($texts::varchar[])`,
    {
      lines: rejects.map((reject) => reject.line),
      columns: rejects.map((reject) => reject.column),
      reasons: rejects.map((reject) => reject.reason),
      texts: rejects.map((reject) => reject.raw),
    },
  );
  const mendable = found.filter(({ problems }) => !problems.every(isLeftOut));
  await engine.run(
    `insert into quarantined
     select unnest($lines::bigint[]), unnest($places::bigint[]), unnest($texts::varchar[])`,
    {
      lines: mendable.map(({ line }) => line),
      places: mendable.map(({ place }) => place),
      texts: mendable.map(({ raw }) => raw),
    },
  );
}

/** A record that a rule leaves out has nothing that could be mended. */
const isLeftOut = (problem: string): boolean => problem.endsWith(':left_out');

/** Each record that may be mended, once, with its cells where it could be divided. */
async function writeQuarantine(engine: Transaction, { folder, rows }: From): Promise<string | null> {
  const into = `quarantine-of-${rows}`;
  const [written] = await engine.query<Record<string, number>>(
    `copy (
       select q.line, r.cells, q.raw_text
       from quarantined q
       left join (
         select file_row_number + 1 as place, cells
         from read_parquet(${literal(join(folder, rows))}, file_row_number = true) where problem is not null
       ) r on r.place = q.place
       order by q.line
     ) to ${literal(join(folder, into))} (format parquet)`,
  );
  return Number(Object.values(written ?? {})[0] ?? 0) === 0 ? null : into;
}

/** A row's place among the divided records grows by the broken ones before it. */
async function numbered(engine: Transaction, { folder, rows }: From, brokenLines: readonly number[]) {
  if (brokenLines.length === 0) return { rows, numbered: false };
  const shifts = new Map(brokenLines.map((line, before) => [line - before, before + 1] as const));
  const into = `numbered-${rows}`;
  await engine.run(
    `copy (
       select r.* exclude (file_row_number), r.file_row_number + 1 + coalesce(s.shift, 0) as line
       from read_parquet(${literal(join(folder, rows))}, file_row_number = true) r
       asof left join (select unnest($places::bigint[]) as place, unnest($shifts::bigint[]) as shift) s
         on r.file_row_number + 1 >= s.place
     ) to ${literal(join(folder, into))} (${STAGED_AS})`,
    { places: [...shifts.keys()], shifts: [...shifts.values()] },
  );
  return { rows: into, numbered: true };
}
