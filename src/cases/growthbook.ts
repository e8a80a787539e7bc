import { z } from 'zod';
import { together } from '#lib/stats/arms.ts';
import type { Arm } from '#lib/stats/arms.ts';
import { alwaysValid } from '#lib/stats/always-valid.ts';
import { chanceToWin } from '#lib/stats/chance-to-win.ts';
import { effectOf } from '#lib/stats/effect.ts';
import type { Found } from '#lib/stats/effect.ts';
import { postStratified } from '#lib/stats/post-strata.ts';
import type { QuantileArm } from '#lib/stats/quantile-arm.ts';
import { sampleRatio } from '#lib/stats/sample-ratio.ts';
import { tTest } from '#lib/stats/t-test.ts';
import type { Side } from '#lib/stats/t-test.ts';
import type { Outcome } from './case.ts';
import { armOf, summary } from './growthbook-arms.ts';

const end = z.union([z.number(), z.enum(['inf', '-inf'])]);
const published = z.object({
  id: z.string(),
  source_test: z.string(),
  test: z.string(),
  stats: z.array(z.object({ control: summary, treatment: summary })).min(1),
  config: z.object({
    difference_type: z.enum(['relative', 'absolute', 'scaled']),
    traffic_percentage: z.number().default(1),
    phase_length_days: z.number().default(1),
    total_users: z.number().nullish(),
    post_stratify: z.boolean().default(false),
    alpha: z.number(),
    sequential_tuning_parameter: z.number().optional(),
    inverse: z.boolean().optional(),
    prior_type: z.enum(['relative', 'absolute']).optional(),
    prior_effect: z.object({ mean: z.number(), variance: z.number(), proper: z.boolean() }).optional(),
  }),
  expected: z.object({
    expected: z.number(),
    ci: z.tuple([end, end]),
    uplift: z.object({ mean: z.number(), stddev: z.number() }),
    errorMessage: z.string().nullable(),
    pValue: z.number().nullish(),
    chanceToWin: z.number().nullish(),
    risk: z.tuple([z.number(), z.number()]).nullish(),
  }),
});
type Published = z.infer<typeof published>;

/** What does not grow with the unit in which a difference is told. */
const PROBABILITIES: ReadonlySet<string> = new Set(['p', 'chance']);

/** How the peer says that arms cannot be compared. */
const troubles = {
  no_variance: 'ZERO_NEGATIVE_VARIANCE',
  zero_baseline: 'ZERO_NEGATIVE_BASELINE_VARIATION',
} as const;

const sides: ReadonlyMap<string, Side> = new Map<string, Side>([
  ['TwoSidedTTest', 'both'],
  ['OneSidedTreatmentGreaterTTest', 'greater'],
  ['OneSidedTreatmentLesserTTest', 'less'],
]);

/**
 * Tuning parameters that the peer's tests set and the recorded settings leave out; else it is the default. One test sets three by
 * turns: which of them a record is of only its interval tells, and these differ in their first digits.
 */
const unrecorded: ReadonlyMap<string, readonly number[]> = new Map([
  ['TestSequentialTTest.test_sequential_test_runs', [1000]],
  ['TestSequentialTTest.test_sequential_test_tuning_as_expected', [10, 6461, 10_000]],
  ['TestAnalyzeMetricDfSequential.test_analyze_metric_df_sequential', [600]],
]);

/** Differences of arms by summary statistics: what an experiment's page says of them is held to what the peer's tests assert. */
export function growthbookCases(text: string): Outcome[] {
  const { cases } = z.object({ cases: z.array(published) }).parse(JSON.parse(text));
  return cases.map((one) => ({ id: one.id, why: differenceOf(one) }));
}

/** Sample-ratio checks, as `sampleRatio` of an experiment's page says them. */
export function sampleRatioCases(text: string): Outcome[] {
  const schema = z.object({ users: z.array(z.number()), weights: z.array(z.number()), p: z.number() });
  const { cases } = z.object({ cases: z.array(schema) }).parse(JSON.parse(text));
  return cases.map(({ users, weights, p }, at) => {
    const came = sampleRatio(users.map((units, place) => ({ units, weight: weights[place] ?? 0 }))).p;
    return { id: `srm-${at + 1}`, why: apart('p', p, came) };
  });
}

function differenceOf(one: Published): string | null {
  const [control, treatment] = armsOf(one);
  const found = effectOf(control, treatment, scaleOf(one), slopeOf(one));
  if (found.trouble !== null || one.expected.errorMessage !== null) {
    const said = found.trouble === null ? null : troubles[found.trouble];
    return said === one.expected.errorMessage
      ? null
      : `${one.expected.errorMessage} is published, ${said} came`;
  }
  const tries = triesOf(one, found);
  return tries.some((why) => why === null) ? null : (tries[0] ?? null);
}

type AnyArm = Arm | QuantileArm;

/** Control and treatment over all strata: their units as one sample, or each stratum in the share that both have of it. */
function armsOf({ stats, config }: Published): readonly [AnyArm, AnyArm] {
  const pairs = stats.map(({ control, treatment }) => [armOf(control), armOf(treatment)] as const);
  const summed = pairs.flatMap(([a, b]): [Arm, Arm][] =>
    a.kind === 'quantile' || b.kind === 'quantile' ? [] : [[a, b]],
  );
  const [first] = pairs;
  if (first === undefined) throw new Error('There are no arms.');
  if (summed.length < 2) return first;
  const stratified = config.post_stratify ? postStratified(summed) : null;
  return stratified ?? summed.reduce(([a, b], [c, d]) => [together(a, c), together(b, d)]);
}

/** The scale on which two arms are compared: scaled is the absolute difference, told for all users of a day. */
const scaleOf = ({ config: { difference_type: type } }: Published) => (type === 'scaled' ? 'absolute' : type);

/** What was found of the difference per unit, for all users of a day where that is asked for. */
function inUnits<T extends Readonly<Record<string, unknown>>>(came: T, { config }: Published): T {
  if (config.difference_type !== 'scaled') return came;
  const aDay = (config.total_users ?? NaN) / (config.traffic_percentage * config.phase_length_days);
  const scaled = Object.entries(came).map(([name, value]) =>
    typeof value === 'number' && !PROBABILITIES.has(name) ? [name, value * aDay] : [name, value],
  );
  return Object.fromEntries(scaled) as T;
}

function slopeOf({ stats: [first] }: Published): number | undefined {
  const arm = first?.control;
  return arm !== undefined && 'theta' in arm ? (arm.theta ?? undefined) : undefined;
}

function triesOf(one: Published, found: Found): (string | null)[] {
  const { alpha } = one.config;
  if (one.test === 'EffectBayesianABTest') return [beliefDiffers(one, found)];
  const isSequential = one.test.startsWith('Sequential');
  const side = sides.get(one.test.replace('Sequential', ''));
  if (side === undefined) return [`${one.test} is not understood`];
  if (!isSequential) return [testDiffers(one, inUnits(tTest(found, alpha, side), one))];
  const name = one.source_test.split('.').slice(-2).join('.');
  const recorded = one.config.sequential_tuning_parameter;
  const tunings = recorded === undefined ? (unrecorded.get(name) ?? [undefined]) : [recorded];
  return tunings.map((tuning) => testDiffers(one, inUnits(alwaysValid(found, alpha, side, tuning), one)));
}

function testDiffers({ expected }: Published, came: ReturnType<typeof tTest>): string | null {
  return firstOf([
    apart('expected', expected.expected, came.estimate),
    apart('stddev', expected.uplift.stddev, came.error),
    ...expected.ci.map((bound, at) => apart(`ci[${at}]`, bound, at === 0 ? came.low : came.high)),
    apart('pValue', expected.pValue ?? null, came.p),
  ]);
}

function beliefDiffers(one: Published, found: Found): string | null {
  const { config, expected } = one;
  const { prior_effect: prior, prior_type: priorScale = 'relative' } = config;
  const belief = chanceToWin(found, {
    scale: scaleOf(one),
    prior: prior?.proper === true ? { mean: prior.mean, variance: prior.variance, scale: priorScale } : null,
    alpha: config.alpha,
    lessIsBetter: config.inverse ?? false,
  });
  const came = inUnits(belief, one);
  return firstOf([
    apart('expected', expected.expected, came.estimate),
    apart('stddev', expected.uplift.stddev, came.error),
    ...expected.ci.map((bound, at) => apart(`ci[${at}]`, bound, at === 0 ? came.low : came.high)),
    apart('chanceToWin', expected.chanceToWin ?? null, came.chance),
    apart('risk[0]', expected.risk?.[0] ?? null, came.riskOfControl),
    apart('risk[1]', expected.risk?.[1] ?? null, came.riskOfTreatment),
  ]);
}

const firstOf = (whys: readonly (string | null)[]) => whys.find((why) => why !== null) ?? null;

/** To 10⁻⁶ of the published number; 1 − cdf leaves the peer's small tails no digits below 10⁻¹⁴. Null has no bound. */
function apart(name: string, wanted: number | 'inf' | '-inf' | null, came: number | null): string | null {
  if (typeof wanted !== 'number' || came === null)
    return typeof wanted !== 'number' && came === null
      ? null
      : `${name} ${wanted} is published, ${came} came`;
  return Math.abs(wanted - came) <= 1e-6 * Math.abs(wanted) + 1e-14
    ? null
    : `${name} ${wanted} is published, ${came} came`;
}
