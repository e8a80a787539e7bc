import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { projectFolder } from './process.ts';

/** A running product with the sample studio: where it answers, its environment, and how to end it. */
export type Server = { address: string; env: Record<string, string>; stop: () => Promise<void> };

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Resolves when the address answers with a page; until then the product says 503 or does not listen yet. */
async function ready(address: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const status = await fetch(address).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server ended with ${child.exitCode}`);
}

/** Starts the product as `npm start -- --sample` does, with its data in the given folder. */
export async function serveSample(folder: string): Promise<Server> {
  const port = await freePort();
  const env = { SEVENSTEPS_DATA: folder, PORT: String(port) };
  const child = spawn(process.execPath, ['src/start.ts', '--sample'], {
    cwd: projectFolder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const address = `http://127.0.0.1:${port}`;
  await ready(address, child);
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { address, env, stop };
}
