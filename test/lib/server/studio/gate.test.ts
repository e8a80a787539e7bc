import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { gated } from '#lib/server/studio/gate.ts';

let server: Server;
afterEach(() => server.closeAllConnections());

async function listening(answer: RequestListener, patience = { silence: 60_000, linger: 60_000 }) {
  server = createServer(
    { requestTimeout: 0 },
    gated(answer, () => 'https://studio.example', patience),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** A connection that has sent a text, and what comes back over it. */
function sending(port: number, text: string): { socket: Socket; heard(): Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).write(text);
  return {
    socket,
    heard: async () => {
      let told = '';
      for await (const piece of socket) {
        told += String(piece);
        if (told.includes('\r\n\r\n')) break;
      }
      return told;
    },
  };
}

const host = 'Host: studio.example\r\n';
const closed = (socket: Socket) => new Promise((done) => socket.once('close', done));

describe('the gate', () => {
  test('puts its guards on whatever is answered, also where nobody answers at all', async () => {
    const port = await listening((request, response) => {
      if (request.url === '/own') response.setHeader('content-security-policy', "default-src 'self'");
      response.end('x');
    });
    const ask = async (path: string, headers: string) =>
      sending(port, `GET ${path} HTTP/1.1\r\n${headers}\r\n`).heard();
    for (const told of [await ask('/', host), await ask('/', 'Host: evil.example\r\n')]) {
      expect(told).toContain("content-security-policy: default-src 'none'");
      expect(told).toContain('x-content-type-options: nosniff');
      expect(told).toContain('strict-transport-security: ');
      expect(told).not.toContain("unsafe-inline' script");
    }
    expect(await ask('/own', host)).toContain("content-security-policy: default-src 'self'");
  });

  test('answers no other host, but whoever watches', async () => {
    const port = await listening((_, response) => response.end('x'));
    const ask = async (path: string, given: string) =>
      (await sending(port, `GET ${path} HTTP/1.1\r\nHost: ${given}\r\n\r\n`).heard()).slice(9, 12);
    expect(await ask('/', 'studio.example')).toBe('200');
    expect(await ask('/', '127.0.0.1:9')).toBe('200');
    for (const path of ['/', '/favicon.svg', '/_app/version.json', '/healthzz', '/x?/healthz'])
      expect(await ask(path, 'evil.example')).toBe('421');
    expect(await ask('/healthz?now', '10.0.0.7')).toBe('200');
  });

  test('ends a connection that has announced a body and sends nothing', async () => {
    const port = await listening(() => undefined, { silence: 20, linger: 60_000 });
    const { socket } = sending(port, `POST / HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\nbegun`);
    await closed(socket.resume());
  });

  test('waits as long as an answer takes once the body has come', async () => {
    const port = await listening(
      (request, response) => request.resume().once('end', () => setTimeout(() => response.end('x'), 100)),
      { silence: 20, linger: 60_000 },
    );
    const { heard } = sending(port, `POST / HTTP/1.1\r\n${host}Content-Length: 4\r\n\r\nbody`);
    expect(await heard()).toContain('200 OK');
  });

  test('is heard by whoever still sends what it refuses, and keeps neither that nor the connection', async () => {
    let taken = 0;
    const port = await listening(
      (request, response) => {
        request.on('data', (piece: Buffer) => (taken += piece.length)).pause();
        response.writeHead(413).end('too large');
      },
      { silence: 60_000, linger: 50 },
    );
    const { socket } = sending(port, `POST / HTTP/1.1\r\n${host}Content-Length: 1000000000\r\n\r\n`);
    const flood = () =>
      void (socket.writable && socket.write('x'.repeat(100_000), () => setImmediate(flood)));
    flood();
    const [told] = (await once(socket, 'data')) as [Buffer];
    expect(String(told)).toContain('413');
    await closed(socket.resume());
    expect(taken).toBeLessThan(1_000_000);
  });
});
