import type { BgNbd, Histories } from '#lib/stats/bg-nbd.ts';
import type { GammaGamma, Spendings } from '#lib/stats/gamma-gamma.ts';

/** Numbers in 0…1, the same for the same seed. */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A draw from Gamma(shape, rate 1). Marsaglia & Tsang 2000, ACM Transactions on Mathematical Software 26:363. */
export function gamma(chance: () => number, shape: number): number {
  if (shape < 1) return gamma(chance, shape + 1) * (1 - chance()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - chance()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Clients who buy as the model says, each known for between half of `longest` and all of it. */
export function shoppers(
  seed: number,
  people: number,
  { r, alpha, a, b }: BgNbd,
  longest: number,
): Histories {
  const chance = chances(seed);
  const [x, recency, age] = [new Float64Array(people), new Float64Array(people), new Float64Array(people)];
  for (let at = 0; at < people; at += 1) {
    const rate = gamma(chance, r) / alpha;
    const [lost, kept] = [gamma(chance, a), gamma(chance, b)];
    const until = longest * (1 - chance() / 2);
    age[at] = until;
    for (let now = 0, alive = true; alive; alive = chance() >= lost / (lost + kept)) {
      now -= Math.log(1 - chance()) / rate;
      if (!(now < until)) break;
      x[at] = (x[at] ?? 0) + 1;
      recency[at] = now;
    }
  }
  return { x, recency, age, people: new Float64Array(people).fill(1) };
}

/** Mean values of one to six transactions of clients who spend as the model says. */
export function spenders(seed: number, people: number, { p, q, v }: GammaGamma): Spendings {
  const chance = chances(seed);
  const x = Float64Array.from({ length: people }, () => 1 + Math.floor(6 * chance())).sort();
  return { x, mean: x.map((n) => gamma(chance, p * n) / n / (gamma(chance, q) / v)) };
}
