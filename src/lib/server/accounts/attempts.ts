import { Refusal } from '#lib/errors/refusal.ts';
import { openStore } from '../store.ts';

/** Who tries: the name that was typed, and the address of the request. */
export type Try = { login: string; address: string };

/** Failed attempts to sign in, kept in app.sqlite so that a restart forgives none. */
export type Attempts = {
  /**
   * Notes an attempt before it is judged, so that many at once are counted too; `succeeded` takes it back.
   * Throws Refusal too_many_attempts.
   */
  begin(tried: Try, now: Date): { succeeded(): void };
  close(): void;
};

/** Failures within the window that a name, and an address for all its names, may have. */
const LIMITS = { login: 10, address: 50 };
const WINDOW_MINUTES = 15;

const tables = `
  create table if not exists attempts (
    id integer primary key,
    login text not null,
    address text not null,
    at text not null
  ) strict;
  create index if not exists attempts_by_time on attempts (at);
`;

/** Opens the attempts in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openAttempts(file: string): Attempts {
  const database = openStore(file, tables);
  const forget = database.prepare('delete from attempts where at <= ?');
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
  return {
    begin: ({ login, address }, now) => {
      forget.run(new Date(now.getTime() - WINDOW_MINUTES * 60_000).toISOString());
      const minutes = Math.max(
        wait(ofLogin.get(login), LIMITS.login, now),
        wait(ofAddress.get(address), LIMITS.address, now),
      );
      if (minutes > 0) throw new Refusal('too_many_attempts', { minutes });
      const { lastInsertRowid } = insert.run(login, address, now.toISOString());
      return { succeeded: () => void forgive.run(login, lastInsertRowid) };
    },
    close: () => database.close(),
  };
}
