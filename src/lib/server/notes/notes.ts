import type { DatabaseSync } from 'node:sqlite';
import { Refusal } from '#lib/errors/refusal.ts';
import { addDays, isDay, mondayOf } from '#lib/ui/dates.ts';
import type { Note } from '#lib/ui/week-notes.ts';
import { openStore } from '../store.ts';

/** The notes of one data folder, each pinned to a week; kept in app.sqlite. */
export type Notes = {
  all(): Note[];
  /** The notes of every week that has a day in the period, oldest week first. Days are YYYY-MM-DD, inclusive. */
  between(from: string, to: string): Note[];
  /** Throws Refusal unknown_note. */
  get(id: number): Note;
  /** Pins a text to the week of a day. Throws Refusal bad_date or bad_note. */
  add(day: string, text: string): Note;
  /** Throws Refusal unknown_note, bad_date or bad_note. */
  change(id: number, day: string, text: string): Note;
  /** Throws Refusal unknown_note. */
  remove(id: number): void;
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

/** Opens the notes in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openNotes(file: string): Notes {
  const database = openStore(file, tables);
  const ofPeriod = database.prepare(
    'select id, week, text from notes where week between ? and ? order by week, id',
  );
  const one = database.prepare('select id, week, text from notes where id = ?');
  const between = (from: string, to: string) => ofPeriod.all(mondayOf(from), to).map(noteOf);
  const get = (id: number) => noteOf(one.get(id) ?? unknown(id));
  return {
    all: () => between('0001-01-01', '9999-12-31'),
    between,
    get,
    ...writing(database, get),
    close: () => database.close(),
  };
}

function writing(database: DatabaseSync, get: Notes['get']): Pick<Notes, 'add' | 'change' | 'remove'> {
  const insert = database.prepare('insert into notes (week, text) values (?, ?)');
  const update = database.prepare('update notes set week = ?, text = ? where id = ?');
  const remove = database.prepare('delete from notes where id = ?');
  return {
    add: (day, text) => get(Number(insert.run(weekOf(day), textOf(text)).lastInsertRowid)),
    change: (id, day, text) => {
      const { changes } = update.run(weekOf(day), textOf(text), id);
      return changes === 0 ? unknown(id) : get(id);
    },
    remove: (id) => {
      if (remove.run(id).changes === 0) unknown(id);
    },
  };
}

function noteOf(row: Record<string, unknown>): Note {
  const week = String(row['week']);
  return { id: Number(row['id']), week, lastDay: addDays(week, 6), text: String(row['text']) };
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
