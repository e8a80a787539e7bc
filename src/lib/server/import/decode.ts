import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Plan } from '#lib/exports/plan.ts';

/** A file as the user names it, where it lies, and what the user decided about it, if anything. */
export type Source = { name: string; path: string; plan?: Plan | undefined };

/**
 * The path of a UTF-8 CSV file that DuckDB can be pointed at: the file as it lies, or a link in `folder` where DuckDB would
 * read its name as a pattern. Throws Refusal file_not_found, file_unreadable, empty_file.
 */
export async function decodeUtf8({ name, path }: Source, folder: string): Promise<string> {
  const size = await sizeOf(name, path);
  const start = await firstBytes(name, path);
  if (size === 0 || start.toString('utf8').replace('\ufeff', '').trim() === '')
    throw new Refusal('empty_file', { file: name });
  return /[*?[\]{}]/.test(path) ? linked(path, folder) : resolve(path);
}

/** A copy whose lines all end with a line feed: DuckDB's strict reader stops where a file mixes line ends. */
export async function withOneLineEnd(path: string, folder: string): Promise<string> {
  const copy = join(folder, `${randomUUID()}.csv`);
  await pipeline(createReadStream(path), lineFeeds(), createWriteStream(copy));
  return copy;
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

async function linked(path: string, folder: string): Promise<string> {
  const link = join(folder, `${randomUUID()}.csv`);
  await symlink(resolve(path), link);
  return link;
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
