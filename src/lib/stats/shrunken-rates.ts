import gammaln from '@stdlib/math-base-special-gammaln';

/** So many events in so much exposure (time, money …), which is positive. */
export type Exposed = { readonly events: number; readonly exposure: number };

/** A gamma distribution by shape and rate; of infinite shape it is the one number `mean`. */
export type GammaRate = { readonly shape: number; readonly rate: number; readonly mean: number };

/** ln of the prior's shape is sought between these; at the upper end units are taken not to differ. */
const [LOWEST, HIGHEST] = [-4, 9];
const STEP = 0.05;

/**
 * What each unit's rate of events may be, shrunken towards all (Clayton & Kaldor 1987, Biometrics 43:671): events are Poisson, rates of
 * units gamma with the pooled mean, and the shape is where the negative binomial likelihood is highest. A unit's posterior
 * has shape a + events and rate a ÷ mean + exposure. Where there is a single unit, or no event, the prior is Jeffreys', of shape ½ and
 * rate 0.
 */
export function shrunkenRates(units: readonly Exposed[]): GammaRate[] {
  const sum = (of: keyof Exposed) => units.reduce((total, unit) => total + unit[of], 0);
  const mean = sum('events') / sum('exposure');
  if (units.length < 2 || !(mean > 0)) return units.map((unit) => posterior(unit, 0.5, 0));
  let best = { height: -Infinity, shape: 1 };
  for (let log = LOWEST; log <= HIGHEST + STEP / 2; log += STEP) {
    const shape = Math.exp(log);
    const height = units.reduce((total, unit) => total + logLikelihood(unit, shape, shape / mean), 0);
    if (height > best.height) best = { height, shape };
  }
  return units.map((unit) => posterior(unit, best.shape, best.shape / mean));
}

function posterior({ events, exposure }: Exposed, shape: number, rate: number): GammaRate {
  const found = { shape: shape + events, rate: rate + exposure };
  return { ...found, mean: found.shape / found.rate };
}

/** Of the negative binomial, without what does not depend on shape and rate. */
function logLikelihood({ events, exposure }: Exposed, shape: number, rate: number): number {
  return (
    gammaln(shape + events) -
    gammaln(shape) +
    shape * Math.log(rate / (rate + exposure)) -
    events * Math.log(rate + exposure)
  );
}
