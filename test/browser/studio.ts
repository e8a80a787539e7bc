import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sevensteps } from '../bench/process.ts';

const project = join(import.meta.dirname, '..', '..');

/** A running product over a data folder of its own. */
export type Studio = {
  address: string;
  /** The data folder. */
  data: string;
  /** The server's process. */
  pid: number;
  /** Runs a command of the product's command line on the same data; gives what it printed. */
  command(...words: string[]): Promise<string>;
  end(): Promise<void>;
};

/** A data folder that holds the sample studio and nothing of one's own: built once, then copied for each server. */
export type Template = { folder: string; remove(): void };

/** Loads the sample by command line, as the first start would. */
export async function sampleTemplate(): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'seven-steps-sample-'));
  await sevensteps(['report', 'data_span', '--sample', '--json'], { SEVENSTEPS_DATA: folder });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts the built product as `npm start` does, on a free port, over a copy of the folder. */
export async function openStudio(folder: string, environment: NodeJS.ProcessEnv = {}): Promise<Studio> {
  const data = mkdtempSync(join(tmpdir(), 'seven-steps-studio-'));
  cpSync(folder, data, { recursive: true });
  const child = spawn(process.execPath, ['src/start.ts'], {
    cwd: project,
    env: {
      ...process.env,
      SEVENSTEPS_LOG: 'warn',
      ...environment,
      SEVENSTEPS_DATA: data,
      PORT: '0',
      HOST: '127.0.0.1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await printedAddress(child);
  return {
    address,
    data,
    pid: child.pid ?? 0,
    command: async (...words) => (await sevensteps(words, { SEVENSTEPS_DATA: data })).stdout,
    end: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function printedAddress(child: ChildProcess): Promise<string> {
  let printed = '';
  for await (const text of child.stdout ?? []) {
    printed += String(text);
    const address = /http:\/\/\S+/.exec(printed)?.[0];
    if (address) return address;
  }
  throw new Error(`The server ended before it printed its address: ${printed}`);
}
