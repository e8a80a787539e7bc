import { delimiters, encodings } from '#lib/exports/reading.ts';
import type { Reading } from '#lib/exports/reading.ts';
import { visible } from '#lib/exports/visible.ts';
import type { DraftFile, Seen } from '#lib/server/import/drafts/draft.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { NO_HEADER } from './field-names.ts';

export type Option = { value: string; label: string };

/** Something about how a file is read that may be chosen otherwise; `name` is its key among `draft.read.…`. */
export type Choosing = { name: string; label: string; value: string; options: Option[] };

/** Rows of the file's start that may be the header, and how many a header may have. */
const ROWS = 15;
const HEADER_ROWS = [1, 2, 3];
const LONGEST = 48;

/** What can be chosen about how a file is read, in the order of the reading. */
export function readingPicks(locale: Locale, { look }: DraftFile): Choosing[] {
  const choosing = (name: string, value: string | null, options: Option[]): Choosing[] =>
    options.length < 2
      ? []
      : [{ name, label: word(locale, `draft.read.${name}`), value: value ?? '', options }];
  if (look.kind === 'refused')
    return look.refusal.code === 'undecodable' || look.refusal.code === 'not_text'
      ? choosing('encoding', '', [{ value: '', label: '–' }, ...encodingOptions(locale, encodings)])
      : [];
  const { reading } = look.inspection;
  const plain = (names: readonly string[]) => names.map((value) => ({ value, label: visible(value) }));
  return [
    ...choosing('member', reading.member, plain(reading.members)),
    ...choosing('sheet', reading.sheet, plain(reading.sheets)),
    ...choosing('encoding', reading.encoding, encodingOptions(locale, look.inspection.encodings)),
    ...choosing('delimiter', reading.delimiter, reading.delimiter === null ? [] : delimiterOptions(locale)),
    ...(hasHeader(reading)
      ? [
          ...choosing('header', headerOf(reading), headerOptions(locale, look)),
          ...choosing('rows', String(reading.header.rows), rowsOptions(locale, reading)),
        ]
      : []),
    ...choosing('footer', String(reading.footer), footerOptions(locale, reading)),
  ];
}

const encodingOptions = (
  locale: Locale,
  list: Seen['inspection']['encodings'] | typeof encodings,
): Option[] => list.map((value) => ({ value, label: word(locale, `draft.encoding.${value}`) }));

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

const delimiterOptions = (locale: Locale): Option[] =>
  delimiters.map((value) => ({ value, label: word(locale, `draft.delimiter.${delimiterNames[value]}`) }));

const hasHeader = ({ format }: Reading): boolean => format === 'delimited' || format === 'xlsx';

const headerOf = ({ header: { first, rows } }: Reading): string => (rows === 0 ? NO_HEADER : String(first));

function headerOptions(locale: Locale, { inspection: { start, reading } }: Seen): Option[] {
  const shown = start.slice(0, Math.max(ROWS, reading.header.first + 1)).map((cells, at) => ({
    value: String(at),
    label: word(locale, 'draft.header.row', { row: count(locale, at + 1), cells: cellsText(cells) }),
  }));
  return [...shown, { value: NO_HEADER, label: word(locale, 'draft.header.none') }];
}

function cellsText(cells: readonly string[]): string {
  const text = visible(
    cells
      .map((cell) => cell.trim())
      .filter(Boolean)
      .join(' · '),
  );
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function rowsOptions(locale: Locale, { header: { rows } }: Reading): Option[] {
  if (rows === 0) return [];
  return [...new Set([...HEADER_ROWS, rows])].map((value) => ({
    value: String(value),
    label: word(locale, 'draft.header.rows', { count: value }),
  }));
}

/** A footer that was found may be kept as records; one that was kept may be found again by reading the file anew. */
function footerOptions(locale: Locale, { footer }: Reading): Option[] {
  if (footer === 0) return [];
  return [
    { value: String(footer), label: word(locale, 'draft.footer.out', { count: footer }) },
    { value: '0', label: word(locale, 'draft.footer.kept') },
  ];
}
