import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Studio } from '../studio.ts';

/** Sends what a browser's own functions would put in order first. */
export function sent(
  { address }: Studio,
  path: string,
  headers: OutgoingHttpHeaders,
  method = 'GET',
  body?: string,
) {
  const { hostname, port } = new URL(address);
  return new Promise<{ status: number; text: string; headers: OutgoingHttpHeaders }>((done, fail) => {
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    asked.once('error', fail);
    asked.end(body);
  });
}
