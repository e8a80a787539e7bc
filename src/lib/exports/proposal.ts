import { Refusal } from '#lib/errors/refusal.ts';
import { layoutOf } from './layout.ts';
import { planOfItself } from './lists-of.ts';
import type { Mapping } from './mapping.ts';
import { moneyIn } from './money-in.ts';
import type { ListPlan } from './plan.ts';
import { proposeFields, proposeTable } from './propose.ts';
import type { Seen } from './recognise-by-sample.ts';
import { planBy } from './recognised-by-mapping.ts';

/** What is proposed for a file before a person has looked at it. Its lists may lack fields that they need. */
export type Proposal = {
  /** What the proposal rests on: what was decided before, the headers and values, or nothing at all. */
  by: 'memory' | 'headers' | 'nothing';
  /** Columns that are gone or new since it was decided; null where they are the same or nothing was. */
  changed: { gone: readonly string[]; fresh: readonly string[] } | null;
  lists: ListPlan[];
};

/**
 * What a file is taken for: as a person decided for the last one of its kind, as far as its columns are still there; else
 * as its headers and values say; else as much as they say. Never throws for what a file says.
 */
export function proposalFor(seen: Seen, remembered?: Mapping): Proposal {
  const layout = remembered && layoutOf(remembered, seen);
  if (remembered && layout?.kind === 'same') {
    const plan = attempt(() => planBy(remembered, seen));
    if (plan) return { by: 'memory', changed: null, lists: plan.lists };
  }
  if (remembered && layout?.kind === 'changed') {
    const plan = attempt(() => planBy(withoutLost(remembered, seen), seen));
    const { gone, fresh } = layout;
    if (plan) return { by: 'memory', changed: { gone, fresh }, lists: plan.lists };
  }
  const own = attempt(() => planOfItself(seen).lists) ?? partly(seen);
  return { by: own.length === 0 ? 'nothing' : 'headers', changed: null, lists: own };
}

/** As much of one list as the headers and values say. */
function partly({ headers, sample, known }: Seen): ListPlan[] {
  const table = proposeTable(headers, sample);
  if (table === null) return [];
  const columns = proposeFields(table, headers, sample, known.stores).flatMap((one, at) =>
    one.kind === 'field' ? [[one.field, at] as const] : [],
  );
  const only = moneyIn(table, headers, sample);
  return [{ table, columns: Object.fromEntries(columns), ...(only.length === 0 ? {} : { only }) }];
}

/** A mapping without the columns and rules that a file has no columns for. */
function withoutLost(mapping: Mapping, seen: Seen): Mapping {
  return {
    ...mapping,
    lists: mapping.lists.map((list) => ({
      ...list,
      columns: Object.fromEntries(
        Object.entries(list.columns).filter(([field, name]) =>
          attempt(() => planBy(alone({ ...list, columns: { [field]: name }, only: [] }), seen)),
        ),
      ),
      only: (list.only ?? []).filter((rule) =>
        attempt(() => planBy(alone({ ...list, columns: {}, only: [rule] }), seen)),
      ),
    })),
  };
}

const alone = (list: Mapping['lists'][number]): Mapping => ({ lists: [{ ...list, others: 'kept' }] });

/** The result, or undefined where it is refused. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
