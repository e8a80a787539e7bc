import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Head } from '#lib/exports/head.ts';
import type { Reading, ReadingChoice } from '#lib/exports/reading.ts';
import { plainTable } from './delimited.ts';
import { openFile } from './open-file.ts';
import { readText } from './text.ts';
import { plainSheet, sheetTable } from './workbook.ts';
import { chunksOf } from './file.ts';
import { deskFor, goOn } from './watch.ts';
import type { Desk, Watch } from './watch.ts';

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
  const { packed, member, members, ...file } = await openFile(desk, path, choice, 'ask', onBytes);
  const inside = { packed, member, members, sheet: null, sheets: [] };
  if (file.kind === 'xlsx') {
    const table = await sheetTable(desk, file.path, choice, 'ask');
    const { sheet, sheets, header, footer } = table;
    const reading = { ...inside, sheet, sheets, encoding: null, delimiter: null, header, footer };
    return { ...(await plainSheet(desk, table)), reading: { format: 'xlsx', ...reading } };
  }
  const { text, layout } = await readText(desk, file, choice);
  const rewriting = packed === 'none' ? onBytes : undefined;
  const { header, footer, ...plain } = await plainTable(desk, text, layout, { uneven, onBytes: rewriting });
  if (plain.path !== file.path && packed !== 'none') await rm(file.path);
  const { encoding } = text;
  return {
    ...plain,
    reading: { format: 'delimited', ...inside, encoding, delimiter: layout.delimiter, header, footer },
  };
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
