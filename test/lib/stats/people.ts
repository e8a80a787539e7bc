import { expect } from 'vitest';

/** What a comparison of people has still to fill, of a row that was asked and whose units all found others beside them. */
export const unfilled = {
  asked: true,
  fallback_base: 0,
  shrunken: null,
  difference: null,
  difference_low: null,
  difference_high: null,
  verdict: null,
  rank: null,
  rank_low: null,
  rank_high: null,
  alike: null,
  ranked: 0,
};

type Placed = Readonly<
  Record<'rank' | 'rank_low' | 'rank_high' | 'alike', number | null> & { verdict: string | null }
>;

/** Of four people the first stands above and the last below everybody, and the two between cannot be told apart. */
export function expectTwoAlike(rows: readonly Placed[]): void {
  expect(rows.map(({ rank, rank_low, rank_high, alike }) => [rank, rank_low, rank_high, alike])).toEqual([
    [1, 1, 1, 0],
    [null, 2, 3, 1],
    [null, 2, 3, 1],
    [4, 4, 4, 0],
  ]);
  expect(rows.map(({ verdict }) => verdict)).toEqual(['above', 'as_expected', 'as_expected', 'below']);
}
