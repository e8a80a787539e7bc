import { TOO_FEW } from '#lib/access/too-few.ts';
import type { Locale } from '#lib/words/locale.ts';
import { hasWord, word } from '#lib/words/word.ts';

/** A field by which figures may be divided, in the reader's language; an unknown column keeps its own name. Server only. */
export function fieldName(locale: Locale, field: string): string {
  const key = `segment.${field}`;
  return hasWord(key) ? word(locale, key) : field;
}

/** A value of a field as it is shown: its word where it has one, itself, "not stated", or "too few". Server only. */
export function valueName(locale: Locale, field: string, value: string | null): string {
  if (value === null) return word(locale, 'segment.missing');
  if (value === TOO_FEW) return word(locale, 'segment.too_few');
  const key = `segment.${field}.${value}`;
  return hasWord(key) ? word(locale, key) : value;
}

/** A filter entry field=value as it is shown. Server only. */
export function filterName(locale: Locale, entry: string): string {
  const at = entry.indexOf('=');
  const [field, value] = [entry.slice(0, at), entry.slice(at + 1)];
  return `${fieldName(locale, field)}: ${valueName(locale, field, value === '' ? null : value)}`;
}
