import type { FunnelNextRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { spanName } from '#lib/words/span.ts';
import { word } from '#lib/words/word.ts';
import type { Opened } from './bars.ts';
import { kindName } from './names.ts';
import type { Asked, BuilderQuestion } from './question.ts';

export type PathsView = {
  step: string;
  all: string;
  rows: { path: string; people: Opened; share: number; shareText: string; wait: string | null }[];
} | null;

/** What those who left at a step did next, the most frequent path first; null where nobody left. */
export function pathsView(
  locale: Locale,
  { at }: BuilderQuestion,
  asked: Asked,
  names: readonly string[],
  rows: readonly FunnelNextRow[],
): PathsView {
  const [first] = rows;
  if (first === undefined) return null;
  return {
    step: names[at - 1] ?? '',
    all: count(locale, first.all_people),
    rows: rows.map((row) => ({
      path:
        [row.first_kind, row.second_kind, row.third_kind]
          .flatMap((kind) => (kind === null ? [] : [kindName(locale, kind)]))
          .join(' → ') || word(locale, 'builder.paths.nothing'),
      people: {
        text: count(locale, row.people),
        href: figureLink(
          'funnel_next',
          'people',
          { ...asked, step_no: at },
          { first_kind: row.first_kind, second_kind: row.second_kind, third_kind: row.third_kind },
        ),
      },
      share: row.share,
      shareText: percent(locale, row.share),
      wait: row.median_seconds === null ? null : spanName(locale, row.median_seconds),
    })),
  };
}
