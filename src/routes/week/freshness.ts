import type { FreshnessRow } from '#lib/server/reports.gen.ts';
import { shortDay, shortRange, weekdayName } from '#lib/ui/dates.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

export type FreshnessCell = {
  /** Seven marks from Monday on: 1 rows came, 0 none, . the day is still to come. */
  days: string;
  filled: number;
  last: string | null;
  behind: boolean;
};

type Period = { from: string; to: string };

export type Gap = { store: string | null; table: string; days: string; count: string };

export type FreshnessView = {
  tables: string[];
  rows: { store: string | null; cells: (FreshnessCell | null)[] }[];
  gaps: Gap[];
};

/** How fresh each table of each store is, stores as rows and tables as columns; gaps that touch the week by name. */
export function freshnessView(locale: Locale, rows: readonly FreshnessRow[], week: Period): FreshnessView {
  const ordered = [...rows].sort((a, b) => a.table_no - b.table_no);
  const tables = [...new Set(ordered.map(({ table_name }) => table_name))];
  const stores = [...new Set(rows.map(({ store }) => store))].sort(byNameNullLast);
  return {
    tables,
    rows: stores.map((store) => ({
      store,
      cells: tables.map((table) => {
        const row = rows.find((one) => one.store === store && one.table_name === table);
        return row ? cellOf(locale, row, week) : null;
      }),
    })),
    gaps: ordered.flatMap((row) => gapOf(locale, row, week)),
  };
}

function cellOf(locale: Locale, row: FreshnessRow, { from, to }: Period): FreshnessCell {
  const { last_on, last_at } = row;
  const time = last_at?.slice(11, 16) ?? '00:00';
  const inWeek = last_on !== null && last_on >= from && last_on <= to;
  const day = last_on && (inWeek ? weekdayName(locale, last_on) : shortDay(locale, last_on));
  return {
    days: row.days,
    filled: [...row.days].filter((mark) => mark === '1').length,
    last: day && (time === '00:00' ? day : `${day} ${time}`),
    behind: (row.days_behind ?? 0) > 1,
  };
}

function gapOf(locale: Locale, row: FreshnessRow, { from, to }: Period): Gap[] {
  const { gap_from, gap_to, gap_days } = row;
  if (!gap_from || !gap_to || gap_days === null || gap_from > to || gap_to < from) return [];
  return [
    {
      store: row.store,
      table: row.table_name,
      days: shortRange(locale, gap_from, gap_to),
      count: count(locale, gap_days),
    },
  ];
}

function byNameNullLast(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a.localeCompare(b, 'zh-Hans-u-co-pinyin');
}
