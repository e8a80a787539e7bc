import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { diskRefusal } from '../disk.ts';
import type { Settings } from '../settings/settings.ts';
import { piecesOf } from './multipart.ts';

/** A file that was sent: its name at the sender's, where it lies now, and its bytes. */
export type StagedFile = { name: string; path: string; size: number };

/** What was sent, until it is discarded. */
export type Staged = { files: StagedFile[]; fields: ReadonlyMap<string, string>; discard(): Promise<void> };

export type Incoming = { body: AsyncIterable<Uint8Array>; contentType: string | null };

export type StagingOptions = {
  /** Bytes that all files together may have. */
  limit: number;
  /** The name under which a field `text` that came without a file is kept as one. */
  pasted?: string;
  /** Opens a new file for writing. */
  create?: (path: string) => Promise<FileHandle>;
};

const LONGEST_FIELDS = 1 << 20;
/** Files of one form: a studio has a dozen lists, and each of them takes a handle and a place on the disk. */
export const mostFiles = 50;
/** Parts of any kind; no page of ours sends more. */
const MOST_PARTS = 1000;
const LONGEST_NAME = 200;
const MEGABYTE = 1_000_000;

/** Where uploads of a data folder wait for their import. */
export const stagingFolder = (data: string): string => join(data, 'staging');

/** Bytes that the files of one import may have together. */
export function uploadLimit(settings: Pick<Settings, 'get'>): number {
  return Number(settings.get('upload_limit')) * MEGABYTE;
}

/** Removes what a process that died left behind. */
export async function emptyStaging(data: string): Promise<void> {
  await rm(stagingFolder(data), { recursive: true, force: true });
}

/**
 * Writes the files of a form to the data folder's staging folder while they arrive, under names that nobody can guess.
 * Whatever goes wrong, nothing stays there. A form that is too large or has too many files is read to its end, so that its
 * sender hears the answer, unless it is far too large: then every byte counts, also those between the files.
 * Throws Refusal upload_too_large, upload_too_many, upload_broken, disk_full, folder_read_only, nothing_uploaded.
 */
export async function stage(data: string, incoming: Incoming, options: StagingOptions): Promise<Staged> {
  const folder = join(stagingFolder(data), randomUUID());
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { files, fields } = await received(folder, incoming, options);
    const text = fields.get('text') ?? '';
    if (files.length === 0 && options.pasted !== undefined && text.trim() !== '')
      files.push(await writtenText(folder, options.pasted, text));
    if (files.length === 0) throw new Refusal('nothing_uploaded', {});
    return { files, fields, discard };
  } catch (error) {
    await discard();
    throw diskRefusal(error, data);
  }
}

async function writtenText(folder: string, name: string, text: string): Promise<StagedFile> {
  const path = join(folder, `${randomUUID()}.csv`);
  await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  return { name, path, size: Buffer.byteLength(text) };
}

async function received(folder: string, incoming: Incoming, { limit, create = createNew }: StagingOptions) {
  const files: StagedFile[] = [];
  const fields = new Map<string, string>();
  let written = 0;
  let parts = 0;
  let isOverfull = false;
  let fieldBytes = 0;
  let current: { file: StagedFile; handle: FileHandle } | { field: string } | undefined;
  const finish = async () => {
    if (current && 'handle' in current) await current.handle.close();
    current = undefined;
  };
  try {
    for await (const piece of piecesOf(readable(incoming.body, limit), incoming.contentType)) {
      if (piece.kind === 'part') {
        await finish();
        parts += 1;
        if (parts > MOST_PARTS || (piece.file && files.length === mostFiles)) isOverfull = true;
        else if (piece.file === null) current = { field: piece.name };
        else if (piece.file !== '') {
          const file = { name: plainName(piece.file), path: join(folder, `${randomUUID()}.csv`), size: 0 };
          current = { file, handle: await create(file.path) };
          files.push(file);
        }
      } else if (current && 'field' in current) {
        fieldBytes += piece.bytes.length;
        if (fieldBytes > LONGEST_FIELDS) throw new Refusal('upload_broken', {});
        fields.set(current.field, (fields.get(current.field) ?? '') + piece.bytes.toString('latin1'));
      } else if (current) {
        written += piece.bytes.length;
        if (written > 2 * limit) throw tooLarge(limit);
        if (written > limit) continue;
        current.file.size += piece.bytes.length;
        await current.handle.writeFile(piece.bytes);
      }
    }
  } finally {
    await finish();
  }
  if (written > limit) throw tooLarge(limit);
  if (isOverfull) throw tooMany();
  return { files, fields: utf8Values(fields) };
}

const createNew = (path: string): Promise<FileHandle> => open(path, 'wx', 0o600);

const tooLarge = (limit: number) => new Refusal('upload_too_large', { limit: Math.floor(limit / MEGABYTE) });
const tooMany = () => new Refusal('upload_too_many', { limit: mostFiles });

/** Fields were collected byte by byte, since a character may lie across two pieces. */
function utf8Values(fields: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...fields].map(([name, bytes]) => [name, Buffer.from(bytes, 'latin1').toString('utf8')]));
}

/** The name without folders that some browsers send along. */
function plainName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'));
  return plain.length <= LONGEST_NAME ? plain : `…${plain.slice(-LONGEST_NAME)}`;
}

/** The body as far as it is read at all. A sender who goes away is not an error of ours. */
async function* readable(body: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > 2 * limit + LONGEST_FIELDS) throw tooLarge(limit);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('upload_broken', {}, error);
  }
}
