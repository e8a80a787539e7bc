import type { DuplicatesRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { amount, count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { tableName } from './table-names.server.ts';

/** One way in which rows seem to stand there twice: how often, and what would be too much. */
export type Twice = {
  kind: string;
  what: string;
  list: string;
  groups: string;
  link: string;
  extra: string;
  amount: string | null;
};

/** The kinds of which something was found. */
export function twiceView(locale: Locale, currency: string, rows: readonly DuplicatesRow[]): Twice[] {
  return rows
    .filter((row) => row.rows > 0)
    .map((row) => ({
      kind: row.kind,
      what: word(locale, `code.kind.${row.kind}`),
      list: tableName(locale, row.table_name),
      groups: count(locale, row.groups),
      link: figureLink('duplicates', 'groups', {}, { kind_no: row.kind_no }),
      extra: count(locale, row.extra_rows),
      amount: row.extra_amount === null ? null : amount(locale, currency, row.extra_amount),
    }));
}
