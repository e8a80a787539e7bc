import { Refusal } from '#lib/errors/refusal.ts';
import type { Gate } from './address.ts';
import type { WebFeed } from './feed.ts';
import { ask } from './request.ts';
import type { Answered } from './request.ts';
import { Passing, patiently } from './retry.ts';
import type { Patience } from './retry.ts';

/** What a pull needs of the world. */
export type World = { gate: Pick<Gate, 'resolve'>; patience: Patience };

const MEGABYTE = 1_000_000;

/**
 * Asks for a page with what the feed proves itself by, again where the failure may pass. The body is not read yet.
 * Throws Refusal source_refused and those of `ask`.
 */
export async function answerOf(
  feed: WebFeed,
  url: URL,
  { gate, patience }: World,
  signal: AbortSignal,
): Promise<Answered> {
  const headers = {
    accept: feed.body === 'csv' ? 'text/csv' : 'application/json',
    'user-agent': 'seven-steps',
  };
  const own = url.origin === new URL(feed.url).origin ? ownHeaders(feed) : {};
  return patiently(
    async () => {
      const answer = await asked(
        { url, headers, own },
        { allow: feed.allow ?? [], resolve: gate.resolve },
        signal,
      );
      if (answer.status >= 200 && answer.status < 300) return answer;
      answer.body.destroy();
      const refusal = new Refusal('source_refused', { host: url.host, status: answer.status });
      if (answer.status !== 429 && answer.status < 500) throw refusal;
      throw new Passing(refusal, answer.headers['retry-after']);
    },
    patience,
    signal,
  );
}

async function asked(...given: Parameters<typeof ask>): Promise<Answered> {
  try {
    return await ask(...given);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'source_unreached') throw new Passing(error);
    throw error;
  }
}

function ownHeaders({ auth }: WebFeed): Record<string, string> {
  switch (auth?.kind) {
    case 'bearer':
      return { authorization: `Bearer ${auth.secret}` };
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.secret}`).toString('base64')}` };
    case 'header':
      return { [auth.header.toLowerCase()]: auth.secret };
    default:
      return {};
  }
}

/** The bytes of an answer as they come, at most `limit`. Throws Refusal source_too_large, source_unreached. */
export async function* bytesOf({ body, url }: Answered, limit: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += (chunk as Buffer).length;
      if (bytes > limit) throw tooLarge(url, limit);
      yield chunk as Buffer;
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('source_unreached', { host: url.host }, error);
  }
}

const tooLarge = (url: URL, limit: number) =>
  new Refusal('source_too_large', { host: url.host, limit: Math.max(1, Math.floor(limit / MEGABYTE)) });
