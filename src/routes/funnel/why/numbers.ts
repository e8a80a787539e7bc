import { count, effect, money, percent, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { Figure } from './question.ts';

/** How the numbers of a figure are written: as they stand, and as differences of it with and without their unit. */
export type Writing = {
  whole: (value: string) => string;
  difference: (value: string) => string;
  bare: (value: string | number) => string;
};

/** The writing of a rate in per cent, of people, or of money. `currency` is the house's. Server only. */
export function writingOf(locale: Locale, currency: string, figure: Figure): Writing {
  if (figure === 'money')
    return {
      whole: (value) => money(locale, currency, value),
      difference: (value) => effect(locale, value),
      bare: (value) => effect(locale, String(value)),
    };
  const bare = (value: string | number) => signed(locale, Number(value));
  if (figure === 'people')
    return {
      whole: (value) => word(locale, 'change.people', { people: count(locale, Number(value)) }),
      difference: (value) => word(locale, 'change.people', { people: bare(value) }),
      bare,
    };
  return {
    whole: (value) => percent(locale, Number(value) / 100),
    difference: (value) => word(locale, 'change.points', { points: bare(value) }),
    bare,
  };
}

/** A difference with its sign, to the two decimals that effects are rounded to, so that they add up as they stand. */
function signed(locale: Locale, value: number): string {
  return points(locale, value / 100, 0.01);
}

/** A factor of an effect before or after: a share or rate, money of an order, or people. */
export function factorText(
  locale: Locale,
  currency: string,
  effectName: string,
  value: number | null,
): string {
  if (value === null) return '–';
  if (effectName === 'volume') return count(locale, value);
  return effectName === 'ticket' ? money(locale, currency, value.toFixed(2)) : percent(locale, value);
}
