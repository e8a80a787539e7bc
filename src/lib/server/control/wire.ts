import { join, relative } from 'node:path';
import { codes } from '#lib/errors/codes.ts';
import type { Code } from '#lib/errors/codes.ts';
import { Refusal } from '#lib/errors/refusal.ts';

/** One line of JSON goes each way: the request, then one of these. */
export type Reply = { result: unknown } | Refused;

/** A refusal as it travels. */
export type Refused = {
  refusal: { code: string; params: Record<string, string | number>; cause: string | null };
};

/** Bytes that a request may have: names, options and records that were mended by hand, never files. */
export const LONGEST_REQUEST = 4 << 20;

/** Unix limits a socket's path to about 100 bytes. */
const LONGEST_PATH = 100;

/** The socket of a data folder; by the shorter way there when the whole path is too long for a socket. */
export function socketPath(data: string): string {
  const whole = join(data, 'control.sock');
  return Buffer.byteLength(whole) <= LONGEST_PATH ? whole : relative(process.cwd(), whole);
}

/** An error as it travels. */
export function toReply(error: unknown): Refused {
  const refusal = error instanceof Refusal ? error : new Refusal('internal', {}, error);
  const { cause } = refusal;
  return {
    refusal: {
      code: refusal.code,
      params: { ...refusal.params },
      cause:
        cause === undefined || cause === null ? null : cause instanceof Error ? cause.message : String(cause),
    },
  };
}

/** The error at the other end. */
export function toRefusal({ refusal: { code, params, cause } }: Refused): Refusal {
  const known: Code = Object.hasOwn(codes, code) ? (code as Code) : 'internal';
  return new Refusal(known, params as never, cause ?? undefined);
}
