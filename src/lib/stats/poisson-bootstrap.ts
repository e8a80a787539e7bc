/** People who are alike: how many, and what each adds to the numerator and to the denominator. */
export type Alike = { readonly people: number; readonly above: number; readonly below: number };

const TIMES = 2000;
const SEED = 20_261_025;
/** From here on a Poisson number is drawn as a rounded normal one. */
const MANY = 30;

/**
 * The 95 % percentile interval of Σ above ÷ Σ below over people drawn anew with replacement (Efron & Tibshirani 1993, An
 * Introduction to the Bootstrap, ch. 13); how often each is drawn is Poisson(1), so that people who are alike are drawn
 * together (Hanley & MacGibbon 2006, Computer Methods and Programs in Biomedicine 83:57). The same seed always gives the
 * same interval. Null for fewer than two people, or where the denominator may vanish.
 */
export function ratioInterval(groups: readonly Alike[], seed = SEED): { low: number; high: number } | null {
  if (groups.reduce((sum, { people }) => sum + people, 0) < 2) return null;
  const next = numbersFrom(seed);
  const ratios = Array.from({ length: TIMES }, () => drawn(groups, next)).filter(
    (ratio): ratio is number => ratio !== null,
  );
  if (ratios.length < TIMES * 0.975) return null;
  const inOrder = ratios.sort((a, b) => a - b);
  const at = (share: number) => inOrder[Math.round(share * (inOrder.length - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

function drawn(groups: readonly Alike[], next: () => number): number | null {
  let [above, below] = [0, 0];
  for (const group of groups) {
    const times = poisson(group.people, next);
    above += times * group.above;
    below += times * group.below;
  }
  return below > 0 ? above / below : null;
}

/** A Poisson number (Knuth 1969, The Art of Computer Programming 2, 3.4.1); of a large mean its normal limit. */
function poisson(mean: number, next: () => number): number {
  if (mean >= MANY)
    return Math.max(
      0,
      Math.round(mean + Math.sqrt(-2 * mean * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
    );
  const least = Math.exp(-mean);
  let times = 0;
  for (let product = next(); product > least; product *= next()) times += 1;
  return times;
}

/** Numbers in 0…1 from a seed (Marsaglia 2003, Xorshift RNGs, Journal of Statistical Software 8:14). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
}
