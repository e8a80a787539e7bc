import { choice, day, filters, pageAddress, single } from '../address.ts';

/** What the page offers to begin and to come back with; the address takes any other kind of event too. */
export const starts = ['order', 'visit', 'lead'] as const;
export const returns = ['order', 'upsell', 'visit', 'referral', 'any'] as const;
export const periods = ['week', 'month', 'quarter', 'year'] as const;
export const modes = ['on', 'on_or_after', 'on_or_before', 'streak'] as const;
export const measures = ['share', 'people', 'acts', 'amount'] as const;

export type Period = (typeof periods)[number];
export type Mode = (typeof modes)[number];
export type Measure = (typeof measures)[number];

/** What the page Clients was asked: the whole state of the page, as its address says it. */
export type ClientsQuestion = {
  cohort: string;
  return: string;
  period: Period;
  mode: Mode;
  measure: Measure;
  /** Field by whose values the means are divided, or none. */
  by: string | null;
  /** Filters, entries field=value. */
  where: string[];
  /** First and last day of entry; null for the latest periods. */
  from: string | null;
  to: string | null;
};

const usual = { cohort: 'order', return: 'order', period: 'month', mode: 'on', measure: 'share' } as const;

/** Reads the page's address. Empty values count as not given. Throws Refusal bad_date or bad_choice. */
export function questionIn(address: URLSearchParams): ClientsQuestion {
  return {
    cohort: single(address, 'cohort') ?? usual.cohort,
    return: single(address, 'return') ?? usual.return,
    period: choice(address, 'period', periods) ?? usual.period,
    mode: choice(address, 'mode', modes) ?? usual.mode,
    measure: choice(address, 'measure', measures) ?? usual.measure,
    by: single(address, 'by'),
    where: filters(address),
    from: day(address, 'from'),
    to: day(address, 'to'),
  };
}

/** What of a question is not as usual, as entries of an address; filters apart. */
export function stateOf({ where: _, ...question }: ClientsQuestion): (readonly [string, string | null])[] {
  return Object.entries(question).map(([name, value]) => [
    name,
    value === (usual as Readonly<Record<string, string>>)[name] ? null : value,
  ]);
}

/** The address of the same page with some of its state changed; what stands at its default is left out. */
export function addressOf(question: ClientsQuestion, change: Partial<ClientsQuestion> = {}): string {
  const asked = { ...question, ...change };
  return pageAddress('/clients', [
    ...stateOf(asked),
    ...asked.where.map((entry) => ['where', entry] as const),
  ]);
}
