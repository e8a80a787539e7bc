import { fieldLabel } from '#lib/exports/field-label.ts';
import { relations } from '#lib/exports/plan.ts';
import type { ListPlan, Rule } from '#lib/exports/plan.ts';
import { understands } from '#lib/exports/rule.ts';
import { fieldsOf, keyOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import { missingFields } from '#lib/server/import/drafts/draft.ts';
import { fieldOfColumn } from '#lib/server/import/drafts/wish.ts';
import type { Locale } from '#lib/words/locale.ts';
import { relationWord } from '../../relation-words.server.ts';
import type { Option } from './reading-view.server.ts';

/**
 * Where a field comes from: its column and the one that it is multiplied by, as they stand in the form, empty for none;
 * `times` is null where it cannot be multiplied.
 */
export type SourceView = { field: string; label: string; column: string; times: string | null };

/** A condition on records; `open` where its value is still to be said, `isNew` for the row where another one begins. */
export type RuleView = { column: string; is: string; value: string; open: boolean; isNew: boolean };

/** What is reckoned and left out before the records of a list come in. */
export type CalculationView = {
  /** Required fields that no column fills yet. */
  missing: SourceView[];
  /** Fields whose column is taken for another field first. */
  shared: SourceView[];
  /** Fields of money that have a column. */
  products: SourceView[];
  /** What tells the records apart, and the fields of money that may be added up over its lines. */
  key: string;
  sums: { field: string; label: string; checked: boolean }[];
  rules: RuleView[];
  relations: Option[];
  /** Whether something of it was decided. */
  isUsed: boolean;
};

const NEW_RULE: RuleView = { column: '', is: 'filled', value: '', open: false, isNew: true };

/** How the fields of a list are reckoned, and which records count. */
export function calculationView(locale: Locale, list: ListPlan, table: TableName): CalculationView {
  const { columns, factors = {}, sum = [], only = [] } = list;
  const money = fieldsOf(table).filter(({ type }) => type === 'money');
  const isMoney = (name: string) => money.some((field) => field.name === name);
  const source = (field: string): SourceView => ({
    field,
    label: fieldLabel(locale, table, field),
    column: textOf(columns[field]),
    times: isMoney(field) ? textOf(factors[field]) : null,
  });
  const isShared = ([field, at]: [string, number]) => fieldOfColumn(list, at) !== field;
  const own = money.filter(({ name }) => columns[name] !== undefined);
  return {
    missing: missingFields(list).map(source),
    shared: Object.entries(columns)
      .filter(isShared)
      .map(([field]) => source(field)),
    products: own.map(({ name }) => source(name)),
    key: keyOf(table)
      .map((name) => fieldLabel(locale, table, name))
      .join(' + '),
    sums: own.map(({ name }) => ({
      field: name,
      label: fieldLabel(locale, table, name),
      checked: sum.includes(name),
    })),
    rules: [...only.map(ruleView), NEW_RULE],
    relations: relations.map((value) => ({ value, label: relationWord(locale, value) })),
    isUsed: Object.keys(factors).length + sum.length + only.length > 0,
  };
}

const textOf = (column: number | undefined): string => (column === undefined ? '' : String(column));

const ruleView = (rule: Rule): RuleView => ({
  column: String(rule.column),
  is: rule.is,
  value: rule.value ?? '',
  open: !understands(rule),
  isNew: false,
});
