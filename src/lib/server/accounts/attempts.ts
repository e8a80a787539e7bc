import { createHash } from 'node:crypto';
import { Refusal } from '#lib/errors/refusal.ts';
import { openStore } from '../store.ts';

/**
 * What is tried and for whom: the password of a name that was typed, or a code of a person, null where nobody is known to
 * have begun; and the address of the request.
 */
export type Try = { what: 'password' | 'code'; who: string | null; address: string };

/** Failed attempts, kept in app.sqlite so that a restart forgives none; what was typed is kept as a hash alone. */
export type Attempts = {
  /**
   * Notes an attempt before it is judged, so that many at once are counted too; `succeeded` takes it back.
   * Throws Refusal too_many_attempts.
   */
  begin(tried: Try, now: Date): { succeeded(): void };
  /** Whether a code of somebody is taken for the first time: one that was looked on at is good for nobody else. */
  isFirst(person: string, code: string, now: Date): boolean;
  close(): void;
};

/** Failures within the window that whoever is tried, and an address for all that it tries, may have. */
const LIMITS = { who: 10, address: 50 };
const WINDOW_MINUTES = 15;

/** Under what attempts for nobody are kept: they count for their address alone. */
const NOBODY = '';

const tables = `
  create table if not exists attempts (
    id integer primary key,
    login text not null,
    address text not null,
    at text not null
  ) strict;
  create index if not exists attempts_by_time on attempts (at);
  create table if not exists used_codes (hash text primary key, at text not null) strict;
`;

/** Opens the attempts in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openAttempts(file: string): Attempts {
  const database = openStore(file, tables);
  const forget = database.prepare('delete from attempts where at <= ?');
  const forgetCodes = database.prepare('delete from used_codes where at <= ?');
  const useCode = database.prepare('insert or ignore into used_codes (hash, at) values (?, ?)');
  const ofLogin = database.prepare(
    'select count(*) as failures, min(at) as since from attempts where login = ?',
  );
  const ofAddress = database.prepare(
    'select count(*) as failures, min(at) as since from attempts where address = ?',
  );
  const insert = database.prepare('insert into attempts (login, address, at) values (?, ?, ?)');
  const forgive = database.prepare('delete from attempts where login = ? or id = ?');
  const wait = (row: Record<string, unknown> | undefined, limit: number, now: Date): number => {
    if (Number(row?.['failures']) < limit) return 0;
    const free = new Date(String(row?.['since'])).getTime() + WINDOW_MINUTES * 60_000;
    return Math.max(1, Math.ceil((free - now.getTime()) / 60_000));
  };
  const windowBefore = (now: Date) => new Date(now.getTime() - WINDOW_MINUTES * 60_000).toISOString();
  return {
    begin: ({ what, who, address }, now) => {
      forget.run(windowBefore(now));
      const login = who === null ? NOBODY : hashOf(what, who);
      const minutes = Math.max(
        who === null ? 0 : wait(ofLogin.get(login), LIMITS.who, now),
        wait(ofAddress.get(address), LIMITS.address, now),
      );
      if (minutes > 0) throw new Refusal('too_many_attempts', { minutes });
      const { lastInsertRowid } = insert.run(login, address, now.toISOString());
      return { succeeded: () => void forgive.run(login, lastInsertRowid) };
    },
    isFirst: (person, code, now) => {
      forgetCodes.run(windowBefore(now));
      return useCode.run(hashOf(person, code), now.toISOString()).changes === 1;
    },
    close: () => database.close(),
  };
}

/** Who types a password in the place of a name leaves it nowhere. */
function hashOf(...texts: string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex');
}
