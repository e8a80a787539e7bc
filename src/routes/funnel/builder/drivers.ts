import { count, measure } from '#lib/ui/numbers.ts';
import type { FunnelDriversRow } from '#lib/server/reports.gen.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { fieldName } from '../../segment-words.ts';
import { eventValueName } from './names.ts';

export type DriverRow = {
  key: string;
  name: string;
  value: string;
  hits: string;
  base: string;
  odds: string;
  interval: string;
  /** Within channel and store; a dash where these leave nothing to compare. */
  adjusted: string;
  adjustedInterval: string | null;
  verdict: string;
  isCalled: boolean;
  standsIn: boolean;
};

export type DriversView = { rows: DriverRow[]; more: string | null };

/** Values that are shown; the files have all. */
const SHOWN = 12;

/** The values that go with going on, those first that tell most. */
export function driversView(locale: Locale, rows: readonly FunnelDriversRow[]): DriversView {
  const judged = rows.filter(({ verdict }) => verdict !== 'too_few');
  const shown = judged.slice(0, SHOWN);
  const range = (low: number, high: number) => `${measure(locale, low)}–${measure(locale, high)}`;
  return {
    more: judged.length > shown.length ? count(locale, judged.length - shown.length) : null,
    rows: shown.map((row) => ({
      key: `${row.field}=${row.value}`,
      name: fieldName(locale, row.field),
      value: eventValueName(locale, row.field, row.value),
      hits: count(locale, row.hits),
      base: count(locale, row.base),
      odds: measure(locale, row.odds_ratio),
      interval: range(row.odds_low, row.odds_high),
      adjusted: row.adjusted_odds === null ? '—' : measure(locale, row.adjusted_odds),
      adjustedInterval:
        row.adjusted_low === null || row.adjusted_high === null
          ? null
          : range(row.adjusted_low, row.adjusted_high),
      verdict: word(locale, `builder.verdict.${row.verdict}`),
      isCalled: row.verdict === 'more_than_noise',
      standsIn: row.verdict === 'more_than_noise' && row.stands_in,
    })),
  };
}
