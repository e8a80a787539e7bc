import { readVariants } from '#lib/experiments/variants.ts';
import { benjaminiHochberg, holm } from './adjusted-p.ts';
import { alwaysValid } from './always-valid.ts';
import { levelOf, withoutBefore } from './arms.ts';
import type { Arm } from './arms.ts';
import { chanceToWin } from './chance-to-win.ts';
import type { Columns } from './columns.ts';
import { effectOf } from './effect.ts';
import { comparedArms, experimentArms } from './experiment-arms.ts';
import type { MetricArm } from './experiment-arms.ts';
import { sampleRatio } from './sample-ratio.ts';
import { tTest } from './t-test.ts';

/** The columns of experiment that are known before, and those that are filled here. */
export type Result = {
  readonly metric: string;
  readonly variant: string;
  readonly control: string;
  readonly plan: string | null;
  readonly metric_no: number;
  readonly variant_no: number;
  readonly assigned: number;
  readonly control_assigned: number;
  readonly units: number | null;
  readonly control_units: number | null;
  readonly value: number | null;
  readonly control_value: number | null;
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
  readonly holm_p: number | null;
  readonly false_discovery_p: number | null;
  readonly always_low: number | null;
  readonly always_high: number | null;
  readonly lift: number | null;
  readonly lift_low: number | null;
  readonly lift_high: number | null;
  readonly chance_to_win: number | null;
  readonly loss_if_taken: number | null;
  readonly loss_if_left: number | null;
  readonly variance_kept: number | null;
  readonly method: string | null;
  readonly ratio_p: number | null;
  readonly standing: string;
};

/** Fewer units in an arm are shown and not called. */
const FEWEST = 30;
/** Units that fall so unevenly on the variants tell of a broken assignment (Fabijan et al. 2019, KDD, 2156). */
const BROKEN = 0.001;
/** Metrics of which less is better. */
const LESS_IS_BETTER: ReadonlySet<string> = new Set(['lost', 'cancelled']);

/**
 * Completes the comparisons of an experiment from the sums of its arms. p values are adjusted over all rows that have one. The
 * verdict in `standing` is that of the always-valid interval, so that looking every day does no harm; `broken` where units
 * did not come in equal numbers.
 */
export function experimentResults<Row extends Result>(
  rows: readonly Row[],
  { planned_units: planned }: { readonly planned_units: number },
  fed: { readonly experiment_sums: Columns },
): Row[] {
  const arms = experimentArms(fed.experiment_sums);
  const ratioP = unevenness(rows);
  const compared = rows.map((row) => ({
    ...row,
    ratio_p: ratioP,
    ...comparison(
      row,
      arms.get(`${row.metric_no}/1`),
      arms.get(`${row.metric_no}/${row.variant_no}`),
      planned,
    ),
  }));
  return adjusted(compared).map((row) => (ratioP < BROKEN ? { ...row, standing: 'broken' } : row));
}

/**
 * How probable it is that units fall on the variants as they did, given the shares of the plan; equal ones without a plan that
 * names all of them. Of one metric the rows tell every variant, each beside the control; one that nobody was given has none.
 */
function unevenness(rows: readonly Result[]): number {
  const [first] = rows;
  if (first === undefined) return 1;
  const of = rows.filter(({ metric_no: no }) => no === first.metric_no);
  const came = new Map([
    [first.control, first.control_assigned],
    ...of.map(({ variant, assigned }) => [variant, assigned] as const),
  ]);
  const plan = readVariants(first.plan);
  const fits = plan !== null && [...came.keys()].every((name) => plan.some((one) => one.name === name));
  const shares = fits ? plan : [...came.keys()].map((name) => ({ name, share: 1 }));
  return sampleRatio(shares.map(({ name, share }) => ({ units: came.get(name) ?? 0, weight: share }))).p;
}

function comparison(
  { metric }: Result,
  control: MetricArm | undefined,
  variant: MetricArm | undefined,
  planned: number,
): Partial<Result> {
  const counts = { units: variant?.units ?? 0, control_units: control?.units ?? 0 };
  const pair = comparedArms(control, variant);
  if (pair === null) return { ...counts, standing: 'too_few' };
  const [a, b] = pair;
  const levels = { value: levelOf(b), control_value: levelOf(a) };
  const found = effectOf(a, b, 'absolute');
  if (found.trouble !== null) return { ...counts, ...levels, standing: found.trouble };
  const one = tTest(found);
  const always = alwaysValid(found, 0.05, 'both', planned);
  const lift = tTest(effectOf(a, b, 'relative'));
  const lessIsBetter = LESS_IS_BETTER.has(metric);
  const belief = chanceToWin(found, { scale: 'absolute', lessIsBetter });
  const isEnough = Math.min(counts.units, counts.control_units) >= FEWEST;
  return {
    ...counts,
    ...levels,
    difference: found.estimate,
    low: one.low,
    high: one.high,
    p: one.p,
    always_low: always.low,
    always_high: always.high,
    lift: lift.estimate,
    lift_low: lift.low,
    lift_high: lift.high,
    chance_to_win: belief.chance,
    loss_if_taken: belief.riskOfTreatment,
    loss_if_left: belief.riskOfControl,
    variance_kept: varianceKept(a, b, found.error),
    method: a.adjusted && b.adjusted ? 'cuped' : 'welch',
    standing: isEnough ? called(always, lessIsBetter) : 'too_few',
  };
}

/** Variance of the difference ÷ that without the time before; null where there is none. */
function varianceKept(a: Arm, b: Arm, error: number): number | null {
  if (!a.adjusted || !b.adjusted) return null;
  const plain = effectOf(withoutBefore(a), withoutBefore(b), 'absolute');
  return plain.trouble === null ? (error / plain.error) ** 2 : null;
}

function called(
  { low, high }: { readonly low: number | null; readonly high: number | null },
  lessIsBetter: boolean,
): string {
  if ((low ?? 0) > 0) return lessIsBetter ? 'worse' : 'better';
  if ((high ?? 0) < 0) return lessIsBetter ? 'better' : 'worse';
  return 'open';
}

function adjusted<Row extends Result>(rows: readonly Row[]): Row[] {
  const tested = rows.flatMap(({ p }, at) => (p === null ? [] : [{ at, p }]));
  const ps = tested.map(({ p }) => p);
  const [family, discovery] = [holm(ps), benjaminiHochberg(ps)];
  const found = new Map(tested.map(({ at }, place) => [at, place]));
  return rows.map((row, at) => {
    const place = found.get(at);
    return place === undefined
      ? row
      : { ...row, holm_p: family[place] ?? null, false_discovery_p: discovery[place] ?? null };
  });
}
