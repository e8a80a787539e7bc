import { visible } from '#lib/exports/visible.ts';
import type { BatchesRow } from '#lib/server/reports.gen.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { moment } from './moment.ts';
import { tableName } from './table-names.server.ts';

/** What became of the records of one file, as counts to read. */
export type BatchView = {
  batch: number;
  file: string;
  list: string;
  when: string;
  read: string;
  loaded: string;
  replaced: string;
  unchanged: string;
  superseded: string;
  rejected: string;
  rounded: string;
  hasRejects: boolean;
  hasRounded: boolean;
  /** Records that lost what the file has no column for; null where none did. */
  emptied: string | null;
  /** Records of people who were erased; null where there was none. */
  suppressed: string | null;
  withdrawn: boolean;
};

/** A row of the ledger for the page. */
export function batchView(locale: Locale, zone: string, row: BatchesRow): BatchView {
  const number = (value: number) => count(locale, value);
  return {
    batch: row.batch_id,
    file: fileName(row.file),
    list: tableName(locale, row.table_name),
    when: moment(locale, zone, row.imported_at),
    read: number(row.read),
    loaded: number(row.loaded),
    replaced: number(row.replaced),
    unchanged: number(row.unchanged),
    superseded: number(row.superseded),
    rejected: number(row.rejected),
    rounded: number(row.rounded),
    hasRejects: row.rejected > 0,
    hasRounded: row.rounded > 0,
    emptied: row.emptied_records === 0 ? null : number(row.emptied_records),
    suppressed: row.suppressed === 0 ? null : number(row.suppressed),
    withdrawn: row.withdrawn_at !== null,
  };
}

/** The name of a file without the folders that the command line notes. */
export function fileName(path: string): string {
  return visible(path.replace(/^.*[/\\]/s, ''));
}
