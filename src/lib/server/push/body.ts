import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { stagingFolder } from '../import/staging.ts';

/** The kinds of bodies that are taken, by media type, and the ending that tells the reader what it gets. */
export const bodyKinds = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'text/csv': 'csv',
  'application/vnd.apache.arrow.stream': 'arrow',
} as const;

export type BodyKind = (typeof bodyKinds)[keyof typeof bodyKinds];

/** A body that lies in the staging folder now; `hash` is its SHA-256, hexadecimal. */
export type ReceivedBody = { path: string; kind: BodyKind; hash: string; discard(): Promise<void> };

export type SentBody = { body: AsyncIterable<Uint8Array> | null; contentType: string | null };

const MEGABYTE = 1_000_000;

/** The kind of a body by its media type. Throws Refusal unread_media_type. */
export function bodyKindOf(contentType: string | null): BodyKind {
  const [type = ''] = (contentType ?? '').toLowerCase().split(';');
  const kind = bodyKinds[type.trim() as keyof typeof bodyKinds] as BodyKind | undefined;
  if (kind === undefined)
    throw new Refusal('unread_media_type', { type: type.trim(), known: Object.keys(bodyKinds).join(', ') });
  return kind;
}

/**
 * Writes a body of at most `limit` bytes to the data folder's staging folder while it arrives; whatever goes wrong,
 * nothing stays there. Throws Refusal unread_media_type, nothing_uploaded, upload_too_large, upload_broken, disk_full.
 */
export async function receiveBody(data: string, sent: SentBody, limit: number): Promise<ReceivedBody> {
  const kind = bodyKindOf(sent.contentType);
  const folder = join(stagingFolder(data), randomUUID());
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `body.${kind}`);
    return { path, kind, hash: await written(path, sent.body, limit), discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function written(path: string, body: SentBody['body'], limit: number): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  await using file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      if (bytes > limit) throw new Refusal('upload_too_large', { limit: Math.floor(limit / MEGABYTE) });
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } catch (error) {
    throw refusalOf(error);
  }
  if (bytes === 0) throw new Refusal('nothing_uploaded', {});
  return hash.digest('hex');
}

/** A sender who goes away is not an error of ours. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return full ? new Refusal('disk_full', {}, error) : new Refusal('upload_broken', {}, error);
}
