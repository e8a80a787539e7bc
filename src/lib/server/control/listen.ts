import { chmod, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '../app.ts';
import { perform } from './requests.ts';
import type { Request } from './requests.ts';
import { LONGEST_REQUEST, socketPath, toReply } from './wire.ts';
import type { Reply } from './wire.ts';

export type Control = { close(): Promise<void> };

/**
 * Lets the command line reach this process through a Unix socket in the data folder that only its owner may use.
 * A socket that a dead process left behind is replaced. Throws Refusal warehouse_busy when a live one answers there.
 */
export async function listenControl(app: App): Promise<Control> {
  const path = socketPath(app.data);
  if (await answers(path)) throw new Refusal('warehouse_busy', { file: app.data });
  await rm(path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    void serve(app, socket);
  });
  await listening(server, path);
  await chmod(path, 0o600);
  return {
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Whether somebody listens at the path. */
function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

function listening(server: Server, path: string): Promise<void> {
  const mask = process.umask(0o177);
  try {
    return new Promise((done, fail) => {
      server.once('error', fail);
      server.listen(path, () => done());
    });
  } finally {
    process.umask(mask);
  }
}

async function serve(app: App, socket: Socket): Promise<void> {
  const reply = await answer(app, socket);
  if (!socket.destroyed) socket.end(`${JSON.stringify(reply)}\n`);
}

async function answer(app: App, socket: Socket): Promise<Reply> {
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LONGEST_REQUEST) throw new Refusal('usage', { detail: 'the request is too long' });
    }
    return { result: await perform(app, JSON.parse(Buffer.concat(chunks).toString('utf8')) as Request) };
  } catch (error) {
    return toReply(error);
  }
}
