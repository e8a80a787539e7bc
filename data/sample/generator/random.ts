/** A stream of random numbers; every draw moves it on. */
export type Random = {
  /** Uniform on [0, 1), 32 bits. */
  readonly next: () => number;
};

/** FNV-1a hash of a text, 32 bits (Fowler, Noll and Vo). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return value >>> 0;
}

/**
 * The stream of one purpose under one seed, so that one part of the studio can change without redrawing another.
 * sfc32, the 32-bit "small fast counting" generator of Chris Doty-Humphrey's PractRand, as described there.
 */
export function stream(seed: number, purpose: string): Random {
  let a = seed >>> 0;
  let b = hash(purpose);
  let c = hash(`${purpose}/${seed}`);
  let counter = 1;
  const next = () => {
    const sum = (((a + b) >>> 0) + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 16; warmUp += 1) next();
  return { next };
}

/** True with the given probability. */
export const happens = (random: Random, probability: number): boolean => random.next() < probability;

/** A whole number from low to high, both included. */
export const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random.next() * (high - low + 1));

/** A standard normal number (Box and Muller 1958, the cosine half). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** A log-normal number with this median and this spread of its logarithm. */
export const logNormal = (random: Random, median: number, sigma: number): number =>
  median * Math.exp(sigma * normal(random));

/** A log-normal number drawn again until it is below the limit. */
export function logNormalBelow(random: Random, median: number, sigma: number, limit: number): number {
  for (;;) {
    const value = logNormal(random, median, sigma);
    if (value < limit) return value;
  }
}

/** A Poisson count, as the number of unit exponential steps that fit into the mean. */
export function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let reached = 0; reached <= mean; count += 1) reached -= Math.log(1 - random.next());
  return count;
}

/** The position drawn by weights that need not sum to one; the last position of a positive weight ends ties. */
export function draw(random: Random, weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = random.next() * total;
  let position = 0;
  for (const weight of weights) {
    left -= weight;
    if (left < 0) return position;
    position += 1;
  }
  return weights.findLastIndex((weight) => weight > 0);
}

/** One of the values, each as likely as the others. */
export function oneOf<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random.next() * values.length)];
  if (value === undefined) throw new RangeError('nothing to choose from');
  return value;
}

/** One of the named values by its weight. */
export function weighted<K extends string>(random: Random, weights: Readonly<Record<K, number>>): K {
  const names = Object.keys(weights) as K[];
  const name = names[draw(random, Object.values<number>(weights))];
  if (name === undefined) throw new RangeError('nothing to choose from');
  return name;
}
