import { createHash, randomBytes } from 'node:crypto';
import { openStore } from '../store.ts';

/** What a link lets somebody do: choose their first password, or a new one. */
export type LinkKind = 'join' | 'reset';

/** A link that still holds. */
export type Link = { person: string; kind: LinkKind; expiresAt: string };

/** Links that are handed to people so that they choose a password; of their secrets only hashes are kept. */
export type Links = {
  /** Makes a link; its secret is told this once. Earlier links of the same person die. */
  make(person: string, kind: LinkKind, now: Date): { secret: string; expiresAt: string };
  /** The link of a secret, or undefined when it was used, has ended or never was. */
  find(secret: string, now: Date): Link | undefined;
  /** The last link of a person that still holds. */
  openOf(person: string, now: Date): Link | undefined;
  /** Whether somebody was handed a link that they have not used, though its time may be over: no password is theirs till then. */
  isAwaited(person: string): boolean;
  /** Ends the links of a person; what they were awaited for they are awaited for still. */
  end(person: string, now: Date): void;
  /** Uses a link up; false when another request was quicker or it does not hold any more. */
  use(secret: string, now: Date): boolean;
  close(): void;
};

/** How long somebody may wait before opening a link. */
const DAYS = 7;
const DAY_MS = 86_400_000;

const tables = `
  create table if not exists links (
    hash text primary key,
    person text not null,
    kind text not null,
    expires_at text not null
  ) strict;
`;

/** Opens the links in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openLinks(file: string): Links {
  const database = openStore(file, tables);
  const insert = database.prepare('insert into links (hash, person, kind, expires_at) values (?, ?, ?, ?)');
  const forget = database.prepare('delete from links where person = ?');
  const byHash = database.prepare(
    'select person, kind, expires_at from links where hash = ? and expires_at > ?',
  );
  const byPerson = database.prepare(
    'select person, kind, expires_at from links where person = ? and expires_at > ?',
  );
  const awaited = database.prepare('select 1 from links where person = ? limit 1');
  const end = database.prepare('update links set expires_at = ? where person = ? and expires_at > ?');
  const take = database.prepare('delete from links where hash = ? and expires_at > ?');
  return {
    make: (person, kind, now) => {
      const secret = randomBytes(32).toString('base64url');
      const expiresAt = new Date(now.getTime() + DAYS * DAY_MS).toISOString();
      forget.run(person);
      insert.run(hashOf(secret), person, kind, expiresAt);
      return { secret, expiresAt };
    },
    find: (secret, now) => linkOf(byHash.get(hashOf(secret), now.toISOString())),
    openOf: (person, now) => linkOf(byPerson.get(person, now.toISOString())),
    isAwaited: (person) => awaited.get(person) !== undefined,
    end: (person, now) => void end.run(now.toISOString(), person, now.toISOString()),
    use: (secret, now) => take.run(hashOf(secret), now.toISOString()).changes === 1,
    close: () => database.close(),
  };
}

/** The secret is 32 random bytes: a plain hash of it cannot be turned back, nor tried out. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function linkOf(row: Record<string, unknown> | undefined): Link | undefined {
  if (row === undefined) return undefined;
  return {
    person: String(row['person']),
    kind: row['kind'] === 'reset' ? 'reset' : 'join',
    expiresAt: String(row['expires_at']),
  };
}
