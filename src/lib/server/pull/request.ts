import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { Refusal } from '#lib/errors/refusal.ts';
import { addressFor } from './address.ts';
import type { Gate } from './address.ts';

/** What is asked; the headers of `own` go to the first origin only, never along with a redirect to another one. */
export type Asked = { url: URL; headers: Record<string, string>; own: Record<string, string> };

/** An answer whose body has not been read; whoever asks reads or destroys it. */
export type Answered = {
  status: number;
  headers: IncomingMessage['headers'];
  body: IncomingMessage;
  url: URL;
};

const REDIRECTS = 5;
const SILENCE_MS = 60_000;

/**
 * Asks a web address and follows at most five redirects; each address is checked before it is asked.
 * Throws Refusal private_address, host_not_found, source_unreached, source_redirects, query_cancelled.
 */
export async function ask(asked: Asked, gate: Gate, signal: AbortSignal): Promise<Answered> {
  let { url, headers } = { url: asked.url, headers: { ...asked.headers, ...asked.own } };
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const answer = await once(url, headers, await addressFor(url, gate), signal);
    const { location } = answer.headers;
    if (!isRedirect(answer.status) || location === undefined) return answer;
    answer.body.destroy();
    const next = nextUrl(location, url);
    if (next.origin !== asked.url.origin) headers = asked.headers;
    url = next;
  }
  throw new Refusal('source_redirects', { host: asked.url.host });
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

function nextUrl(location: string, base: URL): URL {
  const next = URL.parse(location, base);
  if (next === null || !/^https?:$/.test(next.protocol))
    throw new Refusal('source_redirects', { host: base.host });
  return next;
}

function once(
  url: URL,
  headers: Record<string, string>,
  address: string,
  signal: AbortSignal,
): Promise<Answered> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const family = isIP(address) === 6 ? 6 : 4;
  return new Promise((done, fail) => {
    const request = send(url, {
      headers,
      signal,
      timeout: SILENCE_MS,
      agent: false,
      lookup: (_host, options, found) =>
        options.all ? found(null, [{ address, family }]) : found(null, address, family),
    });
    request.once('timeout', () => request.destroy(new Error(`silent for ${SILENCE_MS / 1000} s`)));
    request.once('error', (error) =>
      fail(
        signal.aborted
          ? new Refusal('query_cancelled', {})
          : new Refusal('source_unreached', { host: url.host }, error),
      ),
    );
    request.once('response', (body) =>
      done({ status: body.statusCode ?? 0, headers: body.headers, body, url }),
    );
    request.end();
  });
}
