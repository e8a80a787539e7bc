import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on a free port of this machine that notes what it was asked. */
export type WebServer = {
  /** `http://HOST:PORT`; the host is a name that only a resolver of the test knows. */
  origin: string;
  port: number;
  seen: { url: string; headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
};

export async function webServer(
  answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void,
): Promise<WebServer> {
  const seen: WebServer['seen'] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response, seen.length);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://till.example:${port}`,
    port,
    seen,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}
