import type { Style } from '#lib/exports/plan.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import { comparing } from '#lib/exports/rule.ts';
import type { Filled, Writings } from '../values/writing.ts';

/** The name under which a column that feeds no field stands among the fields of a list. */
const besideName = (column: number): string => `column_${column}`;

/** The column that stands beside the fields under a name, undefined where it is a field's. */
export function columnBeside(name: string): number | undefined {
  const [, at] = /^column_(\d+)$/.exec(name) ?? [];
  return at === undefined ? undefined : Number(at);
}

/** The columns whose numbers count although they feed no field: factors, and what rules compare. */
export function numbersBeside({ factors, only }: Pick<Recognised, 'factors' | 'only'>): Filled[] {
  const compared = only.filter(({ is }) => comparing.has(is)).map(({ column }) => column);
  return [...new Set([...factors.values(), ...compared])].map((column) => ({
    text: `t${column}`,
    field: {
      name: besideName(column),
      type: 'number',
      required: false,
      key: false,
      personal: false,
      synonyms: { en: [], 'zh-Hans': [], 'zh-Hant': [] },
    },
  }));
}

/** How the numbers of a column beside the fields are written. */
export function styleBeside(writings: Writings, column: number): Style {
  return styleIn(writings, besideName(column));
}

/** How the numbers of a field are written. */
export function styleIn(writings: Writings, field: string): Style {
  const decimal = writings?.get(field)?.decimal;
  return decimal === undefined ? {} : { decimal };
}

/** A finding about a column beside the fields. */
export const foundBeside = (column: number, reason: string): string => `${besideName(column)}:${reason}`;
