import type { Field } from './tables.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$/;
const MONEY = /^-?\d{1,12}(?:\.\d{1,2})?$/;
const WHOLE = /^-?\d{1,15}$/;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

/**
 * Whether a text can stand in a field of every record: it must read without any doubt, days and instants as ISO text,
 * numbers with a point.
 */
export function isConstant(field: Field, text: string): boolean {
  switch (field.type) {
    case 'text':
    case 'phone':
      return text.trim() !== '';
    case 'choice':
      return Object.entries(field.choices ?? {}).some(([value, spellings]) =>
        [value, ...spellings].some((spelling) => folded(spelling) === folded(text)),
      );
    case 'day':
      return DAY.test(text) && isReal(text);
    case 'instant':
      return INSTANT.test(text) && isReal(text);
    case 'money':
      return MONEY.test(text);
    case 'whole':
      return WHOLE.test(text);
    case 'number':
      return NUMBER.test(text);
  }
}

const folded = (text: string): string => text.trim().toLowerCase().replaceAll('_', ' ');

/** Whether the day at the beginning of a text is one of the calendar. */
function isReal(text: string): boolean {
  const day = text.slice(0, 10);
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
