import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Plan } from '#lib/exports/plan.ts';

/** A file as the user names it, where it lies, and what the user decided about it, if anything. */
export type Source = { name: string; path: string; plan?: Plan | undefined };

/** A UTF-8 CSV file that DuckDB can be pointed at, and how to leave nothing behind. */
export type Decoded = { path: string; discard(): Promise<void> };

/** The stage that turns whatever was handed in into a UTF-8 CSV file. */
export type Decode = (source: Source) => Promise<Decoded>;

/**
 * Accepts UTF-8 files as they are; a name that DuckDB would read as a pattern is reached by a link.
 * Throws Refusal file_not_found, file_unreadable, empty_file.
 */
export const decodeUtf8: Decode = async ({ name, path }) => {
  const size = await sizeOf(name, path);
  const start = await firstBytes(name, path);
  if (size === 0 || start.toString('utf8').replace('\ufeff', '').trim() === '')
    throw new Refusal('empty_file', { file: name });
  return /[*?[\]{}]/.test(path) ? linked(path) : { path: resolve(path), discard: async () => undefined };
};

/** A copy whose lines all end with a line feed: DuckDB's strict reader stops where a file mixes line ends. */
export async function withOneLineEnd({ path }: Decoded): Promise<Decoded> {
  const { folder, discard } = await workFolder();
  const copy = join(folder, 'copy.csv');
  await pipeline(createReadStream(path), lineFeeds(), createWriteStream(copy));
  return { path: copy, discard };
}

function lineFeeds(): Transform {
  let afterReturn = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = (afterReturn ? '\r' : '') + chunk.toString('latin1');
      afterReturn = text.endsWith('\r');
      done(null, Buffer.from((afterReturn ? text.slice(0, -1) : text).replace(/\r\n?/g, '\n'), 'latin1'));
    },
    flush(done) {
      done(null, afterReturn ? '\n' : '');
    },
  });
}

async function linked(path: string): Promise<Decoded> {
  const { folder, discard } = await workFolder();
  const link = join(folder, 'file.csv');
  await symlink(resolve(path), link);
  return { path: link, discard };
}

async function workFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'seven-steps-import-'));
  return { folder, discard: () => rm(folder, { recursive: true, force: true }) };
}

async function sizeOf(name: string, path: string): Promise<number> {
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

async function firstBytes(name: string, path: string): Promise<Buffer> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw new Refusal('file_unreadable', { file: name }, error);
  }
}
