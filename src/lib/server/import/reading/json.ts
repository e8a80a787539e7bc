import type { Head } from '#lib/exports/head.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { chunksOf } from './file.ts';
import { fieldsOfJson } from './json-record.ts';
import type { JsonShape } from './json-shape.ts';
import { textsOf } from './json-texts.ts';
import { plainRows } from './rows.ts';
import type { TextFile } from './text.ts';
import { asUtf8 } from './transcode.ts';
import { goOn } from './watch.ts';
import type { Desk } from './watch.ts';

/**
 * A JSON file as a plain list: a column for each field that any of its records has, in the order in which they come. Of a
 * file with one record a line a broken line stays a record, of one cell, so that it is rejected and not lost.
 * Throws Refusal bad_json, empty_file, too_many_columns, record_too_long, undecodable, header_only, disk_full,
 * query_cancelled.
 */
export async function plainJson(
  desk: Desk,
  file: TextFile,
  shape: JsonShape,
): Promise<{ path: string; head: Head }> {
  const headers = await headersIn(desk, file, shape);
  async function* records() {
    for await (const { text, fields } of recordsOf(desk, file, shape))
      yield fields === null ? [text] : headers.map((header) => fields.get(header) ?? '');
  }
  return plainRows(desk, headers, records());
}

/** The first records of a JSON file, with the headers they have. */
export async function jsonSample(
  desk: Desk,
  file: TextFile,
  shape: JsonShape,
  most: number,
): Promise<string[][]> {
  const found: Map<string, string>[] = [];
  for await (const { fields } of recordsOf(desk, file, shape)) {
    if (fields !== null) found.push(fields);
    if (found.length === most) break;
  }
  const headers = [...new Set(found.flatMap((fields) => [...fields.keys()]))];
  return [headers, ...found.map((fields) => headers.map((header) => fields.get(header) ?? ''))];
}

/** Throws where no record has a field: bad_json for the first that is broken, else empty_file. */
async function headersIn(desk: Desk, file: TextFile, shape: JsonShape): Promise<string[]> {
  const headers = new Set<string>();
  let row = 0;
  let broken: number | null = null;
  for await (const { fields } of recordsOf(desk, file, shape)) {
    row += 1;
    if (fields === null) broken ??= row;
    for (const name of fields?.keys() ?? []) headers.add(name);
    if (headers.size > desk.limits.columns)
      throw new Refusal('too_many_columns', { file: desk.name, limit: desk.limits.columns });
  }
  if (headers.size > 0 || row === 0) return [...headers];
  throw broken === null
    ? new Refusal('empty_file', { file: desk.name })
    : new Refusal('bad_json', { file: desk.name, row: broken });
}

async function* recordsOf(desk: Desk, file: TextFile, shape: JsonShape) {
  const utf8 = asUtf8(chunksOf(desk.name, file.path), file.encoding, desk.name);
  let row = 0;
  for await (const text of textsOf(utf8, shape, desk)) {
    row += 1;
    const fields = fieldsOfJson(text);
    if (fields === null && shape.format === 'json') throw new Refusal('bad_json', { file: desk.name, row });
    goOn(desk);
    yield { text, fields };
  }
}
