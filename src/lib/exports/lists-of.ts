import { Refusal } from '#lib/errors/refusal.ts';
import { layoutOf, refuseChanged } from './layout.ts';
import { listPlanOf } from './list-plan-of.ts';
import type { Mapping } from './mapping.ts';
import type { Plan } from './plan.ts';
import type { Recognised } from './recognise.ts';
import { recogniseBySample } from './recognise-by-sample.ts';
import type { Seen } from './recognise-by-sample.ts';
import { recognisedByPlan } from './recognised-by-plan.ts';
import { planBy } from './recognised-by-mapping.ts';
import { isSame } from './same.ts';
import { wideSheet } from './wide-sheet.ts';

/** What is known about a file before it is read: a person's plan or mapping for it, or what was decided for its kind. */
export type Decided = {
  plan?: Plan | undefined;
  mapping?: Mapping | undefined;
  remembered?: Mapping | undefined;
  /** Whose files have the same mapping; by default those of the same name but for its digits. */
  kind?: string | undefined;
  /** What the plan rests on, where it is what was proposed for the file and nobody has chosen otherwise. */
  proposed?: 'memory' | 'headers' | undefined;
};

/**
 * The lists that a file feeds, and who decided it. `isNews`: a person decided something that the headers and values do not
 * say by themselves.
 */
export type Lists = { by: 'person' | 'memory' | 'headers'; isNews: boolean; lists: Recognised[] };

/**
 * Finds the lists that a file feeds: as a person said, else as was said of the last file of its kind, else by its headers
 * and values.
 * Throws Refusal layout_changed where the columns are not those of the last file any more, and those of
 * `recognisedByPlan`, `planBy` and `recogniseBySample`.
 */
export function listsOf(seen: Seen, { plan, mapping, remembered, proposed }: Decided): Lists {
  const { file, headers } = seen;
  const said = plan ?? (mapping && planBy(mapping, seen));
  if (said) {
    const lists = recognisedByPlan(file, headers, said);
    const by = proposed ?? (plan === undefined && mapping && namesNothing(mapping) ? 'headers' : 'person');
    return { by, isNews: !isAsTheFileSays(seen, lists), lists };
  }
  const layout = remembered && layoutOf(remembered, seen);
  if (layout) refuseChanged(file, layout);
  if (remembered && layout?.kind === 'same')
    return { by: 'memory', isNews: false, lists: recognisedByPlan(file, headers, planBy(remembered, seen)) };
  return { by: 'headers', isNews: false, lists: recognisedByPlan(file, headers, planOfItself(seen)) };
}

/** Whether a mapping says at most which list it is, and leaves every column to its header. */
function namesNothing({ lists }: Mapping): boolean {
  return lists.every(
    ({ table: _, columns, others, ...rest }) =>
      others === 'by_header' && Object.keys(columns).length === 0 && Object.keys(rest).length === 0,
  );
}

/**
 * What a file says by its headers and values alone.
 * Throws Refusal no_known_column, ambiguous_table, missing_required_column and what else `recogniseBySample` refuses.
 */
export function planOfItself(seen: Seen): Plan {
  return { lists: wideSheet(seen) ?? [listPlanOf(recogniseBySample(seen))] };
}

function isAsTheFileSays(seen: Seen, lists: readonly Recognised[]): boolean {
  try {
    const own = recognisedByPlan(seen.file, seen.headers, planOfItself(seen));
    return isSame(own.map(listPlanOf), lists.map(listPlanOf));
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
