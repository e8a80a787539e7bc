import { z } from 'zod';
import type { Part } from './part.ts';

/** Encodings that files of shop owners come in. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'windows-1252',
  'latin1',
] as const;

/** What divides a record into columns. */
export const delimiters = [',', ';', '\t', '|'] as const;

/** Kinds of files that a list may be written in. */
export const formats = ['delimited', 'xlsx', 'json', 'ndjson', 'parquet', 'arrow'] as const;

export type Encoding = (typeof encodings)[number];
export type Delimiter = (typeof delimiters)[number];
export type Format = (typeof formats)[number];

/**
 * Where the headers stand: `first` is the number of the first header record, counted from 0; `rows` how many there are,
 * 0 where the columns have no headers and are called by their number.
 */
export const headerPlace = z.strictObject({
  first: z.int().nonnegative(),
  rows: z.int().min(0).max(10),
});
export type HeaderPlace = z.infer<typeof headerPlace>;

/** What a person decided about how a file is read; what is left out is found out. */
export const readingChoice = z.strictObject({
  /** The file inside an archive. */
  member: z.string().min(1).optional(),
  /** The sheet of a workbook. */
  sheet: z.string().min(1).optional(),
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  header: headerPlace.optional(),
  /** How many of the last records are no records of the table; 0 keeps every one. */
  footer: z.int().min(0).max(10_000).optional(),
});
export type ReadingChoice = z.infer<typeof readingChoice>;

/** How a file was read in the end, by choice or by what was found. */
export type Reading = {
  format: Format;
  packed: 'none' | 'gzip' | 'zip';
  member: string | null;
  members: string[];
  sheet: string | null;
  sheets: string[];
  /** What stands in the same file and was passed over without anybody having chosen what is read. */
  beside: Part[];
  encoding: Encoding | null;
  delimiter: string | null;
  header: HeaderPlace;
  /** Records after the table that are no records of it. */
  footer: number;
};
