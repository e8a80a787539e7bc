import type { ListPlan } from './plan.ts';
import { listPlanOf } from './list-plan-of.ts';
import { matchFields } from './known-headers.ts';
import { recogniseBySample } from './recognise-by-sample.ts';
import type { Seen } from './recognise-by-sample.ts';
import { fieldsOf, keyOf } from './tables.ts';
import type { TableName } from './tables.ts';

/** What may stand beside the lead in its own row. */
const FOLLOWING = ['visits', 'orders'] as const;

/**
 * The lists in a sheet that has a row for each lead, and in that row what came of it: the day of the visit, the order. Null
 * where the file is no such sheet: visits and orders must be filled for some of the leads only, because a list of orders
 * that also tells when its leads came is a list of orders. A visit or an order without a number of its own has the lead's.
 * Throws Refusal two_headers_one_field, repeated_header, ambiguous_column.
 */
export function wideSheet(seen: Seen): ListPlan[] | null {
  const [lead, ...twice] = matchFields('leads', seen.headers).get('lead_id') ?? [];
  const leads = marksOf('leads', seen.headers);
  if (
    lead === undefined ||
    twice.length > 0 ||
    leads === null ||
    !seen.sample.every(isFilled([lead, ...leads]))
  )
    return null;
  const following = FOLLOWING.filter((table) => {
    const marks = marksOf(table, seen.headers);
    if (marks === null || marks.some((at) => at === lead || leads.includes(at))) return false;
    const filled = seen.sample.filter(isFilled(marks)).length;
    return filled > 0 && filled < seen.sample.length;
  });
  if (following.length === 0) return null;
  return [
    listPlanOf(recogniseBySample(seen, { table: 'leads' })),
    ...following.map((table) =>
      listPlanOf(recogniseBySample(seen, { table, named: keysBy(lead, table, seen) })),
    ),
  ];
}

/** The columns of the fields, other than the key, that every record of a table must fill; null where one is missing. */
function marksOf(table: TableName, headers: readonly string[]): number[] | null {
  const matched = matchFields(table, headers);
  const needed = fieldsOf(table).filter(({ required, key }) => required && !key);
  const columns = needed.flatMap(({ name }) => matched.get(name)?.slice(0, 1) ?? []);
  return columns.length === needed.length ? columns : null;
}

function keysBy(lead: number, table: TableName, { headers }: Seen): Record<string, number> {
  const matched = matchFields(table, headers);
  const missing = keyOf(table).filter((name) => !matched.has(name));
  return Object.fromEntries([...missing, 'lead_id'].map((name) => [name, lead]));
}

const isFilled =
  (columns: readonly number[]) =>
  (row: readonly string[]): boolean =>
    columns.every((at) => (row[at] ?? '').trim() !== '');
