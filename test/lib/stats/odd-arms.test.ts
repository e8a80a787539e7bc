import fc from 'fast-check';
import { expect, test } from 'vitest';
import { experimentResults } from '#lib/stats/experiment-results.ts';
import type { Result } from '#lib/stats/experiment-results.ts';
import { columnsOf } from './experiment-columns.ts';
import type { Unit } from './experiment-columns.ts';

const STANDINGS = ['broken', 'better', 'worse', 'open', 'too_few', 'no_variance', 'zero_baseline'];
/** Outcomes that a business has: nothing, everything, money that is negative or huge. */
const value = fc.constantFrom(0, 1, -500, 3, 1e12, 0.01);
const unit = fc.tuple(value, fc.constantFrom(0, 1, 7), value, fc.constantFrom(0, 1, 7));
/** Units that are alike, few, or many. */
const arm = fc.oneof(
  fc.array(unit, { maxLength: 3 }),
  fc.array(unit, { minLength: 5, maxLength: 80 }),
  fc
    .tuple(unit, fc.integer({ min: 5, max: 60 }))
    .map(([one, times]) => Array.from({ length: times }, () => one)),
);

const nothing = {
  units: null,
  control_units: null,
  value: null,
  control_value: null,
  difference: null,
  low: null,
  high: null,
  p: null,
  holm_p: null,
  false_discovery_p: null,
  always_low: null,
  always_high: null,
  lift: null,
  lift_low: null,
  lift_high: null,
  chance_to_win: null,
  loss_if_taken: null,
  loss_if_left: null,
  variance_kept: null,
  method: null,
  ratio_p: null,
  standing: 'too_few',
};

test('an experiment whose arms are empty, alike, negative or huge is answered with a standing, and with numbers or nothing', () => {
  fc.assert(fc.property(arm, arm, fc.array(arm, { maxLength: 2 }), isAnswered), { numRuns: 1000 });
});

type Units = readonly Unit[];

function isAnswered(control: Units, variant: Units, strata: readonly Units[]): void {
  const sums = columnsOf([
    { variant_no: 1, stratum_no: 0, units: control },
    { variant_no: 2, stratum_no: 0, units: variant },
    ...strata.map((units, at) => ({ variant_no: 1 + (at % 2), stratum_no: 1, units })),
  ]);
  const row: Result = {
    ...nothing,
    metric: 'net',
    variant: 'new',
    control: 'old',
    plan: null,
    metric_no: 1,
    variant_no: 2,
    assigned: variant.length,
    control_assigned: control.length,
  };
  const [told] = experimentResults([row], { planned_units: 2000 }, { experiment_sums: sums });
  expect(STANDINGS).toContain(told?.standing);
  for (const [name, one] of Object.entries(told ?? {}))
    if (typeof one === 'number') expect(Number.isFinite(one), `${name} ${one}`).toBe(true);
  if (told?.low != null && told.high != null) expect(told.low).toBeLessThanOrEqual(told.high);
  for (const p of [told?.p, told?.chance_to_win, told?.ratio_p])
    if (p != null) expect(p >= 0 && p <= 1, `probability ${p}`).toBe(true);
}
