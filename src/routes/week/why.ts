import { waterfallOf } from '#lib/charts/waterfall.ts';
import type { WaterfallAxis, WaterfallBar } from '#lib/charts/waterfall.ts';
import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, effect, money, percent, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { NoReason, Reason } from './reason.ts';
import { stepOfTerm, verdictOfTerm } from './term-judges.ts';
import type { Verdict } from './verdict.ts';

/** One factor of the change in the reader's figures. */
export type WhyRow = {
  term: string;
  segment: string | null;
  before: string;
  after: string;
  effect: string;
  bar: WaterfallBar;
  /** The step whose hue the bar has; null for money that belongs to no step. */
  step: number | null;
  verdict: Verdict | null;
  link: string;
};

/** What the headline says before anything else: the one reason, or why there is none. */
export type WhyFinding =
  | { kind: NoReason }
  | {
      kind: 'reason';
      term: string;
      /** Of all stores; null where one store alone is the reason. */
      effect: { text: string; link: string } | null;
      store: { name: string | null; effect: string; link: string } | null;
    };

/** The waterfall from one period's revenue to the other's, and what is to be said of it. */
export type WhyView = {
  before: { text: string; bar: WaterfallBar };
  after: { text: string; bar: WaterfallBar };
  difference: string;
  /** Stores that lack something, with the whole of their difference. */
  leftOut: { term: string; segment: string | null; effect: string }[];
  /** The difference of the stores that are compared, and how many they are where some are left out. */
  compared: { difference: string; stores: number | null };
  finding: WhyFinding;
  rows: WhyRow[];
  axis: WaterfallAxis;
  ticks: { share: number; text: string }[];
};

const RATES = new Set(['leads_per_aware', 'visit_rate', 'closing_rate', 'booking_rate', 'mix']);

/**
 * Why revenue changed, without segments; null where nothing comes before. `params` are those of the report, `reason` is
 * the one that the whole page gives.
 */
export function whyView(
  locale: Locale,
  currency: string,
  summary: WeekSummaryRow,
  rows: readonly RevenueChangeRow[],
  changes: readonly FunnelChangeRow[],
  reason: Reason | NoReason,
  params: LinkParameters,
): WhyView | null {
  const [first] = rows;
  if (!first) return null;
  const shown = rows.filter(({ effect: part }) => Number(part) !== 0);
  const chart = waterfallOf(
    Number(first.total_before),
    shown.map(({ level }) => Number(level)),
    Number(first.total_after),
  );
  const leftOut = rows.filter(({ term }) => term === 'left_out');
  return {
    before: { text: money(locale, currency, first.total_before), bar: chart.before },
    after: { text: money(locale, currency, first.total_after), bar: chart.after },
    difference: effect(locale, first.difference),
    leftOut: leftOut.map(({ term, segment, effect: part }) => ({
      term,
      segment,
      effect: effect(locale, part),
    })),
    compared: {
      difference: effect(locale, first.compared_difference),
      stores: leftOut.length > 0 ? summary.whole_stores : null,
    },
    finding: typeof reason === 'string' ? { kind: reason } : findingOf(locale, reason, params),
    rows: shown.map((row, index) => ({
      term: row.term,
      segment: row.segment,
      before: beforeOrAfter(locale, currency, row, 'before'),
      after: beforeOrAfter(locale, currency, row, 'after'),
      effect: effect(locale, row.effect),
      bar: chart.steps[index] ?? chart.after,
      step: stepOfTerm(row.term),
      verdict: verdictOfTerm(row.term, changes),
      link: effectLink(params, row),
    })),
    axis: chart.axis,
    ticks: chart.axis.ticks.map(({ share, amount }) => ({
      share,
      text: amount === 0 ? '0' : shortMoney(locale, currency, String(amount)),
    })),
  };
}

function findingOf(
  locale: Locale,
  { term, effect: part, store }: Reason,
  params: LinkParameters,
): WhyFinding {
  return {
    kind: 'reason',
    term,
    effect:
      part === null
        ? null
        : { text: effect(locale, part), link: effectLink(params, { term, segment: 'all' }) },
    store: store && {
      name: store.segment,
      effect: effect(locale, store.effect),
      link: effectLink({ ...params, by: 'store' }, store),
    },
  };
}

/** The link that opens an effect of revenue_change. */
export function effectLink(
  params: LinkParameters,
  { term, segment }: { term: string; segment: string | null },
): string {
  return figureLink('revenue_change', 'effect', params, { term, segment });
}

/** A factor or an amount of revenue_change, before or after, in the reader's figures. */
export function beforeOrAfter(
  locale: Locale,
  currency: string,
  row: RevenueChangeRow,
  side: 'before' | 'after',
): string {
  const amount = row[`amount_${side}`];
  if (amount !== null) return money(locale, currency, amount);
  const factor = row[`factor_${side}`];
  if (factor === null) return '—';
  if (row.term === 'ticket') return money(locale, currency, factor.toFixed(2));
  return RATES.has(row.term) ? percent(locale, factor) : count(locale, factor);
}
