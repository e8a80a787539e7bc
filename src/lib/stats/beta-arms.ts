import gammaln from '@stdlib/math-base-special-gammaln';
import type { Proportion } from './significance.ts';

/** What is believed of two proportions. */
export type BetaBelief = {
  /** Probability that the second is greater. */
  readonly chance: number;
  /** What taking the second is expected to cost where the first is greater, as a share. */
  readonly lossIfTaken: number;
  /** What leaving the second is expected to cost where it is greater, as a share. */
  readonly lossIfLeft: number;
};

type Beta = { readonly a: number; readonly b: number };

/**
 * Belief in two proportions after Beta priors, exactly: P(q > p) = Σᵢ B(a+i, b+d) / ((d+i) B(1+i, d) B(a, b)) for p ~ Beta(a, b) and
 * q ~ Beta(c, d), i from 0 to c − 1; the expected losses follow from the same with one hit more (Miller 2014, Formulas for Bayesian A/B
 * Testing; Stucchio 2015, Bayesian A/B Testing at VWO). `prior`: hits and misses that are added to both arms, whole numbers ≥ 1; one of
 * each is flat.
 */
export function betaBelief(
  first: Proportion,
  second: Proportion,
  prior: { readonly hits: number; readonly misses: number } = { hits: 1, misses: 1 },
): BetaBelief {
  const [p, q] = [first, second].map(({ hits, base }) => ({
    a: hits + prior.hits,
    b: base - hits + prior.misses,
  }));
  if (p === undefined || q === undefined) throw new Error('There are no arms.');
  const more = (beta: Beta) => ({ ...beta, a: beta.a + 1 });
  const mean = ({ a, b }: Beta) => a / (a + b);
  const chance = beats(p, q);
  const [withP, withQ] = [beats(more(p), q), beats(p, more(q))];
  return {
    chance,
    lossIfTaken: Math.max(0, mean(p) * (1 - withP) - mean(q) * (1 - withQ)),
    lossIfLeft: Math.max(0, mean(q) * withQ - mean(p) * withP),
  };
}

/** Probability that q is greater than p. */
function beats(p: Beta, q: Beta): number {
  let sum = 0;
  for (let i = 0; i < q.a; i += 1)
    sum += Math.exp(lnBeta(p.a + i, p.b + q.b) - Math.log(q.b + i) - lnBeta(1 + i, q.b) - lnBeta(p.a, p.b));
  return Math.min(1, sum);
}

function lnBeta(a: number, b: number): number {
  return gammaln(a) + gammaln(b) - gammaln(a + b);
}
