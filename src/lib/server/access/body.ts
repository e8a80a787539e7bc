import type { Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Audience } from './doors.ts';

/** Bytes that a form may have, files aside. */
const MOST = {
  /** A name, a password twice, a way back. */
  stranger: 64 << 10,
  /** All columns of a dozen lists, a page of records to mend, a file of decisions. */
  known: 8 << 20,
};
const KILOBYTE = 1 << 10;

/** How long a form may take to arrive, in milliseconds. */
const LONGEST = 30_000;

/** A request as far as its body goes. */
type Sent = Pick<Request, 'headers' | 'body'>;

/**
 * The body of a request that passed a door, whole; null where it has none, or where the door takes files and reads it
 * itself. Nothing is read of what says to be too large, nothing beyond the limit of what does not say.
 * Throws Refusal form_too_large, form_broken.
 */
export async function formIn(
  { headers, body }: Sent,
  viewer: Viewer,
  audience: Audience | undefined,
  longest = LONGEST,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body === null || audience?.body === 'files') return null;
  const most = MOST[viewer.kind === 'stranger' ? 'stranger' : 'known'];
  if (Number(headers.get('content-length') ?? 0) > most) throw tooLarge(most);
  const reader = body.getReader();
  const late = Promise.withResolvers<never>();
  const clock = setTimeout(() => late.reject(new Refusal('form_broken', {})), longest);
  try {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for (;;) {
      const next = await Promise.race([reader.read(), late.promise]);
      if (next.done) break;
      bytes += next.value.length;
      if (bytes > most) throw tooLarge(most);
      pieces.push(next.value);
    }
    return Uint8Array.from(Buffer.concat(pieces));
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('form_broken', {}, error);
  } finally {
    clearTimeout(clock);
  }
}

/**
 * The pieces of a body as they arrive. Whoever stops before its end leaves the rest to the gate: a stream that is given up
 * would end the connection before its sender hears why.
 */
export function piecesOf(body: Request['body']): AsyncIterable<Uint8Array> | null {
  return body?.values({ preventCancel: true }) ?? null;
}

const tooLarge = (most: number) => new Refusal('form_too_large', { limit: most / KILOBYTE });
