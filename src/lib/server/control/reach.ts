import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Request, ResultOf } from './requests.ts';
import { socketPath, toRefusal } from './wire.ts';
import type { Reply } from './wire.ts';

/**
 * Asks the server that holds a data folder; undefined when none is running there (a socket without a listener is one
 * that a dead process left). Throws the server's Refusal.
 */
export async function askServer<R extends Request>(
  data: string,
  request: R,
): Promise<ResultOf<R> | undefined> {
  const socket = await connected(socketPath(data));
  if (socket === undefined) return undefined;
  socket.end(JSON.stringify(request));
  const line = await text(socket);
  if (line === '') throw new Refusal('internal', {}, 'the server closed the connection');
  const reply = JSON.parse(line) as Reply;
  if ('refusal' in reply) throw toRefusal(reply);
  return reply.result as ResultOf<R>;
}

const absent = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'ENOTDIR']);

function connected(path: string): Promise<Socket | undefined> {
  return new Promise((done, fail) => {
    const socket = connect({ path, allowHalfOpen: true });
    socket.once('connect', () => done(socket));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      absent.has(error.code ?? '') ? done(undefined) : fail(error),
    );
  });
}
