import { fieldsOf } from '#lib/exports/tables.ts';
import { isAgreed } from '#lib/server/import/drafts/draft.ts';
import type { Agreed, CheckedList, Seen } from '#lib/server/import/drafts/draft.ts';
import { inOneLine, visible } from '#lib/exports/visible.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { defaultLabel, lossName } from '#lib/server/import/loss-names.ts';
import { tableName } from '../../table-names.server.ts';

/** What standing records of a list would lose: a question that is open until somebody has agreed. */
export type LossesView = {
  /** The place of the list among those of the file, and what it is called. */
  at: number;
  list: string;
  isOpen: boolean;
  isAtMost: boolean;
  /** What is agreed to when the box is ticked. */
  value: string;
  /**
   * `such`: the keys of some of the records, null where they are not known; `value`: what it goes back to, null where it
   * becomes empty; `canChoose`: a column can be named for it.
   */
  fields: {
    field: string;
    label: string;
    count: string;
    such: string | null;
    value: string | null;
    canChoose: boolean;
  }[];
};

/** The questions about what a file would empty, one for each list that it feeds and that would lose something. */
export function lossesViews(locale: Locale, { check }: Seen, agreed: Agreed): LossesView[] {
  if (check.kind !== 'read') return [];
  return check.lists.flatMap((list, at) => {
    const view = lossesView(locale, list, agreed);
    return view.fields.length === 0 ? [] : [{ at, ...view }];
  });
}

function lossesView(
  locale: Locale,
  { table, losses: { isAtMost, fields } }: CheckedList,
  agreed: Agreed,
): Omit<LossesView, 'at'> {
  const known = new Set(fieldsOf(table).map(({ name }) => name));
  return {
    list: tableName(locale, table),
    isOpen: !isAgreed(agreed[table], fields),
    isAtMost,
    value: JSON.stringify(Object.fromEntries(fields.map(({ field, records }) => [field, records]))),
    fields: fields.map(({ field, records, keys }) => ({
      field,
      label: lossName(locale, table, field),
      count: count(locale, records),
      such:
        keys.length === 0 ? null : keys.map((key) => visible(inOneLine(key))).join(word(locale, 'part.and')),
      value: defaultLabel(locale, table, field),
      canChoose: known.has(field),
    })),
  };
}
