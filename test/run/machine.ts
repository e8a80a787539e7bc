import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const packages = ['chromium', 'fonts-noto-cjk', 'fonts-liberation'];

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a program on PATH, or undefined. */
function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The Chromium that browser tests drive: CHROMIUM if set, else the first one that is found. */
export function findChromium(): string | undefined {
  const set = process.env.CHROMIUM;
  if (set) return existsSync(set) ? set : undefined;
  return browserNames.map(onPath).find((path) => path !== undefined) ?? applications.find(existsSync);
}

/** Whether some installed font can draw Chinese; elsewhere than on Linux the system brings one. */
function hasChineseFont(): boolean {
  if (process.platform !== 'linux') return true;
  const listed = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return listed.status === 0 && listed.stdout.trim() !== '';
}

function apt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}

/**
 * Sees to Chromium and a Chinese font, through apt where this process may use it.
 * Returns the sentence that says what is missing and how to get it, or null when all is there.
 */
export function missingOnMachine(): string | null {
  const ready = () => findChromium() !== undefined && hasChineseFont();
  if (ready()) return null;
  const mayInstall = process.getuid?.() === 0 && onPath('apt-get') !== undefined && !process.env.CHROMIUM;
  if (
    mayInstall &&
    apt('update', '-q') &&
    apt('install', '-y', '-q', '--no-install-recommends', ...packages)
  ) {
    if (ready()) return null;
  }
  return (
    'The browser tests need Chromium and a font with Chinese characters. On Debian or Ubuntu: ' +
    `sudo apt-get install ${packages.join(' ')}. Elsewhere install Chrome, or set CHROMIUM to its path.`
  );
}
