import { choice, day, filters, pageAddress, single } from '../address.ts';

/** The steps whose time can be asked. */
export const waitSteps = ['active', 'bought', 'bought_again', 'brought_friend'] as const;
export const grains = ['week', 'month'] as const;

export type WaitStep = (typeof waitSteps)[number];
export type Grain = (typeof grains)[number];

/** What the Funnel page was asked: the whole state of the page, as its address says it. */
export type FunnelQuestion = {
  /** First and last business day, inclusive; null for the last four complete weeks. */
  from: string | null;
  to: string | null;
  /** The field whose values split the figures. */
  by: string | null;
  /** Filters, entries field=value. */
  where: string[];
  /** The step whose time from the first contact is shown. */
  step: WaitStep;
  /** Length of one point of the trend. */
  grain: Grain;
  /** Shows every value of a segment, not only the first ones. */
  all: boolean;
};

/** Reads the page's address. Empty values count as not given. Throws Refusal bad_date or bad_choice. */
export function questionIn(address: URLSearchParams): FunnelQuestion {
  return {
    from: day(address, 'from'),
    to: day(address, 'to'),
    by: single(address, 'by'),
    where: filters(address),
    step: choice(address, 'step', waitSteps) ?? 'active',
    grain: choice(address, 'grain', grains) ?? 'week',
    all: choice(address, 'all', ['1']) === '1',
  };
}

/** The address of the same page with some of its state changed; what stands at its default is left out. */
export function addressOf(question: FunnelQuestion, change: Partial<FunnelQuestion> = {}): string {
  const { from, to, by, where, step, grain, all } = { ...question, ...change };
  return pageAddress('/funnel', [
    ['from', from],
    ['to', to],
    ['by', by],
    ...where.map((entry) => ['where', entry] as const),
    ['step', step === 'active' ? null : step],
    ['grain', grain === 'week' ? null : grain],
    ['all', all ? '1' : null],
  ]);
}
