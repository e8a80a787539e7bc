import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { Refusal } from '#lib/errors/refusal.ts';
import { meter, unpacked } from './unpack.ts';
import { toldApart } from './told-apart.ts';
import { goOn } from './watch.ts';
import type { Desk } from './watch.ts';

/** A file inside a zip archive, of which no other has its name. Sizes are bytes; `size` is what the archive says will come out. */
export type Member = { name: string; size: number; entry: Entry };

/** A zip archive that is open: its files, and what is done with one of them. */
export type Archive = {
  members: readonly Member[];
  /** Unpacks a file into the desk's folder and gives its path. */
  extract(member: Member): Promise<string>;
  /** Unpacks a file piece by piece. */
  pieces(member: Member): AsyncGenerator<Buffer>;
  close(): void;
};

/**
 * Opens a zip archive; whoever opens it closes it. Throws Refusal file_damaged, packed_too_large, query_cancelled; its
 * functions throw file_damaged, packed_too_large, packed_locked, disk_full, query_cancelled.
 */
export async function openArchive(desk: Desk, path: string): Promise<Archive> {
  const zip = await unpacked(desk, () => openPromise(path, { autoClose: false, decodeStrings: false }));
  try {
    return {
      members: await unpacked(desk, () => membersOf(desk, zip)),
      extract: async (member) => {
        const target = join(desk.folder, 'member');
        const { bytes, through } = await unpacking(desk, zip, member);
        await unpacked(desk, () =>
          pipeline(bytes, through, createWriteStream(target), { signal: desk.signal }),
        );
        return target;
      },
      async *pieces(member) {
        const { bytes, through } = await unpacking(desk, zip, member);
        pipeline(bytes, through, { signal: desk.signal }).catch(() => undefined);
        yield* piecesOf(desk, through);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** Opens a zip archive for as long as `work` takes. Throws as `openArchive` does, and what `work` throws. */
export async function withArchive<T>(
  desk: Desk,
  path: string,
  work: (archive: Archive) => Promise<T>,
): Promise<T> {
  const archive = await openArchive(desk, path);
  try {
    return await work(archive);
  } finally {
    archive.close();
  }
}

/** What comes out of a file that is being unpacked; what goes wrong on the way ends it. */
async function* piecesOf(desk: Desk, through: Transform): AsyncGenerator<Buffer> {
  const pieces = through[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await unpacked(desk, () => pieces.next());
      if (done) return;
      yield value as Buffer;
    }
  } finally {
    through.destroy();
  }
}

async function membersOf(desk: Desk, zip: ZipFile): Promise<Member[]> {
  if (zip.entryCount > desk.limits.members) throw new Refusal('packed_too_large', { file: desk.name });
  const members: Member[] = [];
  for await (const entry of zip.eachEntry()) {
    goOn(desk);
    members.push({ name: nameOf(entry), size: entry.uncompressedSize, entry });
  }
  const names = toldApart(members.map(({ name }) => name));
  return members.map((member, at) => ({ ...member, name: names[at] ?? member.name }));
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

/** The bytes of a file and the meter that they must pass. */
async function unpacking(desk: Desk, zip: ZipFile, { entry, size }: Member) {
  if (entry.isEncrypted()) throw new Refusal('packed_locked', { file: desk.name });
  const { trusted, ratio, unpacked: most } = desk.limits;
  if (size > most || (size > trusted && size > entry.compressedSize * ratio))
    throw new Refusal('packed_too_large', { file: desk.name });
  const bytes = await unpacked(desk, () => zip.openReadStreamPromise(entry));
  return { bytes, through: meter(desk, () => entry.compressedSize) };
}
