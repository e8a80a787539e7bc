import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the built pages depend on. Queries are read when they are asked and need no build. */
const INPUTS = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];

const stampOf = (root: string): string => join(root, 'build', 'inputs.sha256');

/** Builds the pages unless the last build was made from the same files. Throws an Error when Vite fails. */
export async function ensureBuilt(root: string): Promise<void> {
  const stamp = stampOf(root);
  if (statSync(stamp, { throwIfNoEntry: false }) && readFileSync(stamp, 'utf8') === hashOfInputs(root))
    return;
  console.error('Seven Steps: building the pages …');
  await run(root, 'vite', ['build', '--logLevel', 'error']);
}

/** Notes with the built pages from which files they were made, as `hashOfInputs` gave it before they were read. */
export function stampBuild(root: string, hash: string): void {
  writeFileSync(stampOf(root), hash);
}

/** SHA-256 over all files that the built pages depend on, hexadecimal. */
export function hashOfInputs(root: string): string {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesOf(root, input)))
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Files below a path, sorted; compiled words follow from their sources. */
function filesOf(root: string, path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('paraglide'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function run(root: string, command: string, parameters: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(join(root, 'node_modules', '.bin', command), parameters, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? done() : fail(new Error(`${command} ${parameters.join(' ')} ended with ${code}`)),
    );
  });
}
