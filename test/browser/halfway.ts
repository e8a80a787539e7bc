import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server before the server, that sends the first half of a page and the rest when told so. */
export type Halfway = { address: string; release(): void; end(): Promise<void> };

/** Stands before `address` and stops in the middle of each page until released; anything but pages goes through. */
export async function openHalfway(address: string): Promise<Halfway> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: new URL(address).host, 'accept-encoding': 'identity' };
    const forward = request(new URL(asked.url ?? '/', address), { method: asked.method, headers }, (got) => {
      if (!String(got.headers['content-type']).includes('text/html')) {
        answer.writeHead(got.statusCode ?? 500, got.headers);
        got.pipe(answer);
        return;
      }
      const { 'content-length': _, ...rest } = got.headers;
      answer.writeHead(got.statusCode ?? 500, rest);
      void got.toArray().then(async (parts: Buffer[]) => {
        const page = Buffer.concat(parts);
        answer.write(page.subarray(0, page.length / 2));
        await released;
        answer.end(page.subarray(page.length / 2));
      });
    });
    asked.pipe(forward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    release,
    end: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
