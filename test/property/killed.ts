import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

/** How an import ended: by itself with a code, or killed. Milliseconds from its start. */
export type Ended = { code: number | null; milliseconds: number };

/**
 * Imports files by the command line in a process of its own and kills that with SIGKILL after so many milliseconds,
 * unless it has ended. Returns when it and every process that it had started are gone.
 */
export async function importAndKill(
  data: string,
  files: readonly string[],
  after = Number.POSITIVE_INFINITY,
): Promise<Ended> {
  const begun = performance.now();
  const child = spawn(process.execPath, [main, 'import', ...files, '--json'], {
    env: { ...process.env, LANG: 'C', SEVENSTEPS_DATA: data },
    stdio: 'ignore',
  });
  const { pid } = child;
  let children: number[] = [];
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const watch = new AbortController();
  if (after !== Number.POSITIVE_INFINITY)
    void pause(after, undefined, { signal: watch.signal }).then(
      () => {
        if (pid === undefined) return;
        children = childrenOf(pid);
        child.kill('SIGKILL');
      },
      () => undefined,
    );
  const code = await ended;
  watch.abort();
  while (children.some(isAlive)) await turn();
  return { code, milliseconds: performance.now() - begun };
}

/** The processes that a process has started and not lost; none where the system does not tell. */
function childrenOf(pid: number): number[] {
  try {
    const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return listed === '' ? [] : listed.split(' ').map(Number);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
