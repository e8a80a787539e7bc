import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const source = join(import.meta.dirname, 'lighthouse');
const files = ['package.json', 'package-lock.json'];

/**
 * Installs Lighthouse from a lock file of its own into a cache folder, unless it is there: it weighs as much as a
 * quarter of everything else, and nobody needs it but this bench. Gives the address of its module. Throws when npm
 * cannot install it.
 */
export function installLighthouse(): string {
  const hash = createHash('sha256');
  for (const name of files) hash.update(readFileSync(join(source, name)));
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'seven-steps', `lighthouse-${hash.digest('hex').slice(0, 12)}`);
  const done = join(folder, 'installed');
  if (!existsSync(done)) {
    mkdirSync(folder, { recursive: true });
    for (const name of files) copyFileSync(join(source, name), join(folder, name));
    console.error(`Installing Lighthouse into ${folder} …`);
    const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error('npm could not install Lighthouse.', { cause: error });
    writeFileSync(done, '');
  }
  return pathToFileURL(join(folder, 'node_modules', 'lighthouse', 'core', 'index.js')).href;
}
