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
      direction: 'down' | 'up';
      /** The cause, in which store where it is one's, and what it did. */
      cause: FoundCause;
      isMain: boolean;
      called: boolean;
      /** The store that moved most, where it is another, with the whole of its change and the first cause of it. */
      furthest: (FoundCause & { change: Opened }) | null;
    };

export type FoundCause = { term: string; store: { name: string | null } | null; effect: Opened };

/** A figure and the link that opens it. */
export type Opened = { text: string; link: string };

/** The waterfall from one period's revenue to the other's, and what is to be said of it. */
export type WhyView = {
  before: { text: string; bar: WaterfallBar };
  after: { text: string; bar: WaterfallBar };
  difference: string;
  /** Stores that lack something, with the whole of their difference. */
  leftOut: { term: string; segment: string | null; effect: string }[];
  /** The change of the stores that are compared, and how many they are where some are left out. */
  compared: { direction: 'down' | 'up'; amount: string; stores: number | null };
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
      direction: first.compared_difference.startsWith('-') ? 'down' : 'up',
      amount: sizeOf(locale, currency, first.compared_difference),
      stores: leftOut.length > 0 ? summary.whole_stores : null,
    },
    finding: typeof reason === 'string' ? { kind: reason } : findingOf(locale, currency, reason, params),
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
  currency: string,
  { term, direction, row, store, isMain, furthest, verdict }: Reason,
  params: LinkParameters,
): WhyFinding {
  const byStore = { ...params, by: 'store' };
  const found = (cause: RevenueChangeRow, name: string): FoundCause => ({
    term: name,
    store: cause === row && !store ? null : { name: cause.segment },
    effect: {
      text: sizeOf(locale, currency, cause.cause_effect ?? cause.effect),
      link: causeLink(cause === row && !store ? params : byStore, cause),
    },
  });
  return {
    kind: 'reason',
    direction,
    cause: found(row, term),
    isMain,
    called: verdict === 'more_than_noise',
    furthest: furthest && {
      ...found(furthest, furthest.cause ?? furthest.term),
      change: {
        text: sizeOf(locale, currency, furthest.segment_effect),
        link: figureLink('contributions', 'change', byStore, { segment: furthest.segment }),
      },
    },
  };
}

/** Money without its sign. */
function sizeOf(locale: Locale, currency: string, amount: string): string {
  return money(locale, currency, amount.replace('-', ''));
}

/** The link that opens what a cause did: of leads all rows about them together. */
export function causeLink(
  params: LinkParameters,
  { cause, term, segment }: Pick<RevenueChangeRow, 'cause' | 'term' | 'segment'>,
): string {
  const column = cause === 'leads' ? 'cause_effect' : 'effect';
  return figureLink('revenue_change', column, params, { term, segment });
}

/** The link that opens an effect of revenue_change. */
export function effectLink(
  params: LinkParameters,
  { term, segment }: { term: string; segment: string | null },
): string {
  return figureLink('revenue_change', 'effect', params, { term, segment });
}

/** What a cause is about, before or after: leads are counted, all else is as its row has it. */
export function causeBeforeOrAfter(
  locale: Locale,
  currency: string,
  row: RevenueChangeRow,
  side: 'before' | 'after',
): string {
  const leads = row[`leads_${side}`];
  if (row.cause === 'leads' && leads !== null) return count(locale, Math.round(leads));
  return beforeOrAfter(locale, currency, row, side);
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
