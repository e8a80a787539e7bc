/**
 * Makes what is generated and not committed: the compiled words and SvelteKit's types. Runs after every `npm ci`; the
 * command line calls `wordsReady`, so that it works where install scripts were switched off.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { compile } from '@inlang/paraglide-js';

const root = join(import.meta.dirname, '..');
const words = join(root, 'src', 'lib', 'words');
const compiled = join(root, 'src', 'lib', 'paraglide');

/** How the words are compiled, here and by Vite. */
export const wordOptions = {
  project: join(words, 'project.inlang'),
  outdir: compiled,
  outputStructure: 'locale-modules',
  strategy: ['preferredLanguage', 'baseLocale'],
  emitReadme: false,
  emitGitIgnore: false,
} satisfies Parameters<typeof compile>[0];

/** Compiles the words unless they are newer than every message file. */
export async function wordsReady(): Promise<void> {
  const made = statSync(join(compiled, 'messages.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(words, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  if (!sources.some((file) => statSync(join(words, file)).mtimeMs > made)) return;
  const paraglide = await import('@inlang/paraglide-js'); // half of a start that needs no compiler
  await paraglide.compile(wordOptions);
}

if (import.meta.main) {
  await wordsReady();
  spawnSync(join(root, 'node_modules', '.bin', 'svelte-kit'), ['sync'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
