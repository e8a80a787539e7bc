import { spawn } from 'node:child_process';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { processLog } from '#lib/server/log/log.ts';
import { isLoopback } from '#lib/server/studio/hosts.ts';
import { localeOfTag } from '#lib/words/locale.ts';
import { ensureBuilt } from './build.ts';
import { serve } from './serve.ts';
import type { Serving } from './serve.ts';

const root = join(import.meta.dirname, '..', '..');
const { values: options } = parseArgs({
  options: { sample: { type: 'boolean', default: false }, dev: { type: 'boolean', default: false } },
});

/** The stores close by themselves; whoever still holds the process after this is cut off. */
const LONGEST_GOODBYE_MS = 5000;

process.env.BODY_SIZE_LIMIT ??= 'Infinity';
process.env.SEVENSTEPS_SAMPLE = options.sample ? '1' : '0';

// A promise that nobody waits for any more must not end the process for everybody else.
process.on('unhandledRejection', (reason) => processLog().fault('doing what nobody waits for', reason));

try {
  processLog();
  const host = hostOf(process.env);
  const port = portOf(process.env.PORT);
  await (options.dev ? serveSources(host, port) : servePages(host, port));
} catch (error) {
  const { code, message, remedy, cause } = explain(
    error,
    localeOfTag(process.env.LANG ?? '') ?? 'en',
    'command',
  );
  console.error([`${message} (${code})`, remedy, cause].filter(Boolean).join('\n'));
  process.exitCode = 1;
}

async function servePages(host: string, port: number): Promise<void> {
  const serving = await listenAt(host, port);
  try {
    await ensureBuilt(root);
    process.env.ORIGIN ??= serving.origin;
    const { handler } = (await import(join(root, 'build', 'handler.js'))) as { handler: RequestListener };
    serving.ready(handler);
  } catch (error) {
    await serving.close();
    throw error;
  }
  console.log(`Seven Steps 七步: ${process.env.ORIGIN}`);
  process.emit('sevensteps:serving' as 'exit', 0);
  whenAskedToStop(() => {
    process.emit('sveltekit:shutdown' as 'exit', 0);
    void serving.close();
    setTimeout(() => process.exit(0), LONGEST_GOODBYE_MS).unref();
  });
}

async function serveSources(host: string, port: number): Promise<void> {
  process.env.SEVENSTEPS_DEV = '1';
  process.env.ORIGIN = `http://${host}:${port}`;
  const vite = join(root, 'node_modules', '.bin', 'vite');
  const child = spawn(vite, ['dev', '--host', host, '--port', String(port), '--strictPort'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  whenAskedToStop(() => child.kill('SIGTERM'));
  process.exitCode = await new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)));
}

/** On a signal, or when the shell between npm and this process has died: it passes no signal on. */
function whenAskedToStop(stop: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) once();
  }, 500).unref();
  const once = () => {
    clearInterval(watch);
    stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, once);
}

async function listenAt(host: string, port: number): Promise<Serving> {
  try {
    return await serve(host, port);
  } catch (error) {
    throw new Refusal('port_taken', { port }, error);
  }
}

/** Other machines may look where people log in, and where it is known by which address they come; never at the sample. */
function hostOf({ HOST: host = '127.0.0.1', ORIGIN }: NodeJS.ProcessEnv): string {
  if (!isLoopback(host) && (options.sample || !ORIGIN)) throw new Refusal('address_refused', { host });
  return host;
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Refusal('bad_port', { value: text ?? '' });
  return port;
}
