import Papa from 'papaparse';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { asCsv, asTyped } from '../reports/csv.ts';
import type { MendedRecord } from './mend.ts';
import type { Quarantined } from './quarantine.ts';

/** Columns of ours before those of the file: the number of the record, and what is wrong with it. */
const OWN = 2;

/**
 * Rejected records as CSV to mend in a spreadsheet: the record's number, what is wrong in words, and the file's own
 * columns. Of a record that could not be divided the text stands behind what is wrong.
 */
export function mendingCsv(
  locale: Locale,
  headers: readonly string[],
  records: readonly Quarantined[],
): string {
  const titles = [word(locale, 'mending.record'), word(locale, 'mending.problem'), ...headers];
  return asCsv(
    titles,
    records.map((record) => [record.line, problemText(locale, headers, record), ...record.cells]),
  );
}

/** What is wrong with a record, in words. */
export function problemText(locale: Locale, headers: readonly string[], record: Quarantined): string {
  const problems = record.problems.map(({ column, reason }) => {
    const text = word(locale, `reject.${reason}`);
    return column === null ? text : `${headers[column] ?? ''}: ${text}`;
  });
  return [...problems, ...(record.divided ? [] : [record.raw])].join('; ');
}

/**
 * Reads such a file back, whatever became of the column that says what is wrong; `name` is for the refusal.
 * Throws Refusal not_a_mending_file when its columns are not those of the batch or a record has lost its number.
 */
export function mendedRecords(name: string, text: string, headers: readonly string[]): MendedRecord[] {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const [titles = [], ...rows] = data;
  const own = titles.slice(OWN).map(asTyped);
  const isSame =
    own.length === headers.length && headers.every((header, at) => own[at]?.trim() === header.trim());
  if (!isSame) throw new Refusal('not_a_mending_file', { file: name, row: 1 });
  return rows.map(([line = '', , ...cells], at) => {
    if (!/^\s*[1-9]\d{0,14}\s*$/.test(line))
      throw new Refusal('not_a_mending_file', { file: name, row: at + 2 });
    return { line: Number(line), cells: cells.map((cell) => (cell === '' ? null : asTyped(cell))) };
  });
}
