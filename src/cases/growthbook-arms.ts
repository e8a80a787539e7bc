import { z } from 'zod';
import { adjustedArm, meanArm, proportionArm, ratioArm } from '#lib/stats/arms.ts';
import type { Arm } from '#lib/stats/arms.ts';
import type { QuantileArm } from '#lib/stats/quantile-arm.ts';

const mean = z.object({
  _type: z.literal('SampleMeanStatistic'),
  n: z.number(),
  sum: z.number(),
  sum_squares: z.number(),
});
const proportion = z.object({ _type: z.literal('ProportionStatistic'), n: z.number(), sum: z.number() });
const plain = z.discriminatedUnion('_type', [mean, proportion]);
const theta = z.number().nullish();
const quantile = z.object({
  n: z.number(),
  n_star: z.number(),
  nu: z.number(),
  quantile_hat: z.number(),
  quantile_lower: z.number(),
  quantile_upper: z.number(),
});

/** An arm's summary as the peer writes it. */
export const summary = z.discriminatedUnion('_type', [
  mean,
  proportion,
  z.object({
    _type: z.literal('RatioStatistic'),
    n: z.number(),
    m_statistic: plain,
    d_statistic: plain,
    m_d_sum_of_products: z.number(),
  }),
  z.object({
    _type: z.literal('RegressionAdjustedStatistic'),
    n: z.number(),
    post_statistic: plain,
    pre_statistic: plain,
    post_pre_sum_of_products: z.number(),
    theta,
  }),
  z.object({
    _type: z.literal('RegressionAdjustedRatioStatistic'),
    n: z.number(),
    m_statistic_post: plain,
    d_statistic_post: plain,
    m_statistic_pre: plain,
    d_statistic_pre: plain,
    m_post_m_pre_sum_of_products: z.number(),
    d_post_d_pre_sum_of_products: z.number(),
    m_pre_d_pre_sum_of_products: z.number(),
    m_post_d_post_sum_of_products: z.number(),
    m_post_d_pre_sum_of_products: z.number(),
    m_pre_d_post_sum_of_products: z.number(),
    theta,
  }),
  quantile.extend({ _type: z.literal('QuantileStatistic') }),
  quantile.extend({
    _type: z.literal('QuantileClusteredStatistic'),
    main_sum: z.number(),
    main_sum_squares: z.number(),
    denominator_sum: z.number(),
    denominator_sum_squares: z.number(),
    main_denominator_sum_product: z.number(),
    n_clusters: z.number(),
  }),
]);

/** The arm that a published summary describes. */
export function armOf(given: z.infer<typeof summary>): Arm | QuantileArm {
  switch (given._type) {
    case 'SampleMeanStatistic':
    case 'ProportionStatistic':
      return plainArm(given);
    case 'RatioStatistic': {
      const [above, below] = [plainArm(given.m_statistic), plainArm(given.d_statistic)];
      const arm = ratioArm(given.n, {
        above: totals(above),
        below: totals(below),
        products: given.m_d_sum_of_products,
      });
      return { ...arm, binary: [...above.binary, ...below.binary] };
    }
    case 'RegressionAdjustedStatistic':
      return adjustedArm(
        plainArm(given.post_statistic),
        plainArm(given.pre_statistic),
        given.post_pre_sum_of_products,
      );
    case 'RegressionAdjustedRatioStatistic':
      return adjustedRatio(given);
    default:
      return quantileArm(given);
  }
}

function plainArm(given: z.infer<typeof plain>): Arm {
  return given._type === 'SampleMeanStatistic'
    ? meanArm({ n: given.n, sum: given.sum, squares: given.sum_squares })
    : proportionArm({ hits: given.sum, base: given.n });
}

const totals = ({ sums: [sum = 0], products: [[squares = 0] = []] }: Arm) => ({ sum, squares });

type Of<T extends z.infer<typeof summary>['_type']> = Extract<z.infer<typeof summary>, { _type: T }>;

function adjustedRatio(given: Of<'RegressionAdjustedRatioStatistic'>): Arm {
  const parts = [
    given.m_statistic_post,
    given.d_statistic_post,
    given.m_statistic_pre,
    given.d_statistic_pre,
  ].map(plainArm);
  const [mm = 0, dd = 0, pp = 0, qq = 0] = parts.map((part) => totals(part).squares);
  const md = given.m_post_d_post_sum_of_products;
  const mp = given.m_post_m_pre_sum_of_products;
  const mq = given.m_post_d_pre_sum_of_products;
  const dp = given.m_pre_d_post_sum_of_products;
  const dq = given.d_post_d_pre_sum_of_products;
  const pq = given.m_pre_d_pre_sum_of_products;
  return {
    kind: 'ratio',
    adjusted: true,
    n: given.n,
    sums: parts.map((part) => totals(part).sum),
    products: [
      [mm, md, mp, mq],
      [md, dd, dp, dq],
      [mp, dp, pp, pq],
      [mq, dq, pq, qq],
    ],
    binary: parts.flatMap((part) => part.binary),
  };
}

function quantileArm(given: Of<'QuantileStatistic' | 'QuantileClusteredStatistic'>): QuantileArm {
  const arm = {
    kind: 'quantile',
    n: given.n,
    asked: given.n_star,
    quantile: given.nu,
    estimate: given.quantile_hat,
    low: given.quantile_lower,
    high: given.quantile_upper,
  } as const;
  if (given._type === 'QuantileStatistic') return arm;
  return {
    ...arm,
    clusters: {
      n: given.n_clusters,
      below: given.main_sum,
      belowSquares: given.main_sum_squares,
      events: given.denominator_sum,
      eventsSquares: given.denominator_sum_squares,
      products: given.main_denominator_sum_product,
    },
  };
}
