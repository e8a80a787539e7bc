import { basename } from 'node:path';
import { visible } from '#lib/exports/visible.ts';
import type { ImportSummary } from '#lib/server/import/import-files.ts';
import { asCsv } from '#lib/server/reports/csv.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { Format } from './commands.ts';
import { asTable } from './table-text.ts';

const columns = [
  'file',
  'table',
  'batch',
  'read',
  'loaded',
  'replaced',
  'unchanged',
  'superseded',
  'rejected',
] as const;

/** What stands there where somebody was erased. */
const beside = ['suppressed'] as const;

/** What became of the records of each list, as it is printed. */
export function summariesOut(summaries: readonly ImportSummary[], format: Format, locale: Locale): string {
  if (format === 'json') return `${JSON.stringify(summaries, null, 2)}\n`;
  const isSuppressed = summaries.some(({ suppressed = 0 }) => suppressed > 0);
  const shown = isSuppressed ? [...columns, ...beside] : columns;
  const rows = summaries.map((summary) =>
    shown.map((column) => (column === 'file' ? nameOf(summary.file) : (summary[column] ?? 0))),
  );
  if (format === 'csv') return asCsv(shown, rows);
  const titles = shown.map((column) => word(locale, `import.${column}`));
  return asTable(titles, rows);
}

/** A file's name as it may be shown in a terminal. */
export const nameOf = (file: string): string => visible(basename(file));
