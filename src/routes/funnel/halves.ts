import { barOf } from '#lib/charts/bar.ts';
import type { BarMark } from '#lib/charts/bar.ts';
import { dotOf } from '#lib/charts/dot.ts';
import type { DotMark } from '#lib/charts/dot.ts';
import type { FunnelRow } from '#lib/server/reports.gen.ts';
import type { Locale } from '#lib/words/locale.ts';
import { stepsView } from '../week/steps.ts';
import type { StepView } from '../week/steps.ts';
import type { FunnelAnswers } from './answers.server.ts';

/** One step in one way of counting, with its rate drawn on a scale from 0 to 100 %. */
export type HalfStep = StepView & {
  /** What happened: a dot before the usual range. */
  dot: DotMark | null;
  /** These leads so far: a true share, hatched while it is unfinished. */
  bar: BarMark | null;
  unfinished: boolean;
};

export type Halves = { period: HalfStep[]; cohort: HalfStep[]; unfinished: boolean };

/** The rates up to I2 are sums of daily figures in both ways of counting: they have no interval, only a usual range. */
const AWARE_OR_LEADS = 2;

/** Both ways of counting, step by step. `where` are the filters of the page. */
export function halvesView(locale: Locale, answers: FunnelAnswers, where: readonly string[]): Halves {
  const { days, period, cohort, change, cohorts } = answers;
  const newest = cohorts.at(-1)?.starts_on;
  const unfinished = (no: number) =>
    cohorts.some((row) => row.starts_on === newest && row.step_no === no && row.immature);
  const usual = (no: number) => {
    const row = change.find(({ step_no, figure }) => step_no === no && figure === 'rate');
    return rangeOf(row?.usual_low, row?.usual_high);
  };
  const happened = stepsView(locale, period, change, { ...days, where, view: 'period' }).steps;
  const usualOf = (no: number) => happened.find((step) => step.no === no)?.rate?.usual ?? null;
  const view = {
    period: happened.map((step) => ({
      ...step,
      dot: dotOf(rowOf(period, step.no)?.rate ?? null, { usual: usual(step.no) }, 1),
      bar: null,
      unfinished: false,
    })),
    cohort: stepsView(locale, cohort, [], { ...days, where, view: 'cohort' }).steps.map((step) => {
      const row = rowOf(cohort, step.no);
      const young = row?.rate != null && unfinished(step.no);
      return {
        ...step,
        ...(step.no <= AWARE_OR_LEADS
          ? {
              rate: step.rate && { ...step.rate, usual: usualOf(step.no) },
              dot: dotOf(row?.rate ?? null, { usual: usual(step.no) }, 1),
              bar: null,
            }
          : { dot: null, bar: barOf(row?.rate ?? null, rangeOf(row?.rate_low, row?.rate_high), 1, young) }),
        unfinished: young,
      };
    }),
  };
  return { ...view, unfinished: view.cohort.some((step) => step.unfinished) };
}

function rowOf(rows: readonly FunnelRow[], no: number): FunnelRow | undefined {
  return rows.find(({ step_no }) => step_no === no);
}

function rangeOf(low: number | null | undefined, high: number | null | undefined) {
  return low == null || high == null ? null : { low, high };
}
