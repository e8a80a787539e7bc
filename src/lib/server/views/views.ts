import type { DatabaseSync } from 'node:sqlite';
import type { PersonViewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { openStore } from '../store.ts';

/** A funnel that somebody saved, as one of its readers sees it. */
export type SavedView = {
  id: number;
  name: string;
  /** The address that asks it, path and query. */
  address: string;
  /** Everybody who may open the address sees it in their list; else only its author. */
  isShared: boolean;
  author: { id: string; name: string };
  /** On the reader's own Week page. */
  isPinned: boolean;
  mayRemove: boolean;
};

/** A saved view as it is kept. */
export type KeptView = Pick<SavedView, 'name' | 'address'> & { author: string };

/**
 * The saved views of one data folder, kept in app.sqlite. Whoever saved a view sees it, and everybody else once it is shared;
 * its figures are always the reader's own. Its author changes it, by saving under the same name, and takes it away; the owner
 * takes away shared ones too. Everybody pins for themselves.
 */
export type Views = {
  /** The views that somebody sees, by name. */
  all(viewer: PersonViewer): SavedView[];
  /** Every view as it is written down, whoever may see it: to find whom they name. */
  kept(): KeptView[];
  /** Saves a view, in place of the one that the same person called the same. Throws Refusal bad_view. */
  save(viewer: PersonViewer, written: { name: string; address: string; isShared: boolean }): SavedView;
  /** Puts a view on the reader's Week page, or takes it off. Throws Refusal unknown_view. */
  pin(viewer: PersonViewer, id: number, isPinned: boolean): void;
  /** Throws Refusal unknown_view, not_your_view. */
  remove(viewer: PersonViewer, id: number): void;
  close(): void;
};

/** Characters that the name and the address of a view may have. */
export const LONGEST_NAME = 80;
const LONGEST_ADDRESS = 12_000;

const tables = `
  create table if not exists views (
    id integer primary key,
    name text not null,
    address text not null,
    is_shared integer not null,
    author text not null,
    author_name text not null,
    unique (author, name)
  ) strict;
  create table if not exists view_pins (
    view integer not null references views (id) on delete cascade,
    reader text not null,
    primary key (view, reader)
  ) strict;
`;

/** Opens the saved views in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openViews(file: string): Views {
  const database = openStore(file, `pragma foreign_keys = on; ${tables}`);
  const seen = database.prepare(`
    select v.*, p.reader is not null as is_pinned
    from views v
    left join view_pins p on p.view = v.id and p.reader = :reader
    where v.author = :reader or v.is_shared = 1
    order by v.name, v.id
  `);
  const all = (viewer: PersonViewer) => seen.all({ reader: viewer.id }).map((row) => viewOf(viewer, row));
  const every = database.prepare('select name, address, author_name from views order by name, id');
  const kept = () =>
    every.all().map((row) => ({
      name: String(row['name']),
      address: String(row['address']),
      author: String(row['author_name']),
    }));
  return { all, kept, ...writing(database, all), close: () => database.close() };
}

function writing(database: DatabaseSync, all: Views['all']): Pick<Views, 'save' | 'pin' | 'remove'> {
  const save = database.prepare(`
    insert into views (name, address, is_shared, author, author_name) values (?, ?, ?, ?, ?)
    on conflict (author, name) do update set
      address = excluded.address, is_shared = excluded.is_shared, author_name = excluded.author_name
    returning id
  `);
  const pin = database.prepare('insert or ignore into view_pins (view, reader) values (?, ?)');
  const unpin = database.prepare('delete from view_pins where view = ? and reader = ?');
  const remove = database.prepare('delete from views where id = ?');
  const get = (viewer: PersonViewer, id: number) => all(viewer).find((view) => view.id === id) ?? unknown(id);
  return {
    save: (viewer, { name, address, isShared }) => {
      const line = nameOf(name);
      if (address.length > LONGEST_ADDRESS) throw new Refusal('bad_view', { longest: LONGEST_NAME });
      const row = save.get(line, address, Number(isShared), viewer.id, viewer.name);
      return get(viewer, Number(row?.['id']));
    },
    pin: (viewer, id, isPinned) => {
      const view = get(viewer, id);
      (isPinned ? pin : unpin).run(view.id, viewer.id);
    },
    remove: (viewer, id) => {
      if (!get(viewer, id).mayRemove) throw new Refusal('not_your_view', {});
      remove.run(id);
    },
  };
}

function viewOf(viewer: PersonViewer, row: Record<string, unknown>): SavedView {
  const author = { id: String(row['author']), name: String(row['author_name']) };
  return {
    id: Number(row['id']),
    name: String(row['name']),
    address: String(row['address']),
    isShared: row['is_shared'] === 1,
    author,
    isPinned: row['is_pinned'] === 1,
    mayRemove: author.id === viewer.id || viewer.role === 'owner',
  };
}

function unknown(id: number): never {
  throw new Refusal('unknown_view', { id });
}

/** One line without control characters. */
function nameOf(name: string): string {
  const line = name.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line === '' || line.length > LONGEST_NAME) throw new Refusal('bad_view', { longest: LONGEST_NAME });
  return line;
}
