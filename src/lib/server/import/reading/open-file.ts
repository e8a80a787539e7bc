import type { Reading } from '#lib/exports/reading.ts';
import { bytesAt, sizeOf } from './file.ts';
import { kindOf } from './format.ts';
import type { Kind } from './format.ts';
import { gunzip } from './unpack.ts';
import type { Desk } from './watch.ts';

/** A file as it lies once nothing is packed any more. */
export type OpenFile = Pick<Reading, 'packed' | 'member' | 'members'> & {
  path: string;
  size: number;
  kind: Kind;
};

const SIGN = 512;

/**
 * Opens what was handed in; what is packed is unpacked into the desk's folder.
 * Throws Refusal file_not_found, file_unreadable, empty_file, unread_format, file_damaged, packed_too_large, disk_full.
 */
export async function openFile(
  desk: Desk,
  path: string,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<OpenFile> {
  const outside = await lying(desk, path);
  if (outside.kind !== 'gzip') return { ...outside, packed: 'none', member: null, members: [] };
  const inside = await lying(desk, await gunzip(desk, path, onBytes));
  return { ...inside, packed: 'gzip', member: null, members: [] };
}

async function lying(desk: Desk, path: string): Promise<Pick<OpenFile, 'path' | 'size' | 'kind'>> {
  const size = await sizeOf(desk.name, path);
  return { path, size, kind: kindOf(desk.name, await bytesAt(desk.name, path, 0, SIGN)) };
}
