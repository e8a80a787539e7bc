import type { NewShareRow } from '#lib/server/reports.gen.ts';
import { period } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, percent, percentRange } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

/** The years of twelve months, the latest first, each with what it brought and what it lost. */
export function yearsOf(locale: Locale, where: readonly string[], rows: readonly NewShareRow[]) {
  return rows
    .filter(({ active, new_people }) => active > 0 || new_people > 0)
    .map((row) => {
      const link = (column: string) =>
        figureLink('new_share', column, { where }, { segment: 'all', starts_on: row.starts_on });
      return {
        name: period(locale, row.starts_on, row.ends_on),
        active: count(locale, row.active),
        people: count(locale, row.new_people),
        share: row.new_share === null ? null : percent(locale, row.new_share),
        lost: count(locale, row.lost),
        lostShare: row.lost_share === null ? null : percent(locale, row.lost_share),
        lostRange:
          row.lost_low === null || row.lost_high === null
            ? null
            : percentRange(locale, row.lost_low, row.lost_high),
        wonBack: count(locale, row.won_back),
        activeEnd: count(locale, row.active_end),
        below: row.below_rule,
        shrinks: row.shrinks,
        whole: row.whole_history,
        lifeSpan: row.life_span_months,
        href: {
          active: link('active'),
          people: link('new_people'),
          share: link('new_share'),
          lost: link('lost_share'),
        },
      };
    });
}
