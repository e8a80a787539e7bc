import type { Recognised } from '#lib/exports/recognise.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field } from '#lib/exports/tables.ts';
import { literal } from '../values/text.ts';

/**
 * A field that a list fills, and the SQL column with its text: a trimmed column of the file (`t3`), or one of its own
 * (`x_store`) made by `expression` where meanings or a constant were decided.
 */
export type Filling = { field: Field; text: string; expression: string | null };

/** The fields that a list fills by a column or a constant, in the order of the contract. */
export function fillings({ table, columns, constants, values }: Recognised): Filling[] {
  return fieldsOf(table).flatMap((field): Filling[] => {
    const column = columns.get(field.name);
    const constant = constants.get(field.name);
    if (column === undefined && constant === undefined) return [];
    const meanings = values.get(field.name) ?? new Map<string, string>();
    if (column !== undefined && constant === undefined && meanings.size === 0)
      return [{ field, text: `t${column}`, expression: null }];
    const meant = column === undefined ? 'null::varchar' : meaning(`t${column}`, meanings);
    const expression = constant === undefined ? meant : `coalesce(${meant}, ${literal(constant)})`;
    return [{ field, text: `x_${field.name}`, expression }];
  });
}

/** Columns of a select list, each after a comma, that make the texts which no column of the file holds as it stands. */
export function madeTexts(filled: readonly Filling[]): string {
  return filled
    .map(({ text, expression }) => (expression === null ? '' : `, ${expression} as ${text}`))
    .join('');
}

/** What the text of a column was said to mean, else the text; null where it was said to mean nothing. */
function meaning(column: string, meanings: ReadonlyMap<string, string>): string {
  if (meanings.size === 0) return column;
  const arms = [...meanings].map(
    ([text, meant]) => `when ${literal(text)} then ${meant.trim() === '' ? 'null' : literal(meant.trim())}`,
  );
  return `case ${column} ${arms.join(' ')} else ${column} end`;
}
