import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Head } from '#lib/exports/head.ts';
import { lineOf } from './cells.ts';
import { goOn } from './watch.ts';
import type { Desk } from './watch.ts';

const SAMPLE = 500;
const BUNDLE = 1 << 18;

/**
 * Writes records into a plain list in the desk's folder, as they come.
 * Throws Refusal header_only, disk_full, query_cancelled and what the records throw.
 */
export async function plainRows(
  desk: Desk,
  headers: string[],
  records: AsyncIterable<string[]> | Iterable<string[]>,
): Promise<{ path: string; head: Head }> {
  const path = join(desk.folder, 'list.csv');
  const named = headers.map((header) => header.replaceAll('\0', ''));
  const sample: string[][] = [];
  async function* lines() {
    let bundle = lineOf(named, ',');
    for await (const record of records) {
      if (sample.length < SAMPLE) sample.push(record);
      bundle += lineOf(record, ',');
      if (bundle.length < BUNDLE) continue;
      goOn(desk);
      yield bundle;
      bundle = '';
    }
    yield bundle;
  }
  await saved(lines(), path);
  if (sample.length === 0) throw new Refusal('header_only', { file: desk.name });
  return {
    path,
    head: { delimiter: ',', columns: named.length, headers: named, sample, skip: 0, newline: 10 },
  };
}

/** Writes pieces into a file. Throws Refusal disk_full and what the pieces throw. */
export async function saved(pieces: AsyncIterable<string | Buffer>, path: string): Promise<void> {
  await pipeline(pieces, createWriteStream(path)).catch((error: unknown) => {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw isFull ? new Refusal('disk_full', {}, error) : error;
  });
}
