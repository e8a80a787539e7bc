import { Refusal } from '#lib/errors/refusal.ts';
import { listPlanOf } from '#lib/exports/list-plan-of.ts';
import type { Mapping } from '#lib/exports/mapping.ts';
import { moneyIn } from '#lib/exports/money-in.ts';
import type { ListPlan } from '#lib/exports/plan.ts';
import { proposalFor } from '#lib/exports/proposal.ts';
import { proposeFields } from '#lib/exports/propose.ts';
import { recogniseBySample } from '#lib/exports/recognise-by-sample.ts';
import type { Seen } from '#lib/exports/recognise-by-sample.ts';
import { isTableName } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Decision } from './draft.ts';

/** What a file is taken for before anybody has said anything: as the last one of its kind, else as it says itself. */
export function proposal(seen: Seen, remembered: Mapping | undefined): Decision {
  const { by, changed, lists } = proposalFor(seen, remembered);
  const isRemembered = by === 'memory';
  const asked = isRemembered ? [] : askedOf(seen, lists);
  const proposed = changed === null && asked.length === 0 && lists.length > 0 ? lists : null;
  return { lists, changed, isRemembered, asked, proposed };
}

/** One list that a file is taken for because somebody says so: its columns as far as headers and values tell. */
export function proposedList(seen: Seen, table: TableName): { list: ListPlan; asked: number[] } {
  const list = wholeList(seen, table) ?? partOfList(seen, table);
  return { list, asked: askedOf(seen, [list]) };
}

function wholeList(seen: Seen, table: TableName): ListPlan | undefined {
  try {
    return listPlanOf(recogniseBySample(seen, { table }));
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function partOfList({ headers, sample, known }: Seen, table: TableName): ListPlan {
  const proposed = proposeFields(table, headers, sample, known.stores);
  const columns = proposed.flatMap((one, at) => (one.kind === 'field' ? [[one.field, at] as const] : []));
  const only = moneyIn(table, headers, sample);
  return { table, columns: Object.fromEntries(columns), ...(only.length === 0 ? {} : { only }) };
}

/** Columns that may be the seller or the store and were taken for neither. */
function askedOf({ headers, sample, known }: Seen, lists: readonly ListPlan[]): number[] {
  const used = new Set(lists.flatMap(({ columns }) => Object.values(columns)));
  const open = lists.flatMap(({ table }) =>
    isTableName(table)
      ? proposeFields(table, headers, sample, known.stores).flatMap(({ kind }, at) =>
          kind === 'ask' && !used.has(at) ? [at] : [],
        )
      : [],
  );
  return [...new Set(open)];
}
