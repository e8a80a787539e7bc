import { open, stat } from 'node:fs/promises';
import { Refusal } from '#lib/errors/refusal.ts';

/** How much is read at once. */
export const CHUNK = 1 << 20;

/**
 * The size in bytes of a file that may be read. Devices, pipes and folders are refused before anything opens them.
 * Throws Refusal file_not_found, file_unreadable, empty_file.
 */
export async function sizeOf(name: string, path: string): Promise<number> {
  const size = await statOf(name, path);
  if (size === 0) throw new Refusal('empty_file', { file: name });
  return size;
}

async function statOf(name: string, path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Refusal('file_unreadable', { file: name });
    return found.size;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new Refusal(missing ? 'file_not_found' : 'file_unreadable', { file: name }, error);
  }
}

/** The bytes of a file from a place on, as many as there are up to `most`. Throws Refusal file_unreadable. */
export async function bytesAt(name: string, path: string, from: number, most: number): Promise<Buffer> {
  try {
    await using file = await open(path);
    const buffer = Buffer.alloc(most);
    let filled = 0;
    for (let got = -1; got !== 0 && filled < most; filled += got)
      ({ bytesRead: got } = await file.read(buffer, filled, most - filled, from + filled));
    return buffer.subarray(0, filled);
  } catch (error) {
    throw new Refusal('file_unreadable', { file: name }, error);
  }
}

/** A file from end to end in pieces of a megabyte. Throws Refusal file_unreadable. */
export async function* chunksOf(name: string, path: string): AsyncGenerator<Buffer> {
  try {
    await using file = await open(path);
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new Refusal('file_unreadable', { file: name }, error);
    throw error;
  }
}
