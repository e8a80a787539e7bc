import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPeople } from '#lib/server/accounts/people.ts';
import { sevensteps } from '../bench/process.ts';

const project = join(import.meta.dirname, '..', '..');

/** A running product over a data folder of its own. */
export type Studio = {
  address: string;
  /** The data folder. */
  data: string;
  /** The server's process. */
  pid: number;
  /** Asks for a path of this address as the owner who has signed in. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** What the server wrote to stderr, its log among it. */
  said(): string;
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

/** Starts the built product on a free port over a copy of the folder: set up as `npm start` asks, or `--sample`. */
export async function openStudio(
  folder: string,
  environment: NodeJS.ProcessEnv = {},
  ...options: '--sample'[]
): Promise<Studio> {
  const { server, link } = await startServer(folder, environment, ...options);
  const cookie = link === null ? '' : await setUp(link);
  if (cookie !== '') signedIn.set(server.address, cookie);
  return {
    ...server,
    fetch: (path, { headers, ...init } = {}) => {
      const sent = new Headers(headers);
      if (cookie !== '') sent.set('cookie', cookie);
      return fetch(server.address + path, { ...init, headers: sent });
    },
    end: async () => {
      signedIn.delete(server.address);
      await server.end();
    },
  };
}

/** The built product as it is after its start, with the link of the set-up; null where there is none to be done. */
export async function startServer(
  folder: string,
  environment: NodeJS.ProcessEnv = {},
  ...options: '--sample'[]
): Promise<{ server: Omit<Studio, 'fetch'>; link: string | null }> {
  const data = mkdtempSync(join(tmpdir(), 'seven-steps-studio-'));
  cpSync(folder, data, { recursive: true });
  const child = spawn(process.execPath, ['src/start.ts', ...options], {
    cwd: project,
    env: {
      ...process.env,
      SEVENSTEPS_LOG: 'warn',
      ...environment,
      SEVENSTEPS_DATA: data,
      PORT: '0',
      HOST: '127.0.0.1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (environment['SEVENSTEPS_LOG'] === undefined) process.stderr.write(text);
  });
  const isToSetUp = options.length === 0 && !isSetUp(data);
  const [address = '', link = null] = await printedAddresses(child, isToSetUp ? 2 : 1);
  const server = {
    address,
    data,
    pid: child.pid ?? 0,
    said: () => said,
    command: async (...words: string[]) => (await sevensteps(words, { SEVENSTEPS_DATA: data })).stdout,
    end: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
  return { server, link };
}

/** The cookie of whoever has signed in at an address, which a reader of this process brings along. */
export const signedIn = new Map<string, string>();

/** The name and password of the first owner. */
export const OWNER = { name: 'Owner', password: 'seven steps past the door' };

/** Makes the first owner by the link of the console; gives the cookie of their session. */
async function setUp(link: string): Promise<string> {
  const { origin, searchParams } = new URL(link);
  const body = new URLSearchParams({
    key: searchParams.get('key') ?? '',
    name: OWNER.name,
    password: OWNER.password,
    again: OWNER.password,
  });
  const answer = await fetch(link, { method: 'POST', body, headers: { origin }, redirect: 'manual' });
  const cookie = cookieIn(answer);
  if (cookie === '') throw new Error(`The set-up was refused: ${answer.status} ${await answer.text()}`);
  return cookie;
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookieIn(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

function isSetUp(data: string): boolean {
  const store = join(data, 'app.sqlite');
  if (!existsSync(store)) return false;
  const people = openPeople(store);
  try {
    return people.hasOwner();
  } finally {
    people.close();
  }
}

/** The addresses that the product prints: its own, and the link of the set-up. */
async function printedAddresses(child: ChildProcess, wanted: number): Promise<string[]> {
  let printed = '';
  for await (const text of child.stdout ?? []) {
    printed += String(text);
    const addresses = [...printed.matchAll(/(http:\/\/\S+)\s/g)].map(([, address = '']) => address);
    if (addresses.length >= wanted) return addresses;
  }
  throw new Error(`The server ended before it printed its address: ${printed}`);
}
