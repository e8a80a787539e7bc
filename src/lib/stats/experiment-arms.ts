import { together } from './arms.ts';
import type { Arm } from './arms.ts';
import type { Columns } from './columns.ts';

/** An arm by one metric, and how many units it counts. */
export type MetricArm = { readonly units: number; readonly arm: Arm | null };

/**
 * The arms that experiment_sums tells, by metric and variant (`metric_no/variant_no`). A metric whose base is 1 for every unit is a
 * mean, or a share where what is counted is 0 or 1 itself; else a ratio of sums. Without sums (too few units) there is no arm.
 */
export function experimentArms(sums: Columns): Map<string, MetricArm> {
  const found = new Map<string, MetricArm>();
  for (const [at, metric] of (sums['metric_no'] ?? []).entries()) {
    const of = (name: string) => sums[name]?.[at] ?? NaN;
    const key = `${metric}/${of('variant_no')}`;
    const known = found.get(key);
    const arm = Number.isNaN(of('main')) ? null : armOf(of);
    const both = known?.arm && arm ? together(known.arm, arm) : (arm ?? known?.arm ?? null);
    found.set(key, { units: of('units') + (known?.units ?? 0), arm: both });
  }
  return found;
}

function armOf(of: (name: string) => number): Arm {
  const n = of('units');
  const isMean = of('base') === n && of('base_base') === n;
  const variables = isMean ? (['main'] as const) : (['main', 'base'] as const);
  const isKnownBefore = of('before_before') > 0;
  const before = isMean ? (['main_before'] as const) : (['main_before', 'base_before'] as const);
  const all: Variable[] = isKnownBefore ? [...variables, ...before] : [...variables];
  return {
    kind: isMean ? 'mean' : 'ratio',
    adjusted: isKnownBefore,
    n,
    sums: all.map(of),
    products: all.map((one) => all.map((other) => of(productOf(one, other)))),
    binary: all.map((one) => isMean && of(one) === of(productOf(one, one))),
  };
}

type Variable = 'main' | 'base' | 'main_before' | 'base_before';

/** The column of experiment_sums that holds the sum of products of two variables. */
const PRODUCTS: Readonly<Record<string, string>> = {
  'main main': 'main_main',
  'main base': 'main_base',
  'main main_before': 'main_main_before',
  'main base_before': 'main_base_before',
  'base base': 'base_base',
  'base main_before': 'base_main_before',
  'base base_before': 'base_base_before',
  'main_before main_before': 'before_before',
  'main_before base_before': 'befores',
  'base_before base_before': 'base_before_squares',
};

const productOf = (one: Variable, other: Variable) =>
  PRODUCTS[`${one} ${other}`] ?? PRODUCTS[`${other} ${one}`] ?? '';
