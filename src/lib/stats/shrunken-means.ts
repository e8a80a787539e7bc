/** Mean and standard deviation of so many values; of fewer than two the deviation is null. */
export type Sampled = { readonly count: number; readonly mean: number; readonly deviation: number | null };

/** What a mean may be: a normal distribution. */
export type NormalMean = { readonly mean: number; readonly deviation: number };

/** Values that are all alike are taken to scatter by this share of their mean. */
const LEAST_DEVIATION = 1e-6;

/**
 * What each unit's mean may be, shrunken towards all: values of a unit are normal about its mean with one variance for all, the means
 * normal about theirs with the variance of DerSimonian & Laird (1986, Controlled Clinical Trials 7:177), as empirical Bayes:
 * Morris 1983, JASA 78:47. A unit without values is expected at the mean of all. Null where nobody has two values.
 */
export function shrunkenMeans(units: readonly Sampled[]): NormalMean[] | null {
  const seen = units.filter(({ count }) => count > 0);
  const freedom = total(seen, ({ count, deviation }) => (deviation === null ? 0 : count - 1));
  if (freedom < 1) return null;
  const values = total(seen, ({ count }) => count);
  const pooled = total(seen, ({ count, mean }) => count * mean) / values;
  const within = total(seen, ({ count, deviation }) => (count - 1) * (deviation ?? 0) ** 2) / freedom;
  const variance = Math.max(within, (LEAST_DEVIATION * pooled) ** 2, Number.EPSILON);
  const heterogeneity = total(seen, ({ count, mean }) => (count * (mean - pooled) ** 2) / variance);
  const scale = (values - total(seen, ({ count }) => count ** 2) / values) / variance;
  const between = seen.length < 2 ? 0 : Math.max(0, (heterogeneity - (seen.length - 1)) / scale);
  const weight = ({ count }: Sampled) => 1 / (between + variance / count);
  const weights = total(seen, weight);
  const common = total(seen, (unit) => weight(unit) * unit.mean) / weights;
  return units.map(({ count, mean }) => {
    const own = count === 0 ? 0 : between / (between + variance / count);
    const unsure = own * (variance / Math.max(count, 1)) + (1 - own) ** 2 / weights;
    const left = count === 0 ? between + 1 / weights : unsure;
    return { mean: own * mean + (1 - own) * common, deviation: Math.sqrt(left) };
  });
}

function total<One>(all: readonly One[], of: (one: One) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}
