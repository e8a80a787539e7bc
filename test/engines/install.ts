import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = '3.4.0';

/**
 * Installs chdb (ClickHouse in process, about 540 MB) into a cache folder of its own, unless it is there, and gives
 * the folder. Throws when npm cannot install it.
 */
export function installChdb(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'seven-steps', `chdb-${VERSION}`);
  const done = join(folder, 'installed');
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'chdb-cache', private: true }));
  console.log(`Installing chdb ${VERSION} into ${folder} …`);
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--save-exact'];
  const { status, error } = spawnSync('npm', ['install', `chdb@${VERSION}`, ...options], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm could not install chdb ${VERSION}.`, { cause: error });
  writeFileSync(done, '');
  return folder;
}
