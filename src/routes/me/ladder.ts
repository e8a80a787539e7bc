import { ladderMark } from '#lib/charts/ladder.ts';
import { extent } from '#lib/charts/ticks.ts';
import type { StaffFiguresRow } from '#lib/server/reports.gen.ts';
import type { LadderRow } from '#lib/ui/ladder-view.ts';
import { count, money, percent, percentRange } from '#lib/ui/numbers.ts';
import { opened } from './desk.ts';
import type { Setting } from './desk.ts';

/** The touchpoints of the own ladder, in the order of the path. */
const touchpoints = ['sale', 'shoot', 'viewing', 'pickup'];

/** What one sold at each touchpoint in the running period, and the touchpoints where one received nobody. */
export function ladderOf(
  setting: Setting,
  rows: readonly StaffFiguresRow[],
): { rungs: LadderRow[]; others: string[] } {
  const now = rows.filter(({ starts_on }) => starts_on === setting.starts.at(-1));
  const own = touchpoints.flatMap((figure) => now.filter((row) => row.figure === figure));
  const highest = extent(own.map(({ per_hit }) => Number(per_hit ?? 0)))?.high ?? 0;
  return {
    rungs: own.map((row) => rungOf(setting, row, highest)),
    others: touchpoints.filter((figure) => !own.some((row) => row.figure === figure)),
  };
}

function rungOf(setting: Setting, row: StaffFiguresRow, highest: number): LadderRow {
  const { locale, currency } = setting;
  const interval = { low: row.rate_low, high: row.rate_high };
  return {
    touchpoint: row.figure,
    isRung: true,
    reached: count(locale, row.base),
    sold: count(locale, row.hits),
    rate: percent(locale, row.rate),
    interval: percentRange(locale, row.rate_low, row.rate_high),
    note: null,
    mark: ladderMark(row.rate, interval, row.per_hit === null ? null : Number(row.per_hit), highest),
    each: row.per_hit === null ? null : money(locale, currency, row.per_hit),
    amount: money(locale, currency, row.amount),
    link: opened(setting, row, 'amount'),
    unfinished: null,
  };
}
