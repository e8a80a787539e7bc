import { choice, day, filters, pageAddress } from '../../address.ts';
import { grains, waitSteps } from '../question.ts';
import type { Grain, WaitStep } from '../question.ts';

/** How far the end may lie from the beginning, in days. */
export const horizons = ['90', '180', '365'] as const;
export type Horizon = (typeof horizons)[number];

/** What the page of past forecasts was asked: the whole state of the page, as its address says it. */
export type BacktestQuestion = {
  /** First and last day of the cohorts; null for all there are. */
  from: string | null;
  to: string | null;
  step: WaitStep;
  grain: Grain;
  horizon: Horizon;
  /** Filters, entries field=value. */
  where: string[];
};

/** Reads the page's address. Throws Refusal bad_date or bad_choice. */
export function questionIn(address: URLSearchParams): BacktestQuestion {
  return {
    from: day(address, 'from'),
    to: day(address, 'to'),
    step: choice(address, 'step', waitSteps) ?? 'bought',
    grain: choice(address, 'grain', grains) ?? 'week',
    horizon: choice(address, 'horizon', horizons) ?? '365',
    where: filters(address),
  };
}

/** The address of the same page with some of its state changed; what stands at its default is left out. */
export function addressOf(question: BacktestQuestion, change: Partial<BacktestQuestion> = {}): string {
  const { from, to, step, grain, horizon, where } = { ...question, ...change };
  return pageAddress('/funnel/backtest', [
    ['from', from],
    ['to', to],
    ['step', step === 'bought' ? null : step],
    ['grain', grain === 'week' ? null : grain],
    ['horizon', horizon === '365' ? null : horizon],
    ...where.map((entry) => ['where', entry] as const),
  ]);
}
