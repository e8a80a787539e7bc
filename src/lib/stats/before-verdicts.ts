import { calledTogether } from './segment-verdicts.ts';
import { newcombeP } from './significance.ts';

/** Orders of one past at a touchpoint beside those of another, and the columns that are filled. */
export type Before = {
  readonly reached: number;
  readonly bought: number;
  readonly rest_reached: number;
  readonly rest_bought: number;
  readonly p: number | null;
  readonly verdict: string | null;
};

/**
 * Completes the pasts that have enough to compare with the p value of the difference of their attach rates (that of Newcombe's
 * interval) and says which are more_than_noise, over all rows.
 */
export function beforeVerdicts<Row extends Before>(rows: readonly Row[]): Row[] {
  return calledTogether(rows, ({ verdict, reached, bought, rest_reached, rest_bought }) =>
    verdict === 'within_noise'
      ? newcombeP({ hits: bought, base: reached }, { hits: rest_bought, base: rest_reached })
      : null,
  );
}
