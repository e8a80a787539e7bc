import type { FreshnessRow } from '#lib/server/reports.gen.ts';
import { shortRange, weekday } from '#lib/ui/dates.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

export type FreshnessCell = {
  /** Seven marks from Monday on: 1 rows came, 0 none, . the day is still to come. */
  days: string;
  filled: number;
  last: string | null;
  behind: boolean;
};

export type Gap = { store: string | null; table: string; days: string; count: string };

export type FreshnessView = {
  tables: string[];
  rows: { store: string | null; cells: (FreshnessCell | null)[] }[];
  gaps: Gap[];
};

/** How fresh each table of each store is, stores as rows and tables as columns; gaps that touch the week by name. */
export function freshnessView(
  locale: Locale,
  rows: readonly FreshnessRow[],
  week: { from: string; to: string },
): FreshnessView {
  const ordered = [...rows].sort((a, b) => a.table_no - b.table_no);
  const tables = [...new Set(ordered.map(({ table_name }) => table_name))];
  const stores = [...new Set(rows.map(({ store }) => store))].sort(byNameNullLast);
  return {
    tables,
    rows: stores.map((store) => ({
      store,
      cells: tables.map((table) => {
        const row = rows.find((one) => one.store === store && one.table_name === table);
        return row ? cellOf(locale, row) : null;
      }),
    })),
    gaps: ordered.flatMap((row) => gapOf(locale, row, week)),
  };
}

function cellOf(locale: Locale, row: FreshnessRow): FreshnessCell {
  const time = row.last_at?.slice(11, 16);
  const timed = time !== undefined && time !== '00:00';
  return {
    days: row.days,
    filled: [...row.days].filter((mark) => mark === '1').length,
    last: row.last_on && `${weekday(locale, row.last_on)}${timed ? ` ${time}` : ''}`,
    behind: (row.days_behind ?? 0) > 1,
  };
}

function gapOf(locale: Locale, row: FreshnessRow, { from, to }: { from: string; to: string }): Gap[] {
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
