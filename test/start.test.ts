import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureBuilt, hashOfInputs, stampBuild } from '../src/start/build.ts';
import { serve } from '../src/start/serve.ts';

const project = join(import.meta.dirname, '..');

/** Runs `npm start`'s script until it ends by itself; gives its exit code and its messages. */
async function startWith(
  env: Record<string, string>,
  ...given: string[]
): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['src/start.ts', ...given], {
    cwd: project,
    env: { ...process.env, LANG: 'en_GB.UTF-8', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

describe('the start', () => {
  test('answers 503 with Retry-After until the pages are ready, then with the pages', async () => {
    const serving = await serve('127.0.0.1', 0);
    const early = await fetch(serving.origin);
    expect(early.status).toBe(503);
    expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${serving.origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${serving.origin}/readyz`)).status).toBe(503);
    serving.ready((_, response) => response.end('the page'));
    expect(await (await fetch(serving.origin)).text()).toBe('the page');
    await serving.close();
  });

  test.each([
    ['without the address that people open', {}, []],
    ['with the sample, where nobody logs in', { ORIGIN: 'https://studio.example' }, ['--sample']],
  ])('refuses to listen to other machines %s', async (_, env, given) => {
    const { code, said } = await startWith({ HOST: '0.0.0.0', PORT: '0', ...env }, ...given);
    expect(code).toBe(1);
    expect(said).toContain('address_refused');
  });

  test.each(['http', '-1', '65536', '80.5'])('refuses the port %s', async (port) => {
    const { code, said } = await startWith({ PORT: port });
    expect(code).toBe(1);
    expect(said).toContain('bad_port');
  });

  test('refuses an amount of logging that there is not', async () => {
    const { code, said } = await startWith({ SEVENSTEPS_LOG: 'loud', PORT: '0' });
    expect(code).toBe(1);
    expect(said).toContain('bad_log_level');
  });

  test('says so when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, said } = await startWith({ PORT: String(port) });
    expect(code).toBe(1);
    expect(said).toContain('port_taken');
    expect(said).toContain(String(port));
    other.close();
  });

  test('takes a build as it is that vite made from the same files', () => {
    const root = mkdtempSync(join(tmpdir(), 'build-'));
    for (const folder of ['src', 'static', 'build']) mkdirSync(join(root, folder));
    for (const file of ['package-lock.json', 'svelte.config.js', 'vite.config.ts', 'src/a.ts'])
      writeFileSync(join(root, file), file);
    stampBuild(root, hashOfInputs(root));
    return expect(ensureBuilt(root).finally(() => rmSync(root, { recursive: true }))).resolves.toBe(
      undefined,
    );
  });
});
