import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { Part } from './part.ts';
import { visible } from './visible.ts';

/** What a part of a file is called, with how many rows it has or why it is no list. */
export function partLabel(locale: Locale, { kind, name, rows, is }: Part): string {
  const part = word(locale, `part.${kind}`, { name: visible(name) });
  const known = [
    is === 'list' || is === 'other' ? [] : word(locale, `part.${is}`),
    rows === null ? [] : word(locale, 'part.rows', { count: rows.toLocaleString(locale) }),
  ].flat();
  if (known.length === 0) return part;
  return word(locale, 'part.with', { part, what: known.join(word(locale, 'part.and')) });
}

/** Parts that are named one by one; of more it is said how many. */
const NAMED = 20;

/** Parts one after the other. */
export function partLabels(locale: Locale, parts: readonly Part[]): string {
  const named = parts.slice(0, NAMED).map((part) => partLabel(locale, part));
  const more = parts.length - named.length;
  const all = more === 0 ? named : [...named, word(locale, 'part.more', { count: more })];
  return all.join(word(locale, 'part.and'));
}

/** The parts of a file that were not read, in one sentence. */
export function notImported(locale: Locale, file: string, parts: readonly Part[]): string {
  return word(locale, 'part.not_imported', { file, parts: partLabels(locale, parts) });
}
