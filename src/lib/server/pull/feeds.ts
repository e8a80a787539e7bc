import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { codes } from '#lib/errors/codes.ts';
import type { Code } from '#lib/errors/codes.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { openStore } from '../store.ts';
import { feed } from './feed.ts';
import type { Feed } from './feed.ts';
import { checkSchedule } from './cron.ts';
import type { RefusedFile } from './refused-file.ts';
import { hasUserInfo, shownUrl } from './shown-url.ts';
import type { Vault } from './vault.ts';

/** How a feed stands: when it was last asked and what came of it. Instants in ISO 8601, UTC. */
export type FeedState = {
  name: string;
  kind: Feed['kind'];
  /** Address or folder, without secrets. */
  place: string;
  table: string | null;
  schedule: string | null;
  cursor: string | null;
  last_run_at: string | null;
  /** `done`, or the code of a refusal. */
  last_outcome: string | null;
  last_read: number | null;
  /** The files of its folder that were refused and are not in yet. */
  refused_files: Pick<RefusedFile, 'file' | 'code'>[];
};

/** What one run came to. */
export type FeedRun = { outcome: string; read: number | null; cursor: string | null };

/** The feeds of one data folder, kept in app.sqlite with their secrets encrypted. */
export type Feeds = {
  /**
   * Adds a feed or takes the place of the one of its name. What that one had fetched counts as fetched still, unless the new
   * one asks elsewhere, feeds another list or tells by another field what is new. Throws Refusal bad_feed,
   * bad_schedule, password_in_url.
   */
  put(given: unknown): Feed;
  all(): FeedState[];
  /** With its secret opened. Throws Refusal unknown_feed, secret_unreadable. */
  get(name: string): { feed: Feed; cursor: string | null };
  /** Throws Refusal unknown_feed. */
  remove(name: string): void;
  ran(name: string, run: FeedRun, now: Date): void;
  /** Whether a file of a folder feed was imported as it is now. */
  knows(name: string, file: string, mark: string): boolean;
  /** A file of a folder feed was imported as it is now. */
  note(name: string, file: string, mark: string): void;
  /** The files of a folder feed that were refused and are not in yet. */
  refused(name: string): RefusedFile[];
  /** From now on these files of a folder feed are the refused ones. */
  refuse(name: string, files: readonly RefusedFile[]): void;
  /** From now on `listener` is told when a feed was put or removed. */
  onChange(listener: () => void): void;
  close(): void;
};

const tables = `
  create table if not exists feeds (
    name text primary key,
    feed text not null,
    cursor text,
    last_run_at text,
    last_outcome text,
    last_read integer
  ) strict;
  create table if not exists feed_files (
    name text not null,
    file text not null,
    mark text not null,
    primary key (name, file)
  ) strict;
  create table if not exists refused_files (
    name text not null,
    file text not null,
    mark text not null,
    decided text not null,
    code text not null,
    primary key (name, file)
  ) strict;
`;

/** Opens the feeds in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openFeeds(file: string, vault: Vault): Feeds {
  const database = openStore(file, tables);
  const one = database.prepare('select feed, cursor from feeds where name = ?');
  const every = database.prepare('select * from feeds order by name');
  const refused = (name: string) => refusedIn(database, name);
  const listeners: (() => void)[] = [];
  const changed = () => listeners.forEach((listen) => listen());
  return {
    put: (given) => {
      const added = put(database, vault, feedIn(given));
      changed();
      return added;
    },
    all: () => every.all().map((row) => stateOf(row, refused)),
    get: (name) => {
      const row = one.get(name) ?? unknown(name);
      const stored = JSON.parse(String(row['feed'])) as Feed;
      return { feed: withSecret(stored, vault.open), cursor: textOf(row['cursor']) };
    },
    remove: (name) => {
      if (database.prepare('delete from feeds where name = ?').run(name).changes === 0) unknown(name);
      database.prepare('delete from feed_files where name = ?').run(name);
      refuse(database, name, []);
      changed();
    },
    ran: (name, { outcome, read, cursor }, now) =>
      void database
        .prepare(
          'update feeds set last_run_at = ?, last_outcome = ?, last_read = ?, cursor = ? where name = ?',
        )
        .run(now.toISOString(), outcome, read, cursor, name),
    knows: (name, path, mark) =>
      database.prepare('select mark from feed_files where name = ? and file = ?').get(name, path)?.[
        'mark'
      ] === mark,
    note: (name, path, mark) =>
      void database
        .prepare('insert into feed_files values (?, ?, ?) on conflict do update set mark = excluded.mark')
        .run(name, path, mark),
    refused,
    refuse: (name, files) => refuse(database, name, files),
    onChange: (listener) => void listeners.push(listener),
    close: () => database.close(),
  };
}

function put(database: DatabaseSync, vault: Vault, given: Feed): Feed {
  const before = database.prepare('select feed from feeds where name = ?').get(given.name)?.['feed'];
  if (typeof before === 'string' && fetchesAs(JSON.parse(before) as Feed) !== fetchesAs(given)) {
    database.prepare('update feeds set cursor = null where name = ?').run(given.name);
    database.prepare('delete from feed_files where name = ?').run(given.name);
  }
  database
    .prepare(
      'insert into feeds (name, feed) values (?, ?) on conflict (name) do update set feed = excluded.feed',
    )
    .run(given.name, JSON.stringify(withSecret(given, vault.seal)));
  return given;
}

/** A code of another release is as if the file had not been tried. */
function refusedIn(database: DatabaseSync, name: string): RefusedFile[] {
  return database
    .prepare('select file, mark, decided, code from refused_files where name = ? order by file')
    .all(name)
    .flatMap(({ file, mark, decided, code }) =>
      isCode(code) ? [{ file: String(file), mark: String(mark), decided: String(decided), code }] : [],
    );
}

const isCode = (code: unknown): code is Code => typeof code === 'string' && Object.hasOwn(codes, code);

function refuse(database: DatabaseSync, name: string, files: readonly RefusedFile[]): void {
  database.prepare('delete from refused_files where name = ?').run(name);
  const add = database.prepare('insert into refused_files values (?, ?, ?, ?, ?)');
  for (const { file, mark, decided, code } of files) add.run(name, file, mark, decided, code);
}

function feedIn(given: unknown): Feed {
  const parsed = feed.safeParse(given);
  if (parsed.success) {
    if (parsed.data.schedule !== undefined) checkSchedule(parsed.data.schedule);
    if (parsed.data.kind === 'web') refuseUserInfo(new URL(parsed.data.url));
    return parsed.data;
  }
  throw new Refusal('bad_feed', { problem: z.prettifyError(parsed.error) });
}

/** Two feeds that are equal in this fetch the same records and call the same ones new. */
function fetchesAs(feed: Feed): string {
  return JSON.stringify(
    feed.kind === 'folder'
      ? [feed.path, feed.table]
      : [feed.url, feed.table, feed.records, feed.since?.field],
  );
}

/** An address is kept as it is; only `auth` is kept encrypted. */
function refuseUserInfo(url: URL): void {
  if (hasUserInfo(url)) throw new Refusal('password_in_url', { host: url.host });
}

function withSecret(given: Feed, change: (secret: string) => string): Feed {
  if (given.kind === 'folder' || !given.auth) return given;
  return { ...given, auth: { ...given.auth, secret: change(given.auth.secret) } };
}

function stateOf(row: Record<string, unknown>, refused: Feeds['refused']): FeedState {
  const stored = JSON.parse(String(row['feed'])) as Feed;
  return {
    name: stored.name,
    kind: stored.kind,
    place: stored.kind === 'web' ? shownUrl(stored.url) : stored.path,
    table: stored.table ?? null,
    schedule: stored.schedule ?? null,
    cursor: textOf(row['cursor']),
    last_run_at: textOf(row['last_run_at']),
    last_outcome: textOf(row['last_outcome']),
    last_read: row['last_read'] === null ? null : Number(row['last_read']),
    refused_files: refused(stored.name).map(({ file, code }) => ({ file, code })),
  };
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

function unknown(name: string): never {
  throw new Refusal('unknown_feed', { name });
}
