import { TOO_FEW } from '#lib/access/too-few.ts';
import { dotOf } from '#lib/charts/dot.ts';
import type { DotMark } from '#lib/charts/dot.ts';
import { extent, rateTicks } from '#lib/charts/ticks.ts';
import type { FunnelRow } from '#lib/server/reports.gen.ts';
import { count, money, percent, percentRange } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { valueName } from '../segment-words.ts';
import type { SegmentAnswers } from './answers.server.ts';
import type { Part } from './parts.ts';
import { addressOf } from './question.ts';
import type { FunnelQuestion } from './question.ts';

/** A rate of one value of a segment: of its own leads so far. */
export type SegmentRate = {
  text: string | null;
  interval: string | null;
  hits: string;
  base: string;
  note: string | null;
  dot: DotMark | null;
};

export type SegmentRow = {
  name: string;
  /** The page for this value alone; null for those that are too small to be looked at alone. */
  only: string | null;
  leads: string;
  visit: SegmentRate;
  order: SegmentRate;
  /** What happened in the period, whoever's leads they were. */
  orders: string;
  amount: string;
  parts: Record<Part, string>;
};

export type Axis = { ticks: { share: number; text: string }[]; reference: number | null };

export type SegmentsView = {
  rows: SegmentRow[];
  visitAxis: Axis;
  orderAxis: Axis;
  /** The step of the orders' denominator. */
  orderFrom: number;
  /** How many values there are, and the address that shows all of them when some are left out. */
  count: string;
  more: string | null;
};

const [LEADS, VISITS, ORDERS] = [2, 3, 4] as const;
const SHOWN = 12;

/** The values of the asked segment, those with most leads first as the report lists them. */
export function segmentsView(
  locale: Locale,
  currency: string,
  question: FunnelQuestion & { by: string },
  answers: SegmentAnswers,
  whole: readonly FunnelRow[],
): SegmentsView {
  const { by } = question;
  const shown = question.all ? answers.values : answers.values.slice(0, SHOWN);
  const ends = { visit: endOf(answers.cohort, VISITS), order: endOf(answers.cohort, ORDERS) };
  const at = (rows: readonly FunnelRow[], value: string | null, step: number) =>
    rows.find((row) => row.segment === value && row.step_no === step);
  const rows = shown.map((value) => {
    const bought = at(answers.period, value, ORDERS);
    const part = (name: Part) =>
      answers.reconciliation.find((row) => row.segment === value && row.part === name)?.orders ?? 0;
    return {
      name: valueName(locale, by, value),
      only:
        value === TOO_FEW
          ? null
          : addressOf(question, { by: null, where: [...question.where, `${by}=${value ?? ''}`], all: false }),
      leads: people(locale, at(answers.cohort, value, LEADS)),
      visit: rateOf(locale, at(answers.cohort, value, VISITS), ends.visit),
      order: rateOf(locale, at(answers.cohort, value, ORDERS), ends.order),
      orders: people(locale, bought),
      amount: bought?.amount == null ? '—' : money(locale, currency, bought.amount),
      parts: Object.fromEntries(
        (['this_period', 'older', 'later', 'unannounced', 'repeat', 'total'] as const).map((name) => [
          name,
          count(locale, part(name)),
        ]),
      ) as Record<Part, string>,
    };
  });
  return {
    rows,
    visitAxis: axisOf(locale, ends.visit, whole, VISITS),
    orderAxis: axisOf(locale, ends.order, whole, ORDERS),
    orderFrom: whole.find(({ step_no }) => step_no === ORDERS)?.rate_from ?? VISITS,
    count: count(locale, answers.values.length),
    more: shown.length < answers.values.length ? addressOf(question, { all: true }) : null,
  };
}

function rateOf(locale: Locale, row: FunnelRow | undefined, end: number): SegmentRate {
  const known = row?.rate != null;
  const interval =
    row?.rate_low == null || row.rate_high == null ? null : { low: row.rate_low, high: row.rate_high };
  return {
    text: known ? percent(locale, row.rate ?? 0) : null,
    interval: interval && percentRange(locale, interval.low, interval.high),
    hits: count(locale, row?.rate_hits ?? 0),
    base: count(locale, row?.rate_base ?? 0),
    note: known ? null : (row?.rate_note ?? null),
    dot: dotOf(row?.rate ?? null, { interval }, end),
  };
}

function people(locale: Locale, row: FunnelRow | undefined): string {
  return row?.people == null ? '—' : count(locale, row.people);
}

/** The axis ends at the first round mark above the highest rate: one wide interval shall not push all dots together. */
function endOf(rows: readonly FunnelRow[], step: number): number {
  const rates = rows.filter((row) => row.step_no === step).map(({ rate }) => rate);
  return rateTicks((extent(rates)?.high ?? 1) * 1.1).at(-1) ?? 1;
}

function axisOf(locale: Locale, end: number, whole: readonly FunnelRow[], step: number): Axis {
  const marks = rateTicks(end);
  const all = whole.find((row) => row.step_no === step)?.rate ?? null;
  return {
    reference: all === null || all > end ? null : all / end,
    ticks: marks.map((mark, index) => ({
      share: mark / end,
      text: index === 0 ? '0' : percent(locale, mark).replace(/\.0+(?=%)/, ''),
    })),
  };
}
