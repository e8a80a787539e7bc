import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { Refusal } from '#lib/errors/refusal.ts';
import { meter, unpacked } from './unpack.ts';
import { goOn } from './watch.ts';
import type { Desk } from './watch.ts';

/** A file inside a zip archive. Sizes are bytes; `size` is what the archive says will come out. */
export type Member = { name: string; size: number; entry: Entry };

/** A zip archive that is open: its files, and what is done with one of them. */
export type Archive = {
  members: readonly Member[];
  /** Unpacks a file into the desk's folder and gives its path. */
  extract(member: Member): Promise<string>;
  /** Unpacks a file piece by piece; `take` may throw. */
  feed(member: Member, take: (bytes: Buffer) => void): Promise<void>;
};

/**
 * Opens a zip archive for as long as `work` takes.
 * Throws Refusal file_damaged, packed_too_large, packed_locked, disk_full, query_cancelled and what `work` throws.
 */
export async function withArchive<T>(
  desk: Desk,
  path: string,
  work: (archive: Archive) => Promise<T>,
): Promise<T> {
  const zip = await unpacked(desk, () => openPromise(path, { autoClose: false, decodeStrings: false }));
  try {
    const into = (member: Member, target: () => Writable) => unpack(desk, zip, member, target);
    return await work({
      members: await unpacked(desk, () => membersOf(desk, zip)),
      extract: async (member) => {
        const target = join(desk.folder, 'member');
        await into(member, () => createWriteStream(target));
        return target;
      },
      feed: (member, take) => into(member, () => taking(take)),
    });
  } finally {
    zip.close();
  }
}

function taking(take: (bytes: Buffer) => void): Writable {
  return new Writable({
    write: (bytes: Buffer, _encoding, done) => {
      try {
        take(bytes);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

async function membersOf(desk: Desk, zip: ZipFile): Promise<Member[]> {
  if (zip.entryCount > desk.limits.members) throw new Refusal('packed_too_large', { file: desk.name });
  const members: Member[] = [];
  for await (const entry of zip.eachEntry()) {
    goOn(desk);
    members.push({ name: nameOf(entry), size: entry.uncompressedSize, entry });
  }
  return members;
}

const SAYS_UTF8 = 0x800;

/** Names are UTF-8 where the archive says so or where they fit; Chinese Windows writes them in its own encoding. */
function nameOf({ fileNameRaw, generalPurposeBitFlag }: Entry): string {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(fileNameRaw);
    } catch {
      if (generalPurposeBitFlag & SAYS_UTF8) break;
    }
  }
  return fileNameRaw.toString('latin1');
}

async function unpack(desk: Desk, zip: ZipFile, { entry, size }: Member, target: () => Writable) {
  if (entry.isEncrypted()) throw new Refusal('packed_locked', { file: desk.name });
  const { trusted, ratio, unpacked: most } = desk.limits;
  if (size > most || (size > trusted && size > entry.compressedSize * ratio))
    throw new Refusal('packed_too_large', { file: desk.name });
  await unpacked(desk, async () => {
    const bytes = await zip.openReadStreamPromise(entry);
    await pipeline(
      bytes,
      meter(desk, () => entry.compressedSize),
      target(),
      { signal: desk.signal },
    );
  });
}
