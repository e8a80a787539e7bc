import Papa from 'papaparse';
import { Refusal } from '#lib/errors/refusal.ts';
import { knownHeaders } from './known-headers.ts';

const LOOKED_AT_FOR_ZEROS = 4096;
const SAMPLE = 500;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** What the first lines of a file tell: how to divide it, its headers and some records. */
export type Head = {
  delimiter: string;
  /** 13 in files that end lines with a bare carriage return. */
  newline: 10 | 13;
  columns: number;
  headers: string[];
  sample: string[][];
  /** Empty lines before the header. */
  skip: number;
};

/**
 * Reads the head of a UTF-8 CSV file from its first bytes; `whole` says that there are no others. The delimiter is the
 * one that gives most known headers, then most columns. The same on the server and in the browser.
 * Throws Refusal not_utf8, empty_file, header_only.
 */
export function headOf(file: string, bytes: Uint8Array, whole: boolean): Head {
  if (bytes.subarray(0, LOOKED_AT_FOR_ZEROS).includes(0)) throw new Refusal('not_utf8', { file, row: 1 });
  const lines = whole ? bytes : bytes.subarray(0, Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13), 0));
  const text = decoded(file, lines);
  const blank = /^(?:\r\n|\n|\r)*/.exec(text)?.[0] ?? '';
  const body = text.slice(blank.length);
  if (body.trim() === '') throw new Refusal('empty_file', { file });
  const [best] = DELIMITERS.map((delimiter) => ({
    delimiter,
    headers: rowsOf(body, delimiter, 1)[0] ?? [],
  })).sort(
    (a, b) => knownHeaders(b.headers) - knownHeaders(a.headers) || b.headers.length - a.headers.length,
  );
  const { delimiter, headers } = best ?? { delimiter: ',', headers: [] };
  const sample = rowsOf(body, delimiter, SAMPLE).slice(1);
  if (whole && sample.length === 0) throw new Refusal('header_only', { file });
  return {
    delimiter,
    headers: headers.map((header) => header.trim()),
    sample,
    skip: blank.split(/\r\n|\n|\r/).length - 1,
    newline: body.includes('\n') || !body.includes('\r') ? 10 : 13,
    columns: headers.length,
  };
}

function rowsOf(text: string, delimiter: string, most: number): string[][] {
  return Papa.parse<string[]>(text, { delimiter, preview: most, skipEmptyLines: true }).data;
}

/** The text without its byte-order mark. */
function decoded(file: string, bytes: Uint8Array): string {
  const text = utf8(bytes);
  if (text === undefined) throw new Refusal('not_utf8', { file, row: firstInvalidLine(bytes) });
  return text;
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function firstInvalidLine(bytes: Uint8Array): number {
  let line = 1;
  for (let from = 0, to = bytes.indexOf(10); to !== -1; from = to + 1, to = bytes.indexOf(10, from)) {
    if (utf8(bytes.subarray(from, to)) === undefined) break;
    line += 1;
  }
  return line;
}
