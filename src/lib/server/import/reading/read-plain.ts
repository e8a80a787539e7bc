import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Head } from '#lib/exports/head.ts';
import type { Reading, ReadingChoice } from '#lib/exports/reading.ts';
import { plainArrow } from './arrow.ts';
import { plainTable } from './delimited.ts';
import { chunksOf } from './file.ts';
import { plainJson } from './json.ts';
import { lookAt } from './look.ts';
import type { Look } from './look.ts';
import { plainParquet } from './parquet.ts';
import { deskFor, goOn } from './watch.ts';
import type { Desk, Watch } from './watch.ts';
import { plainSheet } from './workbook.ts';

/** A file that someone handed in: what it is called for people, and where it lies. */
export type Handed = { name: string; path: string };

/**
 * A list that DuckDB and our own counting reader both understand: a UTF-8 CSV file that begins with its headers; what
 * its head tells; how the file that was handed in was read, and its SHA-256 (hexadecimal) where it is another file.
 */
export type PlainList = { path: string; head: Head; reading: Reading; hash: string | null };

/** `uneven` says that a file read before mixes line ends: it is written anew whatever its start looks like. */
export type PlainWatch = Watch & { uneven?: boolean | undefined };

/**
 * Makes a plain list of a file in any format and encoding. What is not plain already is written anew into a folder of
 * its own within `folder`, which the caller removes. Memory is bounded whatever the file holds.
 * Throws Refusal (see `src/lib/errors/codes.ts`, files; disk_full, query_cancelled).
 */
export async function readPlain(
  handed: Handed,
  choice: ReadingChoice | undefined,
  folder: string,
  watch: PlainWatch = {},
): Promise<PlainList> {
  const own = await mkdtemp(join(folder, 'reading-'));
  const desk = deskFor(handed.name, own, watch);
  try {
    const list = await plainList(desk, handed.path, choice ?? {}, watch);
    const hash = list.path === handed.path ? null : await hashOf(desk, handed.path);
    return { ...list, hash, path: await reachable(desk, list.path) };
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw error;
  }
}

async function plainList(
  desk: Desk,
  path: string,
  choice: ReadingChoice,
  { onBytes, uneven = false }: PlainWatch,
): Promise<Omit<PlainList, 'hash'>> {
  const look = await lookAt(desk, path, choice, 'ask', onBytes);
  const list = await written(desk, look, { uneven, onBytes: look.path === path ? onBytes : undefined });
  if (look.path !== path && look.path !== list.path) await rm(look.path);
  return list;
}

const WITHOUT_QUESTION = { encoding: null, delimiter: null, header: { first: 0, rows: 1 }, footer: 0 };

async function written(
  desk: Desk,
  { path, packing, found }: Look,
  how: { uneven: boolean; onBytes: ((bytes: number) => void) | undefined },
): Promise<Omit<PlainList, 'hash'>> {
  const inside = { ...packing, sheet: null, sheets: [], ...WITHOUT_QUESTION };
  switch (found.kind) {
    case 'parquet': {
      const list = await plainParquet(desk, await reachable(desk, path));
      return { ...list, reading: { format: 'parquet', ...inside } };
    }
    case 'arrow':
      return { ...(await plainArrow(desk, path)), reading: { format: 'arrow', ...inside } };
    case 'xlsx': {
      const { sheet, sheets, header, footer } = found.table;
      const reading = { ...inside, format: 'xlsx' as const, sheet, sheets, header, footer };
      return { ...(await plainSheet(desk, found.table)), reading };
    }
    case 'json': {
      const { text, shape } = found;
      const reading = { ...inside, format: shape.format, encoding: text.encoding };
      return { ...(await plainJson(desk, text, shape)), reading };
    }
    case 'delimited': {
      const { text, layout } = found;
      const { header, footer, ...plain } = await plainTable(desk, text, layout, how);
      const { encoding } = text;
      const { delimiter } = layout;
      return { ...plain, reading: { ...inside, format: 'delimited', encoding, delimiter, header, footer } };
    }
  }
}

async function hashOf(desk: Desk, path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(desk.name, path)) {
    goOn(desk);
    hash.update(chunk);
  }
  return hash.digest('hex');
}

/** A name that DuckDB would read as a pattern is reached by a link. */
async function reachable({ folder }: Desk, path: string): Promise<string> {
  if (!/[*?[\]{}]/.test(path)) return resolve(path);
  const link = join(folder, 'link.csv');
  await symlink(resolve(path), link);
  return link;
}
