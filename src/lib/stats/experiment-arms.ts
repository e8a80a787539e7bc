import type { Arm } from './arms.ts';
import type { Columns } from './columns.ts';
import { postStratified } from './post-strata.ts';

/** An arm by one metric: how many units it counts, and of each stratum with sums what they tell. */
export type MetricArm = { readonly units: number; readonly strata: ReadonlyMap<number, Arm> };

/**
 * The arms that experiment_sums tells, by metric and variant (`metric_no/variant_no`). A metric whose base is 1 for every unit is a
 * mean, or a share where what is counted is 0 or 1 itself; else a ratio of sums. A stratum without sums has too few units.
 */
export function experimentArms(sums: Columns): Map<string, MetricArm> {
  const found = new Map<string, { units: number; strata: Map<number, Arm> }>();
  for (const [at, metric] of (sums['metric_no'] ?? []).entries()) {
    const of = (name: string) => sums[name]?.[at] ?? NaN;
    const key = `${metric}/${of('variant_no')}`;
    const arm = found.get(key) ?? { units: 0, strata: new Map<number, Arm>() };
    arm.units += of('units');
    if (!Number.isNaN(of('main'))) arm.strata.set(of('stratum_no'), armOf(of));
    found.set(key, arm);
  }
  return found;
}

/** Control and variant over the strata that both have, post-stratified where there are several; null without any. */
export function comparedArms(
  control: MetricArm | undefined,
  variant: MetricArm | undefined,
): readonly [Arm, Arm] | null {
  const strata = [...(control?.strata ?? [])].flatMap(([no, arm]): [Arm, Arm][] => {
    const other = variant?.strata.get(no);
    return other === undefined ? [] : [[arm, other]];
  });
  return postStratified(strata);
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
