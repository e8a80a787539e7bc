import { changePanel } from './change-panel.ts';
import type { Panel, Series } from './change-panel.ts';
import type { Columns } from './columns.ts';
import { mean } from './mean.ts';
import { upperQuantile } from './significance.ts';
import { comparedWeeks, weeklyGaps } from './weekly-gaps.ts';
import type { Comparison } from './weekly-gaps.ts';
import { weeklyStep } from './weekly-step.ts';

/** The columns of change_effect that are filled here. */
export type ChangeEffect = {
  readonly method: string;
  readonly effect: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly was_expected: number | null;
  readonly came: number | null;
  readonly weeks_before: number | null;
  readonly weeks_after: number | null;
  readonly other_stores: number | null;
  readonly fit_error: number | null;
  readonly placebos: number | null;
  readonly as_large: number | null;
  readonly placebo_p: number | null;
  readonly reason: string | null;
};

type Weeks = { readonly before: readonly number[]; readonly after: readonly number[] };

const FEWEST_BEFORE = 8;
const FEWEST_AFTER = 2;
const EQUAL = 1e-9;

/**
 * Completes the four answers of change_effect with effect, 95 % interval and placebos. `fed`: the columns of store_weeks. Compared are
 * weeks in which everything compared is known; fewer than 8 before or 2 after are too few. Placebos: every other store in the
 * same weeks, and every week before that leaves 8 before it and as many after it as there are in truth.
 */
export function changeEffects<Row extends ChangeEffect>(
  rows: readonly Row[],
  _params: unknown,
  fed: { readonly store_weeks: Columns },
): Row[] {
  const panel = changePanel(fed.store_weeks);
  return rows.map((row) =>
    row.reason === null ? { ...row, ...answerOf(row.method as Comparison, panel) } : row,
  );
}

function answerOf(method: Comparison, { changed, others }: Panel) {
  const donors = method === 'other_stores' || method === 'synthetic' ? others : [];
  if (donors.length < leastDonors(method)) return { reason: 'no_other_store' };
  const all = comparedWeeks(method, changed, donors);
  const weeks = { before: all.filter((week) => week < 0), after: all.filter((week) => week >= 0) };
  if (weeks.before.length < FEWEST_BEFORE || weeks.after.length < FEWEST_AFTER)
    return { reason: method === 'last_year' ? 'no_last_year' : 'too_few_weeks' };
  const gaps = weeklyGaps(method, changed, donors, weeks);
  const { effect, error, df } = weeklyStep(gaps.before, gaps.after);
  const reach = upperQuantile(0.025, df) * error;
  const came = mean(weeks.after.map((week) => changed.get(week) ?? NaN));
  const usual = mean(gaps.before);
  const placebos = placeboEffects(method, changed, donors, weeks);
  const asLarge = placebos.filter((placebo) => Math.abs(placebo) >= Math.abs(effect) * (1 - EQUAL)).length;
  return {
    effect,
    low: effect - reach,
    high: effect + reach,
    was_expected: came - effect,
    came,
    weeks_before: weeks.before.length,
    weeks_after: weeks.after.length,
    other_stores: leastDonors(method) === 0 ? null : donors.length,
    fit_error: Math.sqrt(mean(gaps.before.map((gap) => (gap - usual) ** 2))),
    placebos: placebos.length,
    as_large: asLarge,
    placebo_p: (asLarge + 1) / (placebos.length + 1),
  };
}

/** A mean of others needs one of them, weights need two. */
function leastDonors(method: Comparison): number {
  if (method === 'other_stores') return 1;
  return method === 'synthetic' ? 2 : 0;
}

function placeboEffects(
  method: Comparison,
  changed: Series,
  donors: readonly Series[],
  weeks: Weeks,
): number[] {
  const effectOf = (target: Series, others: readonly Series[], pretended: Weeks) => {
    const gaps = weeklyGaps(method, target, others, pretended);
    return mean(gaps.after) - mean(gaps.before);
  };
  const inStores = donors.flatMap((donor) => {
    const others = donors.filter((other) => other !== donor);
    return others.length < leastDonors(method) ? [] : [effectOf(donor, others, weeks)];
  });
  const { before, after } = weeks;
  const latest = before.length - after.length;
  const inTime = before.flatMap((_, at) =>
    at < FEWEST_BEFORE || at > latest
      ? []
      : [
          effectOf(changed, donors, {
            before: before.slice(0, at),
            after: before.slice(at, at + after.length),
          }),
        ],
  );
  return [...inStores, ...inTime];
}
