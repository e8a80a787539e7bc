import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/**
 * The folder that holds package.json and queries. Looked for upwards from this module, so that it is the same from
 * source under Node, inside Vite and in build/server; then upwards from the working folder.
 */
export function projectRoot(): string {
  found ??= rootAbove(dirname(fileURLToPath(import.meta.url))) ?? rootAbove(process.cwd());
  if (found === undefined)
    throw new Error('The folder of Seven Steps (package.json, queries) was not found.');
  return found;
}

/** A folder or file inside queries, e.g. `queriesPath('models')`. */
export function queriesPath(...parts: string[]): string {
  return join(projectRoot(), 'queries', ...parts);
}

function rootAbove(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isRoot(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function isRoot(folder: string): boolean {
  const description = join(folder, 'package.json');
  if (!existsSync(description) || !existsSync(join(folder, 'queries'))) return false;
  const content: unknown = JSON.parse(readFileSync(description, 'utf8'));
  return (
    typeof content === 'object' && content !== null && 'name' in content && content.name === 'seven-steps'
  );
}
