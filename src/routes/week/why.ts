import { waterfallOf } from '#lib/charts/waterfall.ts';
import type { WaterfallAxis, WaterfallBar } from '#lib/charts/waterfall.ts';
import type { FunnelChangeRow, RevenueChangeRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, effect, money, percent, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { Verdict } from './steps.ts';

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

/** The waterfall from one period's revenue to the other's, and the factor that weighs most. */
export type WhyView = {
  before: { text: string; bar: WaterfallBar };
  after: { text: string; bar: WaterfallBar };
  difference: string;
  same: boolean;
  rows: WhyRow[];
  axis: WaterfallAxis;
  ticks: { share: number; text: string }[];
  largest: { term: string; segment: string | null; direction: 'down' | 'up'; effect: string } | null;
};

/** The figure of funnel_change that says whether a term is more than noise, and the step whose hue it has. */
const judges: Record<string, { step: number; figure: string }> = {
  reach: { step: 1, figure: 'people' },
  leads_per_aware: { step: 2, figure: 'rate' },
  volume: { step: 2, figure: 'people' },
  visit_rate: { step: 3, figure: 'rate' },
  closing_rate: { step: 4, figure: 'rate' },
  booking_rate: { step: 4, figure: 'rate' },
};

const RATES = new Set(['leads_per_aware', 'visit_rate', 'closing_rate', 'booking_rate', 'mix']);

/** Why revenue changed, without segments; null where nothing can be compared. `params` are those of the report. */
export function whyView(
  locale: Locale,
  currency: string,
  rows: readonly RevenueChangeRow[],
  changes: readonly FunnelChangeRow[],
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
  const largest = rows.find(({ rank_no }) => rank_no === 1);
  return {
    before: { text: money(locale, currency, first.total_before), bar: chart.before },
    after: { text: money(locale, currency, first.total_after), bar: chart.after },
    difference: effect(locale, first.difference),
    same: Number(first.difference) === 0,
    rows: shown.map((row, index) => ({
      term: row.term,
      segment: row.segment,
      before: beforeOrAfter(locale, currency, row, 'before'),
      after: beforeOrAfter(locale, currency, row, 'after'),
      effect: effect(locale, row.effect),
      bar: chart.steps[index] ?? chart.after,
      step: judges[row.term]?.step ?? null,
      verdict: verdictOf(row.term, changes),
      link: figureLink('revenue_change', 'effect', params, { term: row.term, segment: row.segment }),
    })),
    axis: chart.axis,
    ticks: chart.axis.ticks.map(({ share, amount }) => ({
      share,
      text: amount === 0 ? '0' : shortMoney(locale, currency, String(amount)),
    })),
    largest: largest
      ? {
          term: largest.term,
          segment: largest.segment,
          direction: Number(largest.effect) < 0 ? 'down' : 'up',
          effect: effect(locale, largest.effect),
        }
      : null,
  };
}

function verdictOf(term: string, changes: readonly FunnelChangeRow[]): Verdict | null {
  const judge = judges[term];
  const row =
    judge && changes.find(({ step_no, figure }) => step_no === judge.step && figure === judge.figure);
  return (row?.verdict ?? null) as Verdict | null;
}

function beforeOrAfter(
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
