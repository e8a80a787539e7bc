import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { serve, type Serving } from '../../../../src/start/serve.ts';

let serving: Serving | undefined;
afterEach(() => serving?.close());

async function told(request: string): Promise<string> {
  serving = await serve('127.0.0.1', 0);
  serving.ready((_, response) => response.end('read'));
  const socket = connect(Number(new URL(serving.origin).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  return text(socket);
}

const asking = (query: string) =>
  `GET /?steps=${query} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`;

describe('a request that cannot be read', () => {
  it('is answered in the three languages where its address is too long, with what to do', async () => {
    const answer = await told(asking('x'.repeat(70_000)));
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    for (const words of ['address_too_long', 'save the funnel', '把漏斗保存后', '把漏斗儲存後'])
      expect(answer).toContain(words);
    expect(answer).toContain("content-security-policy: default-src 'none'");
  });

  it('is none while its address is shorter than 64 kB', async () => {
    expect(await told(asking('x'.repeat(60_000)))).toMatch(/^HTTP\/1\.1 200 [^]*read$/);
  });

  it('is refused without a word of the server’s own where it is no HTTP', async () => {
    const answer = await told('hello\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('Bad request.');
  });
});
