import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Desk } from './watch.ts';

/**
 * Unpacks a gzip file into the desk's folder. Throws Refusal file_damaged, packed_too_large, disk_full, query_cancelled.
 */
export async function gunzip(desk: Desk, path: string, onBytes?: (bytes: number) => void): Promise<string> {
  const target = join(desk.folder, 'unpacked');
  let read = 0;
  const reading = new Transform({
    transform(chunk: Buffer, _, done) {
      read += chunk.length;
      onBytes?.(read);
      done(null, chunk);
    },
  });
  await unpacked(desk, () =>
    pipeline(
      createReadStream(path, { highWaterMark: 1 << 18 }),
      reading,
      createGunzip({ chunkSize: 1 << 18 }),
      meter(desk, () => read),
      createWriteStream(target),
      { signal: desk.signal },
    ),
  );
  return target;
}

/** Passes bytes on until more have come out of a packed file than an honest list would hold. */
export function meter({ name, limits }: Desk, packed: () => number): Transform {
  let out = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      out += chunk.length;
      const isBomb = out > limits.trusted && out > packed() * limits.ratio;
      if (isBomb || out > limits.unpacked) done(new Refusal('packed_too_large', { file: name }));
      else done(null, chunk);
    },
  });
}

/** Runs the unpacking of something and says in our words what went wrong. */
export async function unpacked<T>({ name, signal }: Desk, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (signal?.aborted) throw new Refusal('query_cancelled', {}, error);
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC') throw new Refusal('disk_full', {}, error);
    throw new Refusal('file_damaged', { file: name }, error);
  }
}
