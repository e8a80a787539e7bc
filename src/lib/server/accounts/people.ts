import { randomUUID } from 'node:crypto';
import type { Standing } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { openStore } from '../store.ts';
import { rowOfStanding, standingInRow } from './standing.ts';

/** Somebody who may be here, with or without a password yet. Instants are ISO 8601 in UTC. */
export type Person = {
  id: string;
  /** The name that is typed to sign in, as it was given. */
  name: string;
  standing: Standing;
  createdAt: string;
  disabledAt: string | null;
  /** Sessions begun before this are over; null where none was ended from outside. */
  sessionsFrom: string | null;
};

/** The people of one data folder, kept in app.sqlite. */
export type People = {
  /** By name; those who may not sign in any more last. */
  all(): Person[];
  find(id: string): Person | undefined;
  /** By the name that is typed to sign in, however its letters are written. */
  named(name: string): Person | undefined;
  /** Throws Refusal unknown_person. */
  get(id: string): Person;
  /** Whether an owner may sign in. */
  hasOwner(): boolean;
  /** Throws Refusal bad_person_name, name_taken. */
  add(name: string, standing: Standing, now: Date): Person;
  /** Throws Refusal unknown_person, last_owner. */
  change(id: string, standing: Standing): Person;
  /** Bars somebody and ends their sessions. Throws Refusal unknown_person, last_owner. */
  disable(id: string, now: Date): Person;
  /** Throws Refusal unknown_person. */
  enable(id: string): Person;
  /** Ends every session that has begun. Throws Refusal unknown_person. */
  endSessions(id: string, now: Date): Person;
  close(): void;
};

const LONGEST_NAME = 60;

const tables = `
  create table if not exists people (
    id text primary key,
    name text not null,
    login text not null unique,
    role text not null,
    stores text,
    staff_id text,
    created_at text not null,
    disabled_at text,
    sessions_from text
  ) strict;
`;

/** The form of a name by which people are told apart: full width or half, large or small letters are the same. */
export function loginOf(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** Opens the people in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openPeople(file: string): People {
  const database = openStore(file, tables);
  const every = database.prepare('select * from people order by disabled_at is not null, login');
  const byId = database.prepare('select * from people where id = ?');
  const byLogin = database.prepare('select * from people where login = ?');
  const owners = database.prepare(
    `select id from people where role = 'owner' and disabled_at is null and id <> ? limit 1`,
  );
  const insert = database.prepare(
    'insert into people (id, name, login, role, stores, staff_id, created_at) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare('update people set role = ?, stores = ?, staff_id = ? where id = ?');
  const bar = database.prepare('update people set disabled_at = ?, sessions_from = ? where id = ?');
  const admit = database.prepare('update people set disabled_at = null where id = ?');
  const end = database.prepare('update people set sessions_from = ? where id = ?');

  const find = (id: string) => optional(byId.get(id));
  const get = (id: string) => {
    const person = find(id);
    if (person === undefined) throw new Refusal('unknown_person', { name: id });
    return person;
  };
  const keepAnOwner = (id: string) => {
    const { standing, disabledAt } = get(id);
    if (standing.role === 'owner' && disabledAt === null && owners.get(id) === undefined)
      throw new Refusal('last_owner', {});
  };
  return {
    all: () => every.all().map(personOf),
    find,
    named: (name) => optional(byLogin.get(loginOf(name))),
    get,
    hasOwner: () => owners.get('') !== undefined,
    add: (name, standing, now) => {
      const shown = nameOf(name);
      if (byLogin.get(loginOf(shown)) !== undefined) throw new Refusal('name_taken', { name: shown });
      const { role, stores, staff_id } = rowOfStanding(standing);
      const id = randomUUID();
      insert.run(id, shown, loginOf(shown), role, stores, staff_id, now.toISOString());
      return get(id);
    },
    change: (id, standing) => {
      if (standing.role !== 'owner') keepAnOwner(id);
      const { role, stores, staff_id } = rowOfStanding(standing);
      update.run(role, stores, staff_id, id);
      return get(id);
    },
    disable: (id, now) => {
      keepAnOwner(id);
      bar.run(now.toISOString(), now.toISOString(), id);
      return get(id);
    },
    enable: (id) => {
      admit.run(id);
      return get(id);
    },
    endSessions: (id, now) => {
      end.run(now.toISOString(), id);
      return get(id);
    },
    close: () => database.close(),
  };
}

function nameOf(given: string): string {
  const name = given
    .normalize('NFKC')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  if (name === '' || [...name].length > LONGEST_NAME)
    throw new Refusal('bad_person_name', { longest: LONGEST_NAME });
  return name;
}

const optional = (row: Record<string, unknown> | undefined) =>
  row === undefined ? undefined : personOf(row);

function personOf(row: Record<string, unknown>): Person {
  const text = (name: string) => (row[name] === null ? null : String(row[name]));
  return {
    id: String(row['id']),
    name: String(row['name']),
    standing: standingInRow(row),
    createdAt: String(row['created_at']),
    disabledAt: text('disabled_at'),
    sessionsFrom: text('sessions_from'),
  };
}
