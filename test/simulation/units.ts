import { adjustedArm, meanArm, proportionArm, ratioArm } from '#lib/stats/arms.ts';
import type { Arm } from '#lib/stats/arms.ts';
import { logNormal, normal } from '../../data/sample/generator/random.ts';
import type { Random } from '../../data/sample/generator/random.ts';

/** What a unit of an arm brings: its outcome, how many it counts of, and its outcome of the time before. */
type Unit = { readonly main: number; readonly base: number; readonly before: number };

/** A kind of metric: how a unit is drawn, and what arm its sums make. */
export type Metric = {
  readonly name: string;
  readonly drawn: (random: Random) => Unit;
  readonly armOf: (sums: Sums) => Arm;
};

/** Sums over the units of an arm that are needed by any metric. */
export type Sums = {
  n: number;
  main: number;
  base: number;
  before: number;
  mains: number;
  bases: number;
  befores: number;
  mainBase: number;
  mainBefore: number;
};

export const noSums = (): Sums => ({
  n: 0,
  main: 0,
  base: 0,
  before: 0,
  mains: 0,
  bases: 0,
  befores: 0,
  mainBase: 0,
  mainBefore: 0,
});

/** Adds a unit to the sums of its arm. */
export function add(sums: Sums, { main, base, before }: Unit): void {
  sums.n += 1;
  sums.main += main;
  sums.base += base;
  sums.before += before;
  sums.mains += main * main;
  sums.bases += base * base;
  sums.befores += before * before;
  sums.mainBase += main * base;
  sums.mainBefore += main * before;
}

const RATE = 0.25;
/** How much a unit's outcome has in common with its time before. */
const HABIT = 0.7;

const meanOf = ({ n, main, mains }: Sums) => meanArm({ n, sum: main, squares: mains });

/** A share, skewed money with many zeros, a ratio of clusters of different sizes, and a mean with a time before. */
export const metrics: readonly Metric[] = [
  {
    name: 'a share',
    drawn: (random) => ({ main: random.next() < RATE ? 1 : 0, base: 1, before: 0 }),
    armOf: ({ n, main }) => proportionArm({ hits: main, base: n }),
  },
  {
    name: 'money',
    drawn: (random) => ({
      main: random.next() < RATE ? logNormal(random, 5000, 0.6) : 0,
      base: 1,
      before: 0,
    }),
    armOf: meanOf,
  },
  {
    name: 'a ratio',
    drawn: (random) => {
      const base = 1 + Math.floor(random.next() * 8);
      const rate = Math.min(Math.max(RATE + 0.1 * normal(random), 0), 1);
      let main = 0;
      for (let one = 0; one < base; one += 1) main += random.next() < rate ? 1 : 0;
      return { main, base, before: 0 };
    },
    armOf: ({ n, main, base, mains, bases, mainBase }) =>
      ratioArm(n, {
        above: { sum: main, squares: mains },
        below: { sum: base, squares: bases },
        products: mainBase,
      }),
  },
  {
    name: 'a mean with a time before',
    drawn: (random) => {
      const before = normal(random);
      return { main: 10 + HABIT * before + Math.sqrt(1 - HABIT ** 2) * normal(random), base: 1, before };
    },
    armOf: (sums) =>
      adjustedArm(
        meanOf(sums),
        meanArm({ n: sums.n, sum: sums.before, squares: sums.befores }),
        sums.mainBefore,
      ),
  },
];
