import { reportSpecs } from '../reports.gen.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { Row } from '../warehouse/values.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { columnsOf, workedApart } from './apart.ts';
import type { Columns } from '#lib/stats/columns.ts';
import type { Reach } from './audience.ts';
import { answerCache } from './cache.ts';
import type { AnswerCache } from './cache.ts';
import { readReport } from './read.ts';
import type { ReportSpec } from './spec.ts';
import { textsStamp } from './texts.ts';

/** What a pure function works on beside the rows of its report: columns of others, or what was fitted to them. */
export type Fed = { readonly columns: Readonly<Record<string, Columns>> } | { readonly fit: unknown };

/** How long one statement may take. */
export const TIMEOUT_MS = 30_000;
const FITS_KEPT = 100;
/** So few rows are finished at once: a thread takes longer to begin. */
const FEW_ROWS = 200;
const fits = new WeakMap<Warehouse, AnswerCache>();

/**
 * The rows that a report is fed with, column by column, or what its models are when they are fitted to them: that is kept as long
 * as the data stay, for all who ask for the same of them.
 * Throws Refusal query_failed, query_timeout (after 30 s) or query_cancelled.
 */
export async function fedOrFitted(
  warehouse: Warehouse,
  { fed: names, fit }: ReportSpec,
  reach: Reach,
  params: Arguments,
  signal: AbortSignal,
): Promise<Fed> {
  const asked = names.map((name): [string, Arguments] => [name, among(params, name)]);
  if (fit === null) return { columns: await columnsFed(warehouse, asked, reach, signal) };
  const key = JSON.stringify([fit.name, textsStamp(), asked, reach]);
  const fitted = async (stop: AbortSignal) => {
    const columns = await columnsFed(warehouse, asked, reach, stop);
    return workedApart<unknown>({ name: fit.name, given: [columns], moved: Object.values(columns) }, stop);
  };
  return { fit: await fitsOf(warehouse).get(warehouse.dataVersion(), key, fitted, signal) };
}

async function columnsFed(
  warehouse: Warehouse,
  asked: readonly (readonly [string, Arguments])[],
  reach: Reach,
  signal: AbortSignal,
): Promise<Record<string, Columns>> {
  const columns: Record<string, Columns> = {};
  for (const [name, params] of asked)
    columns[name] = columnsOf(
      await readReport(warehouse, name, reach, params, { signal, timeoutMs: TIMEOUT_MS }),
    );
  return columns;
}

/** Those of the parameters that a report knows. */
function among(params: Arguments, name: string): Arguments {
  const known = (reportSpecs[name]?.parameters ?? []).map((parameter) => parameter.name);
  return Object.fromEntries(Object.entries(params).filter(([key]) => known.includes(key)));
}

/** Rows after the pure function of their report, if it has one. Throws Refusal query_cancelled. */
export async function finished(
  { finish, fed: feeds }: ReportSpec,
  rows: Row[],
  params: Arguments,
  fed: Fed,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  if (finish === null) return rows;
  const isFitted = 'fit' in fed;
  const given = isFitted ? fed.fit : fed.columns;
  const isAtOnce = feeds.length === 0 || (isFitted && rows.length <= FEW_ROWS);
  if (isAtOnce) return finish(rows as never[], params as never, given as never);
  const moved = isFitted ? [] : Object.values(fed.columns);
  return workedApart({ name: finish.name, rows, given: [params, given], moved }, signal);
}

function fitsOf(warehouse: Warehouse): AnswerCache {
  const kept = fits.get(warehouse) ?? answerCache(FITS_KEPT);
  fits.set(warehouse, kept);
  return kept;
}
