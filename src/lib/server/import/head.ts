import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import Papa from 'papaparse';
import { Refusal } from '#lib/errors/refusal.ts';
import { knownHeaders } from '#lib/exports/recognise.ts';
import type { Division } from './records.ts';

const HEAD = 1 << 18;
const SAMPLE = 500;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** What the first lines of a file tell: how to read the rest, its headers and some records. */
export type Head = Division & {
  headers: string[];
  sample: string[][];
  /** Empty lines before the header. */
  skip: number;
};

/**
 * Reads the head of a UTF-8 file. The delimiter is the one that gives most known headers, then most columns.
 * Throws Refusal not_utf8, empty_file, header_only.
 */
export async function readHead(path: string, name: string): Promise<Head> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
  const whole = bytesRead < HEAD;
  const bytes = buffer.subarray(0, bytesRead);
  const complete = whole
    ? bytes
    : bytes.subarray(0, Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13), 0));
  if (!isUtf8(complete)) throw new Refusal('not_utf8', { file: name, row: firstInvalidLine(complete) });
  const text = complete.toString('utf8').replace(/^\ufeff/, '');
  const blank = /^(?:\r\n|\n|\r)*/.exec(text)?.[0] ?? '';
  const body = text.slice(blank.length);
  if (body.trim() === '') throw new Refusal('empty_file', { file: name });
  const [best] = DELIMITERS.map((delimiter) => ({
    delimiter,
    headers: rowsOf(body, delimiter, 1)[0] ?? [],
  })).sort(
    (a, b) => knownHeaders(b.headers) - knownHeaders(a.headers) || b.headers.length - a.headers.length,
  );
  const { delimiter, headers } = best ?? { delimiter: ',', headers: [] };
  const sample = rowsOf(body, delimiter, SAMPLE).slice(1);
  if (whole && sample.length === 0) throw new Refusal('header_only', { file: name });
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

function firstInvalidLine(bytes: Buffer): number {
  let line = 1;
  for (let from = 0, to = bytes.indexOf(10); to !== -1; from = to + 1, to = bytes.indexOf(10, from)) {
    if (!isUtf8(bytes.subarray(from, to))) break;
    line += 1;
  }
  return line;
}
