import { fieldLabel } from '#lib/exports/field-label.ts';
import { keyOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { CheckedList, Seen } from '#lib/server/import/drafts/draft.ts';
import { period } from '#lib/ui/dates.ts';
import { amount, count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { tableName } from '../../table-names.server.ts';

/** What would become of the records of one list, in numbers to read; null where there are none of a kind. */
export type OutcomeView = {
  list: string;
  counted: string;
  wrong: string;
  state: 'all' | 'rest' | 'some' | 'none';
  /** Whether every record was read, not only the first ones. */
  isWhole: boolean;
  leftOut: string | null;
  folded: string | null;
  repeated: { count: string; key: string } | null;
  /** What comes in: records, where they are not as many as were read, their days, and the sums of their money. */
  comes: { count: string | null; days: string | null; totals: { field: string; total: string }[] } | null;
  /** How many of them are new, change what stands, and change nothing; null as long as none of them stands. */
  fates: { fresh: string | null; changed: string | null; unchanged: string | null } | null;
};

/** What would come in of each list that a file feeds; nothing as long as it has not been read. */
export function outcomeViews(locale: Locale, currency: string, { check }: Seen): OutcomeView[] {
  return check.kind === 'read'
    ? check.lists.map((list) => outcomeView(locale, currency, list, check.isWhole))
    : [];
}

function outcomeView(locale: Locale, currency: string, list: CheckedList, isWhole: boolean): OutcomeView {
  const { table, counted, leftOut, wrong, folded, outcome } = list;
  const { records, repeated, days, totals, fresh, changed, unchanged } = outcome;
  const some = (value: number) => (value === 0 ? null : count(locale, value));
  return {
    list: tableName(locale, table),
    counted: count(locale, counted),
    wrong: count(locale, wrong),
    state: stateOf(list),
    isWhole,
    leftOut: some(leftOut),
    folded: some(folded),
    repeated: repeated === 0 ? null : { count: count(locale, repeated), key: keyLabel(locale, table) },
    comes:
      records === 0 || !isWhole
        ? null
        : {
            count: records === counted ? null : count(locale, records),
            days: days && period(locale, days.first, days.last),
            totals: totals.map(({ field, total }) => ({
              field: fieldLabel(locale, table, field),
              total: amount(locale, currency, total),
            })),
          },
    fates:
      !isWhole || changed + unchanged === 0
        ? null
        : { fresh: some(fresh), changed: some(changed), unchanged: some(unchanged) },
  };
}

function stateOf({ leftOut, wrong, outcome }: CheckedList): OutcomeView['state'] {
  if (outcome.records === 0) return 'none';
  if (wrong > 0) return 'some';
  return leftOut > 0 ? 'rest' : 'all';
}

const keyLabel = (locale: Locale, table: TableName): string =>
  keyOf(table)
    .map((name) => fieldLabel(locale, table, name))
    .join(' + ');
