import { openStore } from '../store.ts';
import { Refusal } from '#lib/errors/refusal.ts';

/** What a request with an Idempotency-Key was answered: its status and body. */
export type KeptAnswer = { status: number; body: string };

/** Who asks, under which key, for what: `fingerprint` tells requests apart. */
export type Keyed = { token: number; key: string; fingerprint: string };

/** The answers to requests that carried an Idempotency-Key, kept for a day in app.sqlite. */
export type KeptAnswers = {
  /**
   * The answer that was given before, or null: then the key is taken until `keep` or `release`.
   * Throws Refusal idempotency_busy while the first request runs, idempotency_reused when it was for something else.
   */
  take(keyed: Keyed, now: Date): KeptAnswer | null;
  keep(keyed: Keyed, answer: KeptAnswer): void;
  release(keyed: Keyed): void;
  close(): void;
};

const DAY_MS = 86_400_000;

const tables = `
  create table if not exists kept_answers (
    token integer not null,
    key text not null,
    fingerprint text not null,
    taken_at text not null,
    process text not null,
    status integer,
    body text,
    primary key (token, key)
  ) strict;
`;

/**
 * Opens the kept answers in an SQLite file, made where it is missing. `process` names this run: a key that another run
 * took and never answered is free again, because that run has died. Throws Refusal store_unreadable.
 */
export function openKeptAnswers(file: string, process: string): KeptAnswers {
  const database = openStore(file, tables);
  const forget = database.prepare(
    'delete from kept_answers where taken_at < ? or (status is null and process <> ?)',
  );
  const find = database.prepare(
    'select fingerprint, status, body from kept_answers where token = ? and key = ?',
  );
  const take = database.prepare(
    'insert into kept_answers (token, key, fingerprint, taken_at, process) values (?, ?, ?, ?, ?)',
  );
  const keep = database.prepare('update kept_answers set status = ?, body = ? where token = ? and key = ?');
  const release = database.prepare('delete from kept_answers where token = ? and key = ? and status is null');
  return {
    take: ({ token, key, fingerprint }, now) => {
      forget.run(new Date(now.getTime() - DAY_MS).toISOString(), process);
      const row = find.get(token, key);
      if (!row) {
        take.run(token, key, fingerprint, now.toISOString(), process);
        return null;
      }
      if (row['fingerprint'] !== fingerprint) throw new Refusal('idempotency_reused', { key });
      if (row['status'] === null) throw new Refusal('idempotency_busy', { key });
      return { status: Number(row['status']), body: String(row['body']) };
    },
    keep: ({ token, key }, { status, body }) => void keep.run(status, body, token, key),
    release: ({ token, key }) => void release.run(token, key),
    close: () => database.close(),
  };
}
