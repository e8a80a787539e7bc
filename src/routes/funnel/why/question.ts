import { choice, day, filters, pageAddress, single } from '../../address.ts';

export const figures = ['rate', 'people', 'money'] as const;
/** The step that enters and the one that is reached, by their numbers. */
export const ways = ['2-3', '2-4', '3-4', '4-5', '4-6'] as const;
export type Figure = (typeof figures)[number];
export type Way = (typeof ways)[number];

/** What the page was asked: its whole state, as its address says it. */
export type WhyQuestion = {
  figure: Figure;
  way: Way;
  /** First and last business day, inclusive; null for 13 weeks of which everybody is 30 days old. */
  from: string | null;
  to: string | null;
  /** What that is held against; null for the period of the same length right before. */
  compareFrom: string | null;
  compareTo: string | null;
  /** The field whose values are the segments. */
  by: string;
  /** Filters, entries field=value. */
  where: string[];
  /** Shows every segment, not only the largest ones. */
  all: boolean;
};

/** Reads the page's address. Empty values count as not given. Throws Refusal bad_date or bad_choice. */
export function questionIn(address: URLSearchParams): WhyQuestion {
  return {
    figure: choice(address, 'figure', figures) ?? 'rate',
    way: choice(address, 'way', ways) ?? '2-4',
    from: day(address, 'from'),
    to: day(address, 'to'),
    compareFrom: day(address, 'compare_from'),
    compareTo: day(address, 'compare_to'),
    by: single(address, 'by') ?? 'channel',
    where: filters(address),
    all: choice(address, 'all', ['1']) === '1',
  };
}

/** The address of the page with some of its state changed; what stands at its default is left out. */
export function addressOf(question: WhyQuestion, change: Partial<WhyQuestion> = {}): string {
  const { figure, way, from, to, compareFrom, compareTo, by, where, all } = { ...question, ...change };
  return pageAddress('/funnel/why', [
    ['figure', figure === 'rate' ? null : figure],
    ['way', way === '2-4' ? null : way],
    ['from', from],
    ['to', to],
    ['compare_from', compareFrom],
    ['compare_to', compareTo],
    ['by', by === 'channel' ? null : by],
    ...where.map((entry) => ['where', entry] as const),
    ['all', all ? '1' : null],
  ]);
}
