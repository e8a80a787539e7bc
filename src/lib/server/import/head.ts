import { open } from 'node:fs/promises';
import { HEAD_BYTES, headOf } from '#lib/exports/head.ts';
import type { Head } from '#lib/exports/head.ts';

export type { Head };

/** Reads the head of a UTF-8 file. Throws Refusal not_utf8, empty_file, header_only. */
export async function readHead(path: string, name: string): Promise<Head> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return headOf(name, buffer.subarray(0, bytesRead), bytesRead < HEAD_BYTES);
}
