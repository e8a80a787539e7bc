import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** How the columns of the matrix are called: +1, or the days since the start of a bracket, e.g. 30–89 d. */
export function columnNames(locale: Locale, days: string | null): (column: number) => string {
  if (days === null) return (column) => `+${column}`;
  const bounds = days.split(',').map(Number);
  return (column) => {
    const [from, next] = [bounds[column - 1], bounds[column]];
    return from === undefined || next === undefined
      ? `+${column}`
      : word(locale, 'retention.days', { from, to: next - 1 });
  };
}
