import { Refusal } from '#lib/errors/refusal.ts';
import { choice, day, filters, pageAddress, single } from '../address.ts';

/** What the page offers to begin and to come back with; the address takes any other kind of event too. */
export const starts = ['order', 'visit', 'lead'] as const;
export const returns = ['order', 'upsell', 'visit', 'referral', 'any'] as const;
export const periods = ['week', 'month', 'quarter', 'year'] as const;
export const modes = ['on', 'on_or_after', 'on_or_before', 'streak'] as const;
export const measures = ['share', 'people', 'acts', 'amount'] as const;

export const entries = ['first_time', 'recurring'] as const;
export const intervals = ['calendar', 'rolling'] as const;

export type Period = (typeof periods)[number];
export type Mode = (typeof modes)[number];
export type Measure = (typeof measures)[number];

/** What the page Clients was asked: the whole state of the page, as its address says it. */
export type ClientsQuestion = {
  cohort: string;
  return: string;
  period: Period;
  mode: Mode;
  /** Whether only the first such event ever begins, or those of every period. */
  entry: (typeof entries)[number];
  /** Periods of the calendar, or as long since everybody's own start. */
  intervals: (typeof intervals)[number];
  /** Days since the start, from each to before the next, instead of periods: 0,30,90,365. */
  days: string | null;
  measure: Measure;
  /** Field by whose values the means are divided, or none. */
  by: string | null;
  /** Filters, entries field=value. */
  where: string[];
  /** First and last day of entry; null for the latest periods. */
  from: string | null;
  to: string | null;
};

/** More brackets than a page can show side by side. */
const MOST_DAYS = 25;

const usual = {
  cohort: 'order',
  return: 'order',
  period: 'month',
  mode: 'on',
  measure: 'share',
  entry: 'first_time',
  intervals: 'calendar',
} as const;

/** Reads the page's address. Empty values count as not given. Throws Refusal bad_date or bad_choice. */
export function questionIn(address: URLSearchParams): ClientsQuestion {
  return {
    cohort: single(address, 'cohort') ?? usual.cohort,
    return: single(address, 'return') ?? usual.return,
    period: choice(address, 'period', periods) ?? usual.period,
    mode: choice(address, 'mode', modes) ?? usual.mode,
    measure: choice(address, 'measure', measures) ?? usual.measure,
    entry: choice(address, 'entry', entries) ?? usual.entry,
    intervals: choice(address, 'intervals', intervals) ?? usual.intervals,
    days: daysIn(address),
    by: single(address, 'by'),
    where: filters(address),
    from: day(address, 'from'),
    to: day(address, 'to'),
  };
}

/** The days of brackets, rising, as somebody writes them: set apart by commas or blanks. Throws Refusal bad_choice. */
function daysIn(address: URLSearchParams): string | null {
  const given = single(address, 'days');
  if (given === null) return null;
  const days = given.split(/[\s,，、;]+/).filter((part) => part !== '');
  const sorted = [...new Set(days.map(Number))].sort((one, other) => one - other);
  if (days.some((part) => !/^\d{1,4}$/.test(part)) || sorted.length < 2 || sorted.length > MOST_DAYS)
    throw new Refusal('bad_choice', { name: 'days', value: given, choices: '0, 30, 90, 365' });
  return sorted.join(',');
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
