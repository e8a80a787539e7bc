import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

export type Ended = { code: number | null; out: string; messages: string };

/** Runs the command line as a process of its own on a data folder. */
export async function sevensteps(
  data: string,
  given: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...given], {
    env: { ...process.env, LANG: 'C', LC_ALL: 'C', SEVENSTEPS_DATA: data, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const [out, messages, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, messages };
}
