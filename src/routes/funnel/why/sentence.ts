import type { PeriodChangeRow } from '#lib/server/reports.gen.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { valueName } from '../../segment-words.ts';
import { factorText } from './numbers.ts';
import type { Writing } from './numbers.ts';

/**
 * The biggest change that is more than noise in a sentence: which segment, mix or rate, how much, with its interval; that there
 * is none; or why nothing can be said. Server only.
 */
export function findSentence(
  locale: Locale,
  currency: string,
  by: string,
  rows: readonly PeriodChangeRow[],
  { difference, bare }: Writing,
): string {
  const first = rows.find(({ called_no: place }) => place === 1);
  if (first) {
    const { effect, segment, factor_before: before, factor_after: after, amount } = first;
    return word(locale, `change.find.${effect}`, {
      segment: valueName(locale, by, segment),
      before: factorText(locale, currency, effect, before),
      after: factorText(locale, currency, effect, after),
      amount: difference(amount),
      range: word(locale, 'change.range', {
        low: bare(first.amount_low ?? 0),
        high: bare(first.amount_high ?? 0),
      }),
    });
  }
  if (rows.some(({ verdict }) => verdict === 'within_noise')) return word(locale, 'change.find.none');
  const [said] = rows;
  return said === undefined
    ? word(locale, 'change.none')
    : word(locale, 'change.find.unsaid', { reason: verdictText(locale, said.verdict) });
}

/** What can be said of an effect. Server only. */
export function verdictText(locale: Locale, verdict: string): string {
  return word(locale, verdict === 'known_after' ? 'change.verdict.known_after' : `verdict.${verdict}`);
}
