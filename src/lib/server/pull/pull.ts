import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import type { App } from '../app.ts';
import { writingInto } from '../disk.ts';
import { importFiles } from '../import/import-files.ts';
import type { Imported } from '../import/import-files.ts';
import { inspectFile } from '../import/inspect-file.ts';
import type { Source } from '../import/source.ts';
import { stagingFolder, uploadLimit } from '../import/staging.ts';
import type { Feed, FolderFeed, WebFeed } from './feed.ts';
import { filesIn } from './folder.ts';
import { decidedFor, staysRefused } from './refused-file.ts';
import type { RefusedFile } from './refused-file.ts';
import { fetchPages } from './web.ts';
import type { World } from './page-answer.ts';
import type { Bounds, Fetched } from './web.ts';

/**
 * What a run of a feed brought: the batches and what standing records lost to each, and the files of a folder that are not in
 * because they were refused, now or in a run before, with the code of the reason.
 */
export type Pulled = Brought & { refused: { file: string; code: string }[] };

type Brought = Pick<Imported, 'summaries' | 'emptied'>;

/** What a feed would bring: how many records its first page has, its columns, and the first record's texts. */
export type Tried = { records: number | null; headers: string[]; first: string[] };

const MOST_PAGES = 10_000;

/**
 * Asks a feed for what is new and imports it, by the same way as any file; the cursor moves on only when the import is in.
 * How it went stands in the feed's state. Throws Refusal unknown_feed, those of the fetching and of importFiles.
 */
export async function pull(app: App, name: string, world: World, signal: AbortSignal): Promise<Pulled> {
  const { feed, cursor } = app.feeds.get(name);
  try {
    const { pulled, cursor: next } =
      feed.kind === 'web'
        ? await pullWeb(app, feed, cursor, world, signal)
        : { pulled: await pullFolder(app, feed, signal), cursor };
    const outcome = pulled.refused[0]?.code ?? 'done';
    app.feeds.ran(name, { outcome, read: readIn(pulled), cursor: next }, app.clock());
    return pulled;
  } catch (error) {
    const outcome = error instanceof Refusal ? error.code : 'internal';
    app.feeds.ran(name, { outcome, read: null, cursor }, app.clock());
    throw error;
  }
}

/** Asks a feed once and imports nothing. Throws as `pull` does, and source_empty when there is nothing to show. */
export async function tryFeed(app: App, name: string, world: World, signal: AbortSignal): Promise<Tried> {
  const { feed } = app.feeds.get(name);
  return inFolder(app, async (folder) => {
    const bounds = { bytes: uploadLimit(app.settings), pages: 1, rest: 'left' } as const;
    const [path, records] =
      feed.kind === 'folder'
        ? [(await filesIn(feed, app.clock()))[0]?.path, null]
        : firstOf(await fetchPages({ feed, cursor: null, folder, bounds }, world, signal));
    if (path === undefined) throw new Refusal('source_empty', { name });
    const { head } = await inspectFile(app, { name: basename(path), path }, { signal });
    return { records, headers: head.headers, first: head.sample[0] ?? [] };
  });
}

const firstOf = ({ files, records }: Fetched) => [files[0], records] as const;

async function pullWeb(app: App, feed: WebFeed, cursor: string | null, world: World, signal: AbortSignal) {
  return inFolder(app, async (folder) => {
    const bounds: Bounds = { bytes: uploadLimit(app.settings), pages: MOST_PAGES, rest: 'refused' };
    const fetched = await fetchPages({ feed, cursor, folder, bounds }, world, signal);
    const sources = fetched.files.map((path) => fileToImport(feed, `${feed.name}-${basename(path)}`, path));
    const brought =
      sources.length === 0 ? { summaries: [], emptied: [] } : await imported(app, feed, sources, signal);
    return { pulled: { ...brought, refused: [] } satisfies Pulled, cursor: fetched.cursor };
  });
}

/**
 * Each file for itself: one that is refused does not keep the others out. It is tried again when it has changed or something
 * else was decided about it, and each time when the reason does not lie in the file.
 */
async function pullFolder(app: App, feed: FolderFeed, signal: AbortSignal): Promise<Pulled> {
  const brought: Brought[] = [];
  const refused: RefusedFile[] = [];
  const before = app.feeds.refused(feed.name);
  const decided = decidedFor(app, feed);
  for (const { name, path, mark } of await filesIn(feed, app.clock())) {
    const earlier = before.find(({ file }) => file === name);
    if (earlier && staysRefused(earlier, mark, decided)) {
      refused.push(earlier);
      continue;
    }
    if (app.feeds.knows(feed.name, name, mark)) continue;
    try {
      brought.push(await imported(app, feed, [fileToImport(feed, name, path)], signal));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'query_cancelled') throw error;
      refused.push({ file: name, mark, decided, code: error.code });
      continue;
    }
    app.feeds.note(feed.name, name, mark);
  }
  app.feeds.refuse(feed.name, refused);
  return {
    summaries: brought.flatMap(({ summaries }) => summaries),
    emptied: brought.flatMap(({ emptied }) => emptied),
    refused: refused.map(({ file, code }) => ({ file, code })),
  };
}

function fileToImport({ name: feed, table, mapping }: Feed, name: string, path: string): Source {
  const own = mapping ?? (table === undefined ? undefined : mappingByHeader(table));
  return { name, path, kind: `pull:${feed}`, ...(own === undefined ? {} : { mapping: own }) };
}

async function imported(app: App, feed: Feed, sources: Source[], signal: AbortSignal): Promise<Brought> {
  const origin = { way: feed.kind === 'web' ? 'pull' : 'folder', name: feed.name, by: null } as const;
  return importFiles(app, sources, { origin, signal });
}

function readIn({ summaries }: Brought): number {
  return summaries.reduce((sum, { read }) => sum + read, 0);
}

async function inFolder<T>(app: App, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(stagingFolder(app.data), randomUUID());
  try {
    await writingInto(app.data, () => mkdir(folder, { recursive: true, mode: 0o700 }));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
