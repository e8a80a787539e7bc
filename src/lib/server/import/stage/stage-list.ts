import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { listPlanOf } from '#lib/exports/list-plan-of.ts';
import type { Style } from '#lib/exports/plan.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { Transaction } from '../../warehouse/warehouse.ts';
import type { Head } from '#lib/exports/head.ts';
import { columnBeside, numbersBeside } from '../mapping/beside.ts';
import { fillings } from '../mapping/fillings.ts';
import { countRecords } from '../records.ts';
import { looksPlain } from '../values/doubt.ts';
import { lookAt } from '../values/look.ts';
import { isUndecided } from '../values/read-values.ts';
import { literal } from '../values/text.ts';
import { STAGED_AS } from './parquet.ts';
import type { Writings } from '../values/writing.ts';
import { checkSums, foldLines } from './fold-lines.ts';
import { stageRejects } from './rejects.ts';
import type { StagedList, StageProgress } from './task.ts';
import { ERRORS, texts, typedRows, withTexts } from './typed-rows.ts';
import { witnesses } from './witnesses.ts';

/**
 * A plain list and the table that it feeds. `id` tells it from the task's others, `file` is its place among the files,
 * `folder` where the results go.
 */
export type ListToStage = {
  id: string;
  file: number;
  name: string;
  path: string;
  head: Head;
  recognised: Recognised;
  /** All lists that the file feeds. */
  lists: readonly Recognised[];
  /** The sign before decimals where no value decides; none in files of text. */
  decimal?: '.' | undefined;
  zone: string;
  folder: string;
};

/** What the reading of a list leaves; who decided how it is read is added by who knows it. */
type Staged = Omit<StagedList, 'decidedBy' | 'isNews' | 'reading'>;

/** DuckDB's strict reader stops where a file mixes line ends; see `readPlain`. */
export class UnevenLineEnds extends Error {}

/**
 * Reads one list into Parquet, typed and checked, counts it by another reader meanwhile, and writes down what was rejected.
 * Throws Refusal header_only, not_utf8, unclosed_quote, count_mismatch, ambiguous_dates, ambiguous_numbers, disk_full,
 * query_failed, query_cancelled;
 * UnevenLineEnds.
 */
export async function stageList(
  engine: Transaction,
  list: ListToStage,
  tell: (progress: StageProgress) => void,
  signal?: AbortSignal,
): Promise<Staged> {
  const { id, file, name, path, head, recognised, folder } = list;
  const { table, sum, wide } = recognised;
  const read = `${id}.parquet`;
  const { divided, counted, writings } = await readWell(engine, list, join(folder, read), tell, signal);
  if (counted.records === 0) throw new Refusal('header_only', { file: name });
  const rows = sum.length === 0 ? read : await checkSums(engine, { ...list, rows: read }, signal);
  const found = await stageRejects(engine, {
    path,
    name,
    division: head,
    folder,
    rows,
    countsBroken: wide === null || wide.others.length > 0,
    headerOf: headerOf(list),
  });
  const { broken, ownBroken, elsewhere, ...rejects } = found;
  if (divided + broken !== counted.records)
    throw new Refusal('count_mismatch', { file: name, counted: counted.records, loaded: divided + broken });
  const whole = { rows: rejects.rows, stored: divided - elsewhere, folded: 0 };
  const folded =
    sum.length === 0
      ? whole
      : await foldLines(engine, { ...list, rows: rejects.rows }, rejects.numbered, signal);
  return {
    file,
    table,
    fed: fillings(recognised).map(({ field }) => field.name),
    counted: divided - elsewhere + ownBroken,
    ...rejects,
    ...folded,
    numbered: rejects.numbered || sum.length > 0,
    rounded: await roundedRecords(engine, list, join(folder, folded.rows)),
    hash: counted.hash,
    mapping: mappingOf(head, recognised),
    headers: head.headers,
    said: listPlanOf(recognised),
    plan: {
      ...listPlanOf({ ...recognised, styles: stylesIn(recognised, writings) }),
      ...(recognised.elsewhere.length === 0 ? {} : { elsewhere: [...recognised.elsewhere] }),
    },
  };
}

/**
 * Reads a list by how its columns are written. Where its first records are plain the others most often are too: then whole
 * columns are only looked at when one is met that is not. Where a person said how they are written they always are.
 */
async function readWell(
  engine: Transaction,
  list: ListToStage,
  into: string,
  tell: (progress: StageProgress) => void,
  signal?: AbortSignal,
) {
  const { head, recognised } = list;
  const reckons = recognised.sum.length > 0 || numbersBeside(recognised).length > 0;
  const plain =
    !reckons &&
    recognised.styles.size === 0 &&
    looksPlain(fillings(recognised), ({ field }) => {
      const column = recognised.columns.get(field.name) ?? -1;
      return head.sample.map((row) => row[column] ?? '');
    });
  if (plain) {
    const read = await readTwice(engine, list, null, into, tell, signal);
    if (!(await someUndecided(engine, into))) return { ...read, writings: null };
  }
  const writings = await writingsOf(engine, list, signal);
  return { ...(await readTwice(engine, list, writings, into, tell, signal)), writings };
}

/** What a person said of the columns, and what was decided for the others by all of their values. */
function stylesIn({ styles }: Recognised, writings: Writings): ReadonlyMap<string, Style> {
  const decided = [...(writings ?? [])].flatMap(([field, { order, decimal }]) => {
    if (columnBeside(field) !== undefined || (order === undefined && decimal === undefined)) return [];
    return [[field, { ...(order ? { order } : {}), ...(decimal ? { decimal } : {}) }] as const];
  });
  return new Map([...decided, ...styles]);
}

async function writingsOf(engine: Transaction, list: ListToStage, signal?: AbortSignal): Promise<Writings> {
  const { name, path, head, recognised, lists, decimal } = list;
  const known = { file: name, headerOf: headerOf(list), styles: recognised.styles, decimal };
  try {
    const filled = fillings(recognised);
    const from = withTexts(texts(path, head), filled);
    const own = [...filled, ...numbersBeside(recognised)];
    return await lookAt(engine, from, own, known, witnesses(recognised, lists), signal);
  } catch (error) {
    throw isUneven(error) ? new UnevenLineEnds(path) : error;
  }
}

async function someUndecided(engine: Transaction, rows: string): Promise<boolean> {
  const found = await engine.query(
    `select 1 from read_parquet(${literal(rows)}) where problem is not null and ${isUndecided} limit 1`,
  );
  return found.length > 0;
}

const headerOf =
  ({ head, recognised }: Pick<ListToStage, 'head' | 'recognised'>) =>
  (field: string): string | null =>
    head.headers[columnBeside(field) ?? recognised.columns.get(field) ?? -1] ?? null;

/** Two readers at once: DuckDB reads, the other one counts; a file that the counter refuses stops the reading. */
async function readTwice(
  engine: Transaction,
  { file, name, path, head, recognised, zone }: ListToStage,
  writings: Writings,
  into: string,
  tell: (progress: StageProgress) => void,
  signal?: AbortSignal,
) {
  const { size: of } = await stat(path);
  tell({ kind: 'reading', file, records: 0, bytes: 0, of });
  const stop = new AbortController();
  await engine.run(`drop table if exists ${ERRORS}; drop table if exists ${ERRORS}_scan`);
  const onPage = (bytes: number, records: number) => tell({ kind: 'reading', file, records, bytes, of });
  const counting = countRecords(path, name, head, onPage).catch((error: unknown) => {
    stop.abort();
    throw error;
  });
  const reading = engine.query<Record<string, number>>(
    `copy (${typedRows({ path, head, recognised, writings, zone })}) to ${literal(into)} (${STAGED_AS})`,
    {},
    { signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal },
  );
  const [counted, read] = await Promise.allSettled([counting, reading]);
  if (counted.status === 'rejected') throw counted.reason;
  if (read.status === 'rejected') throw isUneven(read.reason) ? new UnevenLineEnds(path) : read.reason;
  return { counted: counted.value, divided: Number(Object.values(read.value[0] ?? {})[0] ?? 0) };
}

async function roundedRecords(
  engine: Transaction,
  { recognised: { table } }: ListToStage,
  rows: string,
): Promise<number> {
  if (fieldsOf(table).every((field) => field.type !== 'money')) return 0;
  const [row] = await engine.query<{ n: number }>(
    `select count(*) as n from read_parquet(${literal(rows)}) where rounded and problem is null`,
  );
  return Number(row?.n ?? 0);
}

function isUneven(error: unknown): boolean {
  const cause = error instanceof Refusal ? error.cause : error;
  return cause instanceof Error && cause.message.includes('state machine reached an invalid state');
}

function mappingOf({ headers }: Head, { columns, factors }: Recognised): string {
  const named = [...columns].map(([field, at]) => {
    const factor = factors.get(field);
    return [field, factor === undefined ? headers[at] : `${headers[at]}*${headers[factor]}`];
  });
  return JSON.stringify(Object.fromEntries(named));
}
