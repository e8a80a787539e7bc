import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import type { FolderFeed } from './feed.ts';

/** A file of a folder feed; `mark` changes when the file does. */
export type FolderFile = { name: string; path: string; mark: string };

/** A file that was written to less long ago may still be growing. */
const SETTLED_MS = 5000;
/** What programs leave while they work, and what systems hide. */
const UNFINISHED = /^(?:\.|~\$)|\.(?:tmp|part|crdownload|download)$/i;

/** The finished files that stand in a folder itself, by name. Throws Refusal folder_unreadable. */
export async function filesIn({ path: folder }: Pick<FolderFeed, 'path'>, now: Date): Promise<FolderFile[]> {
  const names = await namesIn(folder);
  const files = await Promise.all(
    names
      .filter((name) => !UNFINISHED.test(name))
      .map(async (name) => {
        const path = join(folder, name);
        const found = await stat(path).catch(() => undefined);
        if (!found?.isFile() || now.getTime() - found.mtimeMs < SETTLED_MS) return [];
        return [{ name, path, mark: `${found.size} ${found.mtimeMs}` }];
      }),
  );
  return files.flat();
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    throw new Refusal('folder_unreadable', { folder }, error);
  }
}
