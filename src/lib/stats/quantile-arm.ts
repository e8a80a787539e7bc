import { upperQuantile } from './significance.ts';

/**
 * A quantile of an arm's events with its 95 % interval from order statistics. `asked` is the number of events from which the places
 * of `low` and `high` were reckoned; where it is not `n`, the interval is scaled to n.
 */
export type QuantileArm = {
  readonly kind: 'quantile';
  /** Events. */
  readonly n: number;
  readonly asked: number;
  /** Which quantile, 0…1. */
  readonly quantile: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Where events belong to units that were assigned: sums over units of events at or below the estimate, and of events. */
  readonly clusters?: {
    readonly n: number;
    readonly below: number;
    readonly belowSquares: number;
    readonly events: number;
    readonly eventsSquares: number;
    readonly products: number;
  };
};

const Z = upperQuantile(0.025, null);
/** With many equal values both ends may be the estimate: then it is not taken for known exactly. */
const LEAST_VARIANCE = 1e-5;
const MANY = 100;
const ENOUGH = 1000;

/**
 * Variance of one event's share in a quantile: (asked/n)(n − 1)((high − low)/2z)², z = 1.96, times, for clustered events, the ratio
 * of the clustered to the independent variance of the share of events below (Deng, Knoblich & Lu 2018, KDD, 233, §4). `varies` is
 * false for so few events that an end of the interval lies beyond the sample.
 */
export function quantileVariance(arm: QuantileArm): { variance: number; varies: boolean } {
  const { n, quantile } = arm;
  const found = n <= 1 ? 0 : independentVariance(arm) * clusterFactor(arm);
  const odds = quantile / (1 - quantile);
  const reaches = n > Z ** 2 * Math.max(odds, 1 / odds);
  return {
    variance: n < MANY ? found : Math.max(found, LEAST_VARIANCE),
    varies: reaches && (found > 0 || n >= ENOUGH),
  };
}

function independentVariance({ n, asked, low, high }: QuantileArm): number {
  return (asked / n) * (n - 1) * ((high - low) / (2 * Z)) ** 2;
}

function clusterFactor({ n, quantile, clusters }: QuantileArm): number {
  if (clusters === undefined) return 1;
  if (quantile === 0 || clusters.n <= 1 || clusters.events <= 0) return 0;
  const { n: units, below, events } = clusters;
  const [meanBelow, meanEvents] = [below / units, events / units];
  const spread = (products: number, a: number, b: number) =>
    ((products / units - a * b) * units) / (units - 1);
  const share = meanBelow / meanEvents;
  const clustered =
    (spread(clusters.belowSquares, meanBelow, meanBelow) -
      2 * share * spread(clusters.products, meanBelow, meanEvents) +
      share ** 2 * spread(clusters.eventsSquares, meanEvents, meanEvents)) /
    (units * meanEvents ** 2);
  return (clustered * n) / (quantile * (1 - quantile));
}
