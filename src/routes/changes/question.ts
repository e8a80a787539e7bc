import { choice, day, single } from '../address.ts';

/** What a change may have moved. */
export const measures = ['bought', 'active', 'leads', 'signed'] as const;
export type Measure = (typeof measures)[number];

/** What the page of changes was asked: which store, from which day on, by what; store and day null until they are chosen. */
export type ChangeQuestion = {
  readonly store: string | null;
  readonly on: string | null;
  readonly measure: Measure;
};

/** Reads the page's address. Throws Refusal bad_choice or bad_date. */
export function questionIn(address: URLSearchParams): ChangeQuestion {
  return {
    store: single(address, 'store'),
    on: day(address, 'on'),
    measure: choice(address, 'measure', measures) ?? 'bought',
  };
}
