/**
 * p values for a family of tests after Holm (1979, Scandinavian Journal of Statistics 6:65): the k-th smallest of m times m − k + 1,
 * never below one before it, at most 1. Called at level a, the chance of any false alarm stays at most a. Same order as given.
 */
export function holm(ps: readonly number[]): number[] {
  const order = [...ps.keys()].sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1));
  const adjusted = ps.map(() => 1);
  order.reduce((least, place, at) => {
    const own = Math.min(1, Math.max(least, (ps[place] ?? 1) * (ps.length - at)));
    adjusted[place] = own;
    return own;
  }, 0);
  return adjusted;
}

/**
 * p values for a family of tests after Benjamini & Hochberg (1995, Journal of the Royal Statistical Society B 57:289): the k-th
 * smallest of m times m/k, never above one after it. Called at level q, at most that share of what is called is false; the same are
 * called as by `discoveries`. Same order as given.
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const order = [...ps.keys()].sort((a, b) => (ps[b] ?? 1) - (ps[a] ?? 1));
  const adjusted = ps.map(() => 1);
  order.reduce((most, place, at) => {
    const own = Math.min(most, ((ps[place] ?? 1) * ps.length) / (ps.length - at));
    adjusted[place] = own;
    return own;
  }, 1);
  return adjusted;
}
