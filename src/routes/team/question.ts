import { choice, day, pageAddress, single } from '../address.ts';
import { teamFigures } from './figures.ts';
import type { TeamFigure } from './figures.ts';

/** What the page Team was asked: the whole state of the page, as its address says it. */
export type TeamQuestion = {
  /** First and last business day, inclusive; null for the weeks in which people are compared. */
  from: string | null;
  to: string | null;
  /** Only the people of this store. */
  store: string | null;
  figure: TeamFigure;
};

const USUAL: TeamFigure = 'visit_orders';

/** Reads the page's address. Throws Refusal bad_date or bad_choice. */
export function questionIn(address: URLSearchParams): TeamQuestion {
  return {
    from: day(address, 'from'),
    to: day(address, 'to'),
    store: single(address, 'store'),
    figure: choice(address, 'figure', teamFigures) ?? USUAL,
  };
}

/** The address of the same page with some of its state changed; what stands at its default is left out. */
export function addressOf(question: TeamQuestion, change: Partial<TeamQuestion> = {}): string {
  const { from, to, store, figure } = { ...question, ...change };
  return pageAddress('/team', [
    ['from', from],
    ['to', to],
    ['store', store],
    ['figure', figure === USUAL ? null : figure],
  ]);
}
