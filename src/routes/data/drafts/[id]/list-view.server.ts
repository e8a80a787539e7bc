import { fieldLabel } from '#lib/exports/field-label.ts';
import type { ListPlan } from '#lib/exports/plan.ts';
import { fieldsOf, isTableName, keyOf } from '#lib/exports/tables.ts';
import type { Field, TableName } from '#lib/exports/tables.ts';
import { visible } from '#lib/exports/visible.ts';
import { missingFields } from '#lib/server/import/drafts/draft.ts';
import type { Seen } from '#lib/server/import/drafts/draft.ts';
import type { Locale } from '#lib/words/locale.ts';
import { calculationView } from './calculation-view.server.ts';
import type { CalculationView } from './calculation-view.server.ts';
import { MEANS_NOTHING } from './field-names.ts';
import { choiceOptions } from './labels.server.ts';
import type { Option } from './reading-view.server.ts';

export type FieldOption = Option & { required: boolean };

/** Something that stands in every record; `options` where it is one of a few values, `isDay` where it is a day. */
export type ConstantView = {
  field: string;
  label: string;
  value: string;
  required: boolean;
  options: Option[];
  isDay: boolean;
};

/** A text of the file and what it means; empty where nobody has said. */
export type MeaningView = { field: string; header: string; text: string; value: string; options: Option[] };

/** One list that a file feeds, and what can be said about it. */
export type ListView = {
  table: TableName;
  fields: FieldOption[];
  calculation: CalculationView;
  constants: ConstantView[];
  /** Fields that could also be the same in every record. */
  more: Option[];
  meanings: MeaningView[];
};

/** The lists that a file feeds as the page shows them. */
export function listViews(locale: Locale, seen: Seen): ListView[] {
  return seen.lists.map((list) => {
    const table = isTableName(list.table) ? list.table : 'events';
    const label = (name: string) => fieldLabel(locale, table, name);
    const missing = new Set(missingFields(list));
    const open = fieldsOf(table).filter(
      (field) => list.columns[field.name] === undefined && !isWholeKey(table, field),
    );
    const isShown = ({ name, required }: Field) =>
      list.constants?.[name] !== undefined || required || name === 'store';
    return {
      table,
      fields: fieldsOf(table).map(({ name, required }) => ({ value: name, label: label(name), required })),
      calculation: calculationView(locale, list, table),
      constants: open.filter(isShown).map(({ name, type }) => ({
        field: name,
        label: label(name),
        value: list.constants?.[name] ?? '',
        required: missing.has(name),
        options: choiceOptions(locale, table, name),
        isDay: type === 'day' || type === 'instant',
      })),
      more: open.filter((field) => !isShown(field)).map(({ name }) => ({ value: name, label: label(name) })),
      meanings: meaningsOf(locale, seen, list, table),
    };
  });
}

/** What alone tells records apart cannot be the same in all of them. */
const isWholeKey = (table: TableName, { key }: Field): boolean => key && keyOf(table).length === 1;

function meaningsOf(locale: Locale, { check, inspection }: Seen, list: ListPlan, table: TableName) {
  const unknown =
    check.kind === 'read' ? (check.lists.find((one) => one.table === table)?.unknown ?? []) : [];
  const fields = new Set([...Object.keys(list.values ?? {}), ...unknown.map(({ field }) => field)]);
  return [...fields].flatMap((field): MeaningView[] => {
    const column = list.columns[field];
    if (column === undefined) return [];
    const said = list.values?.[field] ?? {};
    const texts = [...Object.keys(said), ...(unknown.find((one) => one.field === field)?.texts ?? [])];
    return [...new Set(texts)].map((text) => ({
      field,
      header: visible(inspection.head.headers[column] ?? ''),
      text,
      value: said[text] === '' ? MEANS_NOTHING : (said[text] ?? ''),
      options: choiceOptions(locale, table, field),
    }));
  });
}
