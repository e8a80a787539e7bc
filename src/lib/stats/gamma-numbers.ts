/** Numbers by chance from a seed: the same seed always gives the same ones. */
export type Chance = { readonly uniform: () => number; readonly normal: () => number };

/** Numbers from `seed` (mulberry32), normal ones by Box & Muller 1958, Annals of Mathematical Statistics 29:610. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/**
 * A gamma number of this shape > 0 and rate 1 (Marsaglia & Tsang 2000, ACM Transactions on Mathematical Software 26:363; a shape
 * below 1 by theirs of one more).
 */
export function gammaNumber(shape: number, chance: Chance): number {
  if (shape < 1) return gammaNumber(shape + 1, chance) * chance.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = chance.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(chance.uniform()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
