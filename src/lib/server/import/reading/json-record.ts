import { numberText } from './cell-text.ts';

/** Long digits lose their end as floating point; numbers with exponents are written out. */
const NEEDS_ITS_TEXT = /\d{16}|\d[eE][+-]?\d/;

/**
 * The fields of a JSON object as texts, numbers with all their digits, objects inside as `customer.phone`, lists as JSON;
 * null where the text is no object.
 */
export function fieldsOfJson(text: string): Map<string, string> | null {
  try {
    const value: unknown = NEEDS_ITS_TEXT.test(text) ? JSON.parse(text, withDigits) : JSON.parse(text);
    if (!isObject(value)) return null;
    const fields = new Map<string, string>();
    gather(value, '', fields);
    return fields;
  } catch {
    return null;
  }
}

function withDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return /[eE]/.test(context.source) ? numberText(context.source) : context.source;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function gather(object: Record<string, unknown>, before: string, fields: Map<string, string>): void {
  for (const [key, value] of Object.entries(object)) {
    const name = before + key;
    if (isObject(value)) gather(value, `${name}.`, fields);
    else fields.set(name, textOf(value));
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
