import type { DatabaseSync } from 'node:sqlite';
import type { Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { addDays, isDay, mondayOf } from '#lib/ui/dates.ts';
import type { Note } from '#lib/ui/week-notes.ts';
import { addColumns, openStore } from '../store.ts';
import { authorOf, mayChangeNote, mayReadNote, storesFor } from './readers.ts';
import type { NoteAuthor, NoteStores } from './readers.ts';

/** A note as it is kept. */
export type KeptNote = Omit<Note, 'mayChange'> & { author: NoteAuthor };

/** A note as somebody reads it. */
export type ReadNote = Note & { author: NoteAuthor };

/** A note as somebody writes it; `stores` as storesFor reads it, left out by whoever leaves it as it is. */
export type WrittenNote = { day: string; text: string; stores?: NoteStores };

/** The notes of one data folder, each pinned to a week; kept in app.sqlite. Who reads and who changes them, readers.ts says. */
export type Notes = {
  /** The notes that somebody reads, the oldest week first. */
  all(viewer: Viewer): ReadNote[];
  /** Every note, whoever may read it: for what is asked of the whole store. */
  kept(): KeptNote[];
  /** Throws Refusal unknown_note, also for a note that somebody does not read. */
  get(viewer: Viewer, id: number): ReadNote;
  /** Pins a text to the week of a day. Throws Refusal bad_date, bad_note, not_for_you. */
  add(viewer: Viewer, written: WrittenNote): ReadNote;
  /** Throws Refusal unknown_note, not_your_note, bad_date, bad_note, not_for_you. */
  change(viewer: Viewer, id: number, written: WrittenNote): ReadNote;
  /** Throws Refusal unknown_note, not_your_note. */
  remove(viewer: Viewer, id: number): void;
  close(): void;
};

/** Characters that a note may have. */
export const LONGEST_NOTE = 200;

const tables = `
  create table if not exists notes (
    id integer primary key,
    week text not null,
    text text not null
  ) strict;
  create index if not exists notes_by_week on notes (week);
`;
const later = { author: 'text', author_name: 'text', stores: 'text' };

/** Opens the notes in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openNotes(file: string): Notes {
  const database = openStore(file, tables);
  addColumns(database, 'notes', later);
  const every = database.prepare('select * from notes order by week, id');
  const one = database.prepare('select * from notes where id = ?');
  const kept = () => every.all().map(noteOf);
  const get = (viewer: Viewer, id: number) => {
    const note = noteOf(one.get(id) ?? unknown(id));
    return mayReadNote(viewer, note.stores) ? readBy(viewer)(note) : unknown(id);
  };
  return {
    all: (viewer) =>
      kept()
        .filter(({ stores }) => mayReadNote(viewer, stores))
        .map(readBy(viewer)),
    kept,
    get,
    ...writing(database, get),
    close: () => database.close(),
  };
}

function writing(database: DatabaseSync, get: Notes['get']): Pick<Notes, 'add' | 'change' | 'remove'> {
  const insert = database.prepare(
    'insert into notes (week, text, stores, author, author_name) values (?, ?, ?, ?, ?)',
  );
  const update = database.prepare('update notes set week = ?, text = ?, stores = ? where id = ?');
  const remove = database.prepare('delete from notes where id = ?');
  const own = (viewer: Viewer, id: number) => {
    const note = get(viewer, id);
    if (!note.mayChange) throw new Refusal('not_your_note', {});
    return note;
  };
  return {
    add: (viewer, { day, text, stores = null }) => {
      const { id, name } = authorOf(viewer);
      const given = [weekOf(day), textOf(text), storesText(storesFor(viewer, stores)), id, name] as const;
      return get(viewer, Number(insert.run(...given).lastInsertRowid));
    },
    change: (viewer, id, { day, text, stores }) => {
      const note = own(viewer, id);
      const readers = stores === undefined ? note.stores : storesFor(viewer, stores);
      update.run(weekOf(day), textOf(text), storesText(readers), id);
      return get(viewer, id);
    },
    remove: (viewer, id) => void remove.run(own(viewer, id).id),
  };
}

const storesText = (stores: NoteStores): string | null => (stores === null ? null : JSON.stringify(stores));

const readBy =
  (viewer: Viewer) =>
  (note: KeptNote): ReadNote => ({ ...note, mayChange: mayChangeNote(viewer, note.author) });

function noteOf(row: Record<string, unknown>): KeptNote {
  const week = String(row['week']);
  const stores: unknown = row['stores'] === null ? null : JSON.parse(String(row['stores']));
  return {
    id: Number(row['id']),
    week,
    lastDay: addDays(week, 6),
    text: String(row['text']),
    stores: Array.isArray(stores) ? stores.map(String) : null,
    author: row['author'] === null ? null : { id: String(row['author']), name: String(row['author_name']) },
  };
}

function unknown(id: number): never {
  throw new Refusal('unknown_note', { id });
}

function weekOf(day: string): string {
  if (!isDay(day)) throw new Refusal('bad_date', { name: 'week', value: day });
  return mondayOf(day);
}

/** One line without control characters. */
function textOf(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line === '' || line.length > LONGEST_NOTE) throw new Refusal('bad_note', { longest: LONGEST_NOTE });
  return line;
}
