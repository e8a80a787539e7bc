import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gated } from '#lib/server/studio/gate.ts';
import { answerUnreadable, LARGEST_HEADERS } from '#lib/server/studio/unreadable.ts';

export type Serving = {
  /** The address that people open, e.g. http://127.0.0.1:3000. */
  origin: string;
  /** From now on requests go to the pages. */
  ready(handler: RequestListener): void;
  close(): Promise<void>;
};

/** How long the headers of a request may take, in milliseconds. */
const LONGEST_HEADERS = 20_000;

/**
 * Listens at once and answers 503 with Retry-After until the pages are ready; it is alive before. Port 0 takes a free one.
 * A list may take as long as it needs to arrive: what sends nothing any more is ended by the gate.
 */
export async function serve(host: string, port: number): Promise<Serving> {
  let handler: RequestListener = ({ url }, response) => {
    const isAlive = url === '/healthz';
    response.writeHead(isAlive ? 200 : 503, {
      'retry-after': '2',
      'content-type': 'text/plain; charset=utf-8',
    });
    response.end('Seven Steps is starting. 七步正在启动，请稍候。\n');
  };
  const gate = gated(
    (request, response) => handler(request, response),
    () => process.env.ORIGIN,
  );
  const limits = { headersTimeout: LONGEST_HEADERS, requestTimeout: 0, maxHeaderSize: LARGEST_HEADERS };
  const server = createServer(limits, gate).on('clientError', answerUnreadable);
  await listening(server, host, port);
  const address = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host.replace(/[[\]]/g, '')}]` : host;
  return {
    origin: `http://${name}:${address.port}`,
    ready: (pages) => {
      handler = pages;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host.replace(/[[\]]/g, ''), () => done());
  });
}
