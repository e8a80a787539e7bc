import { Refusal } from '#lib/errors/refusal.ts';
import { fieldsOfJson } from '../import/reading/json-record.ts';
import { isBlank, sign, stringEnd, valueEnd } from '../import/reading/json-values.ts';

/** One JSON answer: what it says, and the bytes that say it, since long digits lose their end as numbers. */
export type JsonPage = { value: unknown; bytes: Buffer };

/** A record of a page: its values, and its own text on one line. */
export type PageRecord = { value: object; text: string };

/** Throws Refusal source_answer where the bytes are no JSON. */
export function jsonPage(bytes: Buffer, host: string): JsonPage {
  try {
    return { value: JSON.parse(bytes.toString('utf8')) as unknown, bytes };
  } catch (error) {
    throw new Refusal('source_answer', { host, expected: 'JSON' }, error);
  }
}

/** The records of the list at `path` (names between dots), or of the page itself; null where no list of objects stands. */
export function recordsOf({ value, bytes }: JsonPage, path: string | undefined): PageRecord[] | null {
  const found = path === undefined ? value : valueAt(value, path);
  const from = path === undefined ? shown(bytes, 0) : placeOf(bytes, path);
  if (from === null || !Array.isArray(found) || !found.every(isObject)) return null;
  const texts = textsIn(bytes, from);
  return found.map((record, at) => ({ value: record, text: texts[at] ?? '' }));
}

/** The text or number at `path` of a page, with all its digits; null where there is none. */
export function textOfPage({ value, bytes }: JsonPage, path: string): string | null {
  const found = valueAt(value, path);
  const from = placeOf(bytes, path);
  if (from === null || typeof found !== 'number') return typeof found === 'string' ? found : null;
  return bytes.toString('utf8', from, endOf(bytes, from));
}

/** The text or number in a field of a record, with all its digits; null where there is none. */
export function textOfRecord({ value, text }: PageRecord, field: string): string | null {
  const found = valueAt(value, field);
  if (typeof found !== 'number') return typeof found === 'string' ? found : null;
  return fieldsOfJson(text)?.get(field) ?? null;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (so, name) => (isObject(so) ? (so as Readonly<Record<string, unknown>>)[name] : undefined),
      value,
    );
}

/** Where the value at `path` begins; null where objects do not lead there. */
function placeOf(bytes: Buffer, path: string): number | null {
  return path
    .split('.')
    .reduce<number | null>(
      (from, name) => (from === null ? null : memberOf(bytes, from, name)),
      shown(bytes, 0),
    );
}

/** As `JSON.parse` has it, the last of several members of one name counts. */
function memberOf(bytes: Buffer, from: number, name: string): number | null {
  if (bytes[from] !== sign.open) return null;
  let found: number | null = null;
  let at = shown(bytes, from + 1);
  while (bytes[at] === sign.quote) {
    const keyEnd = stringEnd(bytes, at + 1) + 1;
    const value = shown(bytes, shown(bytes, keyEnd) + 1);
    if (JSON.parse(bytes.toString('utf8', at, keyEnd)) === name) found = value;
    at = shown(bytes, endOf(bytes, value));
    if (bytes[at] === sign.comma) at = shown(bytes, at + 1);
  }
  return found;
}

/** Line ends stand only between the signs of JSON, never within its strings. */
function textsIn(bytes: Buffer, list: number): string[] {
  const texts: string[] = [];
  let at = shown(bytes, list + 1);
  while (at < bytes.length && bytes[at] !== sign.end) {
    const end = endOf(bytes, at);
    texts.push(bytes.toString('utf8', at, end).replace(/[\r\n]+/g, ' '));
    at = shown(bytes, end);
    if (bytes[at] === sign.comma) at = shown(bytes, at + 1);
  }
  return texts;
}

function endOf(bytes: Buffer, from: number): number {
  const first = bytes[from];
  if (first === sign.quote) return stringEnd(bytes, from + 1) + 1;
  if (first === sign.open || first === sign.begin) return valueEnd(bytes, from) ?? bytes.length;
  let at = from;
  while (at < bytes.length && !isOver(bytes[at] ?? 0)) at += 1;
  return at;
}

const isOver = (byte: number): boolean =>
  byte === sign.comma || byte === sign.close || byte === sign.end || isBlank(byte);

function shown(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && isBlank(bytes[at] ?? 0)) at += 1;
  return at;
}
