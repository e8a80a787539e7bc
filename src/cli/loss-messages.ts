import type { TableName } from '#lib/exports/tables.ts';
import type { Emptied } from '#lib/server/import/emptied.ts';
import { defaultLabel, lossName } from '#lib/server/import/loss-names.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { nameOf } from './summaries.ts';

/** What records that stand lose to lists, `emptied` in the order of the lists: a line for each field. */
export function lossMessages(
  lists: readonly { file: string; table: TableName }[],
  emptied: readonly (readonly Emptied[])[],
  locale: Locale,
): string[] {
  return lists.flatMap(({ file, table }, at) =>
    (emptied[at] ?? []).map(({ field, records: count }) => {
      const said = { file: nameOf(file), field: lossName(locale, table, field), count };
      const value = defaultLabel(locale, table, field);
      return value === null
        ? word(locale, 'command.emptied', said)
        : word(locale, 'command.back_to_default', { ...said, value });
    }),
  );
}
