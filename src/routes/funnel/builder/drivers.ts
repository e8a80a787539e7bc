import type { FunnelDriversRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, ratio } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { fieldName } from '../../segment-words.ts';
import type { BuilderAnswers } from './answers.server.ts';
import type { Opened } from './bars.ts';
import { namedValue } from './names.ts';
import type { BuilderQuestion } from './question.ts';

export type DriverRow = {
  key: string;
  name: string;
  value: string;
  hits: Opened;
  base: Opened;
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
export function driversView(
  locale: Locale,
  { fromStep, toStep }: BuilderQuestion,
  { asked, staff }: Pick<BuilderAnswers, 'asked' | 'staff'>,
  rows: readonly FunnelDriversRow[],
): DriversView {
  const judged = rows.filter(({ verdict }) => verdict !== 'too_few');
  const shown = judged.slice(0, SHOWN);
  const range = (low: number, high: number) => `${ratio(locale, low)}–${ratio(locale, high)}`;
  const opened = (row: FunnelDriversRow, column: 'hits' | 'base'): Opened => ({
    text: count(locale, row[column]),
    href: figureLink(
      'funnel_drivers',
      column,
      { ...asked, from_step: fromStep, to_step: toStep },
      { field: row.field, value: row.value },
    ),
  });
  return {
    more: judged.length > shown.length ? count(locale, judged.length - shown.length) : null,
    rows: shown.map((row) => ({
      key: `${row.field}=${row.value}`,
      name: fieldName(locale, row.field),
      value: namedValue(locale, staff, row.field, row.value),
      hits: opened(row, 'hits'),
      base: opened(row, 'base'),
      odds: ratio(locale, row.odds_ratio),
      interval: range(row.odds_low, row.odds_high),
      adjusted: row.adjusted_odds === null ? '—' : ratio(locale, row.adjusted_odds),
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
