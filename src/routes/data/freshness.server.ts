import { Refusal } from '#lib/errors/refusal.ts';
import type { Answer } from '#lib/server/reports/answer.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { freshness, missingWeeks } from '#lib/server/reports.gen.ts';
import type { FreshnessRow } from '#lib/server/reports.gen.ts';
import { addDays, mondayOf, shortDay, shortRange } from '#lib/ui/dates.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { tableName } from './table-names.server.ts';

/** One list of one store: how many records, when the last one, the week's seven marks, and its gap if it has one. */
export type FreshRow = {
  store: string | null;
  records: string;
  last: string | null;
  behind: string | null;
  days: string;
  filled: number;
};

export type FreshTable = { name: string; label: string; rows: FreshRow[] };

/** A run of days on which a store recorded nothing although it usually does. */
export type Gap = { store: string | null; list: string; days: string; count: string; expected: string };

export type FreshView = {
  tables: FreshTable[];
  gaps: Gap[];
  /** Lists that the pages live on and that have no rows yet. */
  absent: string[];
};

const WEEKS = 26;
/** Lists that the pages live on. */
const LISTS = ['leads', 'visits', 'orders', 'upsells', 'payments', 'campaign_days'];

/** How fresh everything is as of the last day with rows; null while there are no leads, visits or orders. */
export async function askFreshness(asker: Asker): Promise<Answer<FreshnessRow> | null> {
  try {
    return await freshness(asker, {});
  } catch (error) {
    if (error instanceof Refusal && error.code === 'no_data_yet') return null;
    throw error;
  }
}

/** What the page shows of it: rows by list, gaps, and lists that are not there. */
export async function freshView(
  asker: Asker,
  locale: Locale,
  answer: Answer<FreshnessRow> | null,
): Promise<FreshView> {
  const rows = answer?.rows ?? [];
  const known = new Set(rows.map(({ table_name }) => table_name));
  return {
    tables: freshTables(locale, rows),
    gaps: answer?.as_of ? await gapsBefore(asker, locale, answer.as_of) : [],
    absent: LISTS.filter((list) => !known.has(list)).map((list) => tableName(locale, list)),
  };
}

/** The gaps that begin in the last weeks, each once: a gap has a row for every week that it touches. */
async function gapsBefore(asker: Asker, locale: Locale, asOf: string): Promise<Gap[]> {
  const { rows } = await missingWeeks(asker, { from: addDays(asOf, -7 * WEEKS), as_of: asOf });
  return rows
    .filter(({ starts_on, from_on }) => starts_on === mondayOf(from_on))
    .map(({ store, table_name, from_on, to_on, days, expected_rows }) => ({
      store,
      list: tableName(locale, table_name),
      days: shortRange(locale, from_on, to_on),
      count: count(locale, days),
      expected: count(locale, Math.round(expected_rows)),
    }));
}

function freshTables(locale: Locale, rows: readonly FreshnessRow[]): FreshTable[] {
  return [...Map.groupBy(rows, ({ table_name }) => table_name)].map(([name, own]) => ({
    name,
    label: tableName(locale, name),
    rows: own.map((row) => freshRow(locale, row)),
  }));
}

function freshRow(locale: Locale, row: FreshnessRow): FreshRow {
  const { last_on, last_at, days_behind } = row;
  const time = last_at?.slice(11, 16) ?? '00:00';
  const day = last_on && shortDay(locale, last_on);
  return {
    store: row.store,
    records: count(locale, row.rows),
    last: day && (time === '00:00' ? day : `${day} ${time}`),
    behind: days_behind !== null && days_behind > 1 ? count(locale, days_behind) : null,
    days: row.days,
    filled: [...row.days].filter((mark) => mark === '1').length,
  };
}
