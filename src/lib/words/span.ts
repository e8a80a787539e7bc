import { count } from '#lib/ui/numbers.ts';
import type { Locale } from './locale.ts';
import { word } from './word.ts';

/** A number of seconds as it is said: in days from two days on, in hours from two hours on, else in minutes. Server only. */
export function spanName(locale: Locale, seconds: number): string {
  const [unit, size] = SIZES.find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  const n = seconds / size;
  return word(locale, `builder.span.${unit}`, {
    n: count(locale, n < 10 ? Math.round(n * 10) / 10 : Math.round(n)),
  });
}

const SIZES = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
