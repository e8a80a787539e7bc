import { rm } from 'node:fs/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Part } from '#lib/exports/part.ts';
import type { Reading, ReadingChoice } from '#lib/exports/reading.ts';
import { withArchive } from './archive.ts';
import { bytesAt, sizeOf } from './file.ts';
import { kindOf } from './format.ts';
import { isWorkbook, listsIn, memberMeant, partsIn } from './members.ts';
import type { WhenSeveral } from './members.ts';
import { gunzip } from './unpack.ts';
import type { Desk } from './watch.ts';

/** A file as it lies once nothing is packed any more. */
export type OpenFile = Pick<Reading, 'packed' | 'member' | 'members'> & {
  /** All that stands in an archive of which no file was chosen. */
  parts: Part[];
  path: string;
  size: number;
  kind: 'xlsx' | 'parquet' | 'arrow' | 'text';
};

type Lying = { path: string; size: number; kind: ReturnType<typeof kindOf> };

const SIGN = 512;
const WHOLE = { member: null, members: [], parts: [] };

/**
 * Opens what was handed in; what is packed is unpacked into the desk's folder, once.
 * Throws Refusal file_not_found, file_unreadable, empty_file, unread_format, file_damaged, packed_*, several_lists_inside,
 * unknown_part, disk_full, query_cancelled.
 */
export async function openFile(
  desk: Desk,
  path: string,
  { member }: ReadingChoice,
  whenSeveral: WhenSeveral,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<OpenFile> {
  const outside = await lying(desk, path);
  if (outside.kind === 'gzip') {
    const inside = await lying(desk, await gunzip(desk, path, onBytes));
    return { ...(await opened(desk, inside)), ...WHOLE, packed: 'gzip' };
  }
  if (outside.kind !== 'zip') return { ...outside, ...WHOLE, packed: 'none', kind: outside.kind };
  return withArchive(desk, path, async (archive) => {
    if (isWorkbook(desk, archive)) return { ...outside, ...WHOLE, packed: 'none', kind: 'xlsx' };
    const meant = memberMeant(desk, archive, member, whenSeveral);
    const inside = await opened(desk, await lying(desk, await archive.extract(meant)));
    const members = listsIn(archive).map(({ name }) => name);
    const parts = member === undefined ? partsIn(archive) : [];
    return { ...inside, packed: 'zip', member: meant.name, members, parts };
  });
}

/** What is packed is unpacked once; a workbook is an archive too and is not meant. */
async function opened(
  desk: Desk,
  { path, size, kind }: Lying,
): Promise<Pick<OpenFile, 'path' | 'size' | 'kind'>> {
  if (kind === 'gzip') throw new Refusal('packed_twice', { file: desk.name });
  if (kind !== 'zip') return { path, size, kind };
  const isBook = await withArchive(desk, path, (archive) => Promise.resolve(isWorkbook(desk, archive)));
  if (isBook) return { path, size, kind: 'xlsx' };
  await rm(path);
  throw new Refusal('packed_twice', { file: desk.name });
}

async function lying(desk: Desk, path: string): Promise<Lying> {
  const size = await sizeOf(desk.name, path);
  return { path, size, kind: kindOf(desk.name, await bytesAt(desk.name, path, 0, SIGN)) };
}
