import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** A size in bytes for the eye: 812 B, 1.2 kB, 34 MB. */
export function bytes(locale: Locale, size: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(size, 1)) / 3), UNITS.length - 1);
  const value = size / 1000 ** step;
  return `${count(locale, value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ${UNITS[step]}`;
}
