import { choice, day, filters, pageAddress } from '../address.ts';

export const views = ['period', 'cohort'] as const;
/** The touchpoints at which people sell beyond the order, in the order of the path. */
export const touchpoints = ['sale', 'shoot', 'viewing', 'pickup'] as const;

/** What the credits of the staff are divided by. */
export const divisions = ['all', 'item', 'store', 'package'] as const;
/** What discounts are divided by. */
export const cuts = ['package', 'store', 'seller'] as const;

export type View = (typeof views)[number];
export type Touchpoint = (typeof touchpoints)[number];
export type Division = (typeof divisions)[number];
export type Cut = (typeof cuts)[number];

/** What the Upsells page was asked: the whole state of the page, as its address says it. */
export type UpsellsQuestion = {
  /** First and last business day, inclusive; null for the last thirteen complete weeks. */
  from: string | null;
  to: string | null;
  view: View;
  /** Filters, entries field=value. */
  where: string[];
  /** Whose sellers are compared. */
  at: Touchpoint;
  /** What the credits of sellers are divided by. */
  per: Division;
  /** What discounts are divided by. */
  cut: Cut;
};

/** Reads the page's address. Empty values count as not given. Throws Refusal bad_date or bad_choice. */
export function questionIn(address: URLSearchParams): UpsellsQuestion {
  return {
    from: day(address, 'from'),
    to: day(address, 'to'),
    view: choice(address, 'view', views) ?? 'period',
    where: filters(address),
    at: choice(address, 'at', touchpoints) ?? 'viewing',
    per: choice(address, 'per', divisions) ?? 'all',
    cut: choice(address, 'cut', cuts) ?? 'package',
  };
}

/** The address of the same page with some of its state changed; what stands at its default is left out. */
export function addressOf(question: UpsellsQuestion, change: Partial<UpsellsQuestion> = {}): string {
  const { from, to, view, where, at, per, cut } = { ...question, ...change };
  return pageAddress('/upsells', [
    ['from', from],
    ['to', to],
    ['view', view === 'period' ? null : view],
    ...where.map((entry) => ['where', entry] as const),
    ['at', at === 'viewing' ? null : at],
    ['per', per === 'all' ? null : per],
    ['cut', cut === 'package' ? null : cut],
  ]);
}
