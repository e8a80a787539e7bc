import type {
  FunnelChangeRow,
  MissingWeeksRow,
  RevenueChangeRow,
  WeekSummaryRow,
} from '#lib/server/reports.gen.ts';
import { shortRange } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, effect, money, percent, points, relative } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

/** What the figures alone ask for, each with its rows. */
export type ActItem =
  | { kind: 'missing'; store: string | null; lists: { table: string; days: string }[]; count: string }
  | { kind: 'overdue'; orders: string; amount: string; link: string }
  | { kind: 'watch'; term: string; store: string | null; effect: string; link: string }
  | { kind: 'drop'; figure: 'people' | 'rate'; no: number; value: string; change: string; link: string };

type Asked = { summary: LinkParameters; funnel: LinkParameters; revenue: LinkParameters };

/** Lists that are missing, money that waits too long, the most certain drop or else the largest suspected one. */
export function actItems(
  locale: Locale,
  currency: string,
  missing: readonly MissingWeeksRow[],
  summary: WeekSummaryRow,
  changes: readonly FunnelChangeRow[],
  reasons: readonly RevenueChangeRow[],
  asked: Asked,
): ActItem[] {
  const drops = dropItems(locale, changes, asked.funnel);
  return [
    ...[...new Set(missing.map(({ store }) => store))].map((store) =>
      missingItem(
        locale,
        store,
        missing.filter((row) => row.store === store),
      ),
    ),
    ...overdueItems(locale, currency, summary, asked.summary),
    ...drops,
    ...(drops.length > 0 ? [] : watchItems(locale, reasons, asked.revenue)),
  ];
}

/** What one store did not hand in, list by list. */
function missingItem(locale: Locale, store: string | null, rows: readonly MissingWeeksRow[]): ActItem {
  return {
    kind: 'missing',
    store,
    lists: rows.map((row) => ({ table: row.table_name, days: shortRange(locale, row.from_on, row.to_on) })),
    count: count(locale, rows.length),
  };
}

function overdueItems(
  locale: Locale,
  currency: string,
  { outstanding_over_60, outstanding_over_60_orders }: WeekSummaryRow,
  params: LinkParameters,
): ActItem[] {
  if (!outstanding_over_60_orders || outstanding_over_60 === null) return [];
  return [
    {
      kind: 'overdue',
      orders: count(locale, outstanding_over_60_orders),
      amount: money(locale, currency, outstanding_over_60),
      link: figureLink('week_summary', 'outstanding_over_60', params, { segment: 'all' }),
    },
  ];
}

/** Where nothing is called: the cause that weighs most in a fall, which may be chance, with its rows. */
function watchItems(locale: Locale, reasons: readonly RevenueChangeRow[], params: LinkParameters): ActItem[] {
  const main = reasons.find(({ rank_no }) => rank_no === 1);
  if (!main || Number(main.effect) >= 0) return [];
  const { term, segment } = main;
  const link = figureLink('revenue_change', 'effect', params, { term, segment });
  return [{ kind: 'watch', term, store: segment, effect: effect(locale, main.effect), link }];
}

/** Of the drops that are more than noise the one that chance explains least. */
function dropItems(locale: Locale, changes: readonly FunnelChangeRow[], params: LinkParameters): ActItem[] {
  const [drop] = changes
    .filter(({ figure, drop_no }) => drop_no !== null && (figure === 'people' || figure === 'rate'))
    .toSorted((a, b) => (a.drop_no ?? 0) - (b.drop_no ?? 0));
  if (!drop) return [];
  const isRate = drop.figure === 'rate';
  const value = drop.value ?? 0;
  return [
    {
      kind: 'drop',
      figure: isRate ? 'rate' : 'people',
      no: drop.step_no,
      value: isRate ? percent(locale, value) : count(locale, value),
      change: isRate
        ? points(locale, drop.change ?? 0, drop.reference ?? value)
        : relative(locale, drop.ratio_change ?? 0),
      link: figureLink('funnel', isRate ? 'rate' : 'people', params, {
        segment: 'all',
        step_no: drop.step_no,
      }),
    },
  ];
}
