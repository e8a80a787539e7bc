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
import { firstDrop } from './drop.ts';
import type { Drop } from './drop.ts';
import type { NoReason, Reason } from './reason.ts';
import { isJudgedBy } from './term-judges.ts';
import { beforeOrAfter, effectLink } from './why.ts';

/** What the figures alone ask for, each with its rows. */
export type ActItem =
  | {
      kind: 'missing';
      store: string | null;
      lists: { table: string; days: string }[];
      count: string;
      one: boolean;
      /** The week is compared without this store. */
      leftOut: boolean;
    }
  | { kind: 'overdue'; orders: string; amount: string; link: string }
  | {
      kind: 'watch';
      term: string;
      store: { name: string | null } | null;
      effect: string;
      before: string;
      after: string;
      /** The counts behind both rates: 7/12 → 2/12; null for what is no rate. */
      people: string | null;
      /** More than noise: to be looked into; else it may yet be chance. */
      called: boolean;
      link: string;
    }
  | { kind: 'drop'; figure: 'people' | 'rate'; no: number; value: string; change: string; link: string };

type Asked = { summary: LinkParameters; funnel: LinkParameters; revenue: LinkParameters };

/**
 * Lists that are missing, the page's one reason where revenue fell, the most certain drop where that is another figure,
 * and money that waits too long.
 */
export function actItems(
  locale: Locale,
  currency: string,
  missing: readonly MissingWeeksRow[],
  summary: WeekSummaryRow,
  changes: readonly FunnelChangeRow[],
  reason: Reason | NoReason,
  whole: readonly RevenueChangeRow[],
  asked: Asked,
): ActItem[] {
  const main = typeof reason === 'string' || reason.direction === 'up' ? null : reason;
  const drop = firstDrop(changes);
  return [
    ...[...new Set(missing.map(({ store }) => store))].map((store) =>
      missingItem(
        locale,
        store,
        missing.filter((row) => row.store === store),
        whole.some(({ term, segment }) => term === 'left_out' && segment === store),
      ),
    ),
    ...(main ? watchItems(locale, currency, main, whole, asked.revenue) : []),
    ...(drop && !(main && isJudgedBy(main.term, drop.row)) ? [dropItem(locale, drop, asked.funnel)] : []),
    ...overdueItems(locale, currency, summary, asked.summary),
  ];
}

/** What one store did not hand in, list by list. */
function missingItem(
  locale: Locale,
  store: string | null,
  rows: readonly MissingWeeksRow[],
  leftOut: boolean,
): ActItem {
  return {
    kind: 'missing',
    store,
    lists: rows.map((row) => ({ table: row.table_name, days: shortRange(locale, row.from_on, row.to_on) })),
    count: count(locale, rows.length),
    one: rows.length === 1,
    leftOut,
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

/** Those in whom the reason can be looked into: of its store where one has most of it, else of all. */
function watchItems(
  locale: Locale,
  currency: string,
  { term, store, verdict }: Reason,
  whole: readonly RevenueChangeRow[],
  params: LinkParameters,
): ActItem[] {
  const row = store ?? whole.find((one) => one.term === term);
  if (!row) return [];
  return [
    {
      kind: 'watch',
      term,
      store: store && { name: store.segment },
      effect: effect(locale, row.effect),
      before: beforeOrAfter(locale, currency, row, 'before'),
      after: beforeOrAfter(locale, currency, row, 'after'),
      people: peopleOf(locale, row),
      called: verdict === 'more_than_noise',
      link: effectLink(store ? { ...params, by: 'store' } : params, row),
    },
  ];
}

function peopleOf(
  locale: Locale,
  { hits_before, base_before, hits_after, base_after }: RevenueChangeRow,
): string | null {
  if (hits_before === null || base_before === null || hits_after === null || base_after === null) return null;
  const of = (hits: number, base: number) => `${count(locale, hits)}/${count(locale, base)}`;
  return `${of(hits_before, base_before)} → ${of(hits_after, base_after)}`;
}

function dropItem(locale: Locale, { figure, row }: Drop, params: LinkParameters): ActItem {
  const isRate = figure === 'rate';
  const value = row.value ?? 0;
  return {
    kind: 'drop',
    figure,
    no: row.step_no,
    value: isRate ? percent(locale, value) : count(locale, value),
    change: isRate
      ? points(locale, row.change ?? 0, row.reference ?? value)
      : relative(locale, row.ratio_change ?? 0),
    link: figureLink('funnel', figure, params, { segment: 'all', step_no: row.step_no }),
  };
}
