import { delimiters, encodings } from '#lib/exports/reading.ts';
import type { Reading, ReadingChoice } from '#lib/exports/reading.ts';
import { visible } from '#lib/exports/visible.ts';
import type { DraftFile, Seen } from '#lib/server/import/drafts/draft.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { AUTOMATIC, NO_HEADER } from './field-names.ts';

export type Option = { value: string; label: string };

/**
 * Something about how a file is read that may be chosen otherwise; `name` is its key among `draft.read.…`. `isChosen`: by a
 * person.
 */
export type Choosing = {
  name: string;
  label: string;
  value: string;
  options: Option[];
  isChosen: boolean;
};

/** Rows of the file's start that may be the header, how many a header may have, and lines below that may be left out. */
const ROWS = 15;
const HEADER_ROWS = [1, 2, 3];
const FOOTERS = [0, 1, 2, 3, 4, 5];
const LONGEST = 48;

/** What can be chosen about how a file is read, in the order of the reading. */
export function readingPicks(locale: Locale, { look, choice }: DraftFile): Choosing[] {
  const choosing = (name: keyof ReadingChoice | 'rows', value: string | null, options: Option[]) => {
    const isChosen = choice[name === 'rows' ? 'header' : name] !== undefined;
    const automatic = { value: AUTOMATIC, label: word(locale, 'draft.automatic') };
    const pick: Choosing = {
      name,
      label: word(locale, `draft.read.${name}`),
      value: value ?? '',
      options: isChosen ? [...options, automatic] : options,
      isChosen,
    };
    return options.length < 2 ? [] : [pick];
  };
  if (look.kind === 'unseen') return [];
  if (look.kind === 'refused')
    return look.refusal.code === 'undecodable' || look.refusal.code === 'not_text'
      ? choosing('encoding', '', [{ value: '', label: '–' }, ...encodingOptions(locale, encodings)])
      : [];
  const { reading } = look.inspection;
  return [
    ...choosing('encoding', reading.encoding, encodingOptions(locale, look.inspection.encodings)),
    ...choosing('delimiter', reading.delimiter, reading.delimiter === null ? [] : delimiterOptions(locale)),
    ...(hasHeader(reading)
      ? [
          ...choosing('header', headerOf(reading), headerOptions(locale, look)),
          ...choosing('rows', String(reading.header.rows), rowsOptions(locale, reading)),
          ...choosing('footer', String(reading.footer), footerOptions(locale, reading)),
        ]
      : []),
  ];
}

/** How a file is read, in few words: its format, or of a table its encoding, its delimiter, where its headers stand and what is left out below. */
export function readingSummary(locale: Locale, file: DraftFile): string {
  if (file.look.kind !== 'seen') return '';
  const { reading } = file.look.inspection;
  if (!hasHeader(reading)) return word(locale, `data.format.${reading.format}`);
  const { encoding, delimiter, header, footer } = reading;
  const mark = delimiters.find((one) => one === delimiter);
  return [
    ...(encoding === null ? [] : [word(locale, `draft.encoding.${encoding}`)]),
    ...(mark === undefined ? [] : [word(locale, `draft.delimiter.${delimiterNames[mark]}`)]),
    header.rows === 0
      ? word(locale, 'draft.header.none')
      : word(locale, 'draft.header.place', { row: count(locale, header.first + 1) }),
    ...(footer === 0 ? [] : [word(locale, 'draft.footer.out', { count: footer })]),
  ].join(' · ');
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

function footerOptions(locale: Locale, { footer }: Reading): Option[] {
  return [...new Set([...FOOTERS, footer])].map((lines) => ({
    value: String(lines),
    label:
      lines === 0 ? word(locale, 'draft.footer.kept') : word(locale, 'draft.footer.out', { count: lines }),
  }));
}
