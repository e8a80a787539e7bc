import { partLabel } from '#lib/exports/part-label.ts';
import { visible } from '#lib/exports/visible.ts';
import type { Draft } from '#lib/server/import/drafts/draft.ts';
import type { Locale } from '#lib/words/locale.ts';

/** What stands in an archive or a workbook and is not imported; `isList`: it can be taken in. */
export type AsideView = { file: string; parts: { id: string; label: string; isList: boolean }[] };

/** Of a draft, by the files that were handed in. */
export function asideView(locale: Locale, { aside }: Pick<Draft, 'aside'>): AsideView[] {
  return [...new Set(aside.map(({ of }) => of))].map((file) => ({
    file: visible(file),
    parts: aside
      .filter(({ of }) => of === file)
      .map((part) => ({ id: part.id, label: partLabel(locale, part), isList: part.choice !== null })),
  }));
}
