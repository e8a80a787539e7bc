import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Standing } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { isTableName, tableNames } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import { isDay } from '#lib/ui/dates.ts';
import { rowOfStanding, standingInRow, standingOf } from '../accounts/standing.ts';
import type { StandingWish } from '../accounts/standing.ts';
import { addColumns, openStore } from '../store.ts';

/** A key by which a program may hand in lists and ask reports, until a day, until it is revoked. */
export type Token = {
  id: number;
  name: string;
  /** The lists that it may hand in. */
  tables: TableName[];
  /** As whom it asks reports; null where it asks none, or asks as `person`. */
  reads: Standing | null;
  /** The id of the person whose own token it is: it asks reports as they may at that moment. */
  person: string | null;
  /** Instants in ISO 8601, UTC. */
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
};

export type TokenWish = {
  name: string;
  /** Names of tables between commas; empty for all of them, or for none where it asks reports. */
  tables: string;
  /** As whom it asks reports; none without it. */
  reads?: StandingWish | null;
  /** Whose own token it is. */
  person?: string | null;
  /** The last day on which it is accepted, YYYY-MM-DD in UTC; null for no end. */
  expires: string | null;
};

/** The tokens of one data folder, kept in app.sqlite: of the secrets only their hashes. */
export type Tokens = {
  /**
   * Makes a token; its secret is told this once.
   * Throws Refusal bad_token_name, unknown_table, bad_date and those of standingOf.
   */
  add(wish: TokenWish, now: Date): { token: Token; secret: string };
  /** All tokens, the newest first, revoked ones included. */
  all(): Token[];
  /** Throws Refusal unknown_token_id. */
  revoke(id: number, now: Date): Token;
  /** Revokes all tokens of a person. */
  revokeOf(person: string, now: Date): void;
  /** The token of a header `Authorization: Bearer SECRET`. Throws Refusal token_missing, token_unknown, token_expired. */
  identify(header: string | null, now: Date): Token;
  /**
   * The token of a header, for a list that it may hand in; noted as used now.
   * Throws Refusal token_missing, token_unknown, token_expired, token_scope.
   */
  admit(header: string | null, table: TableName, now: Date): Token;
  /** Notes that a token was used. */
  use(id: number, now: Date): void;
  close(): void;
};

const LONGEST_NAME = 80;
const PREFIX = 'seven_';

const tables = `
  create table if not exists tokens (
    id integer primary key,
    name text not null,
    hash text not null unique,
    tables text not null,
    created_at text not null,
    expires_at text,
    last_used_at text,
    revoked_at text
  ) strict;
`;
const later = { role: 'text', stores: 'text', staff_id: 'text', person: 'text' };
const COLUMNS =
  'id, name, tables, role, stores, staff_id, person, created_at, expires_at, last_used_at, revoked_at';

/** Opens the tokens in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openTokens(file: string): Tokens {
  const database = openStore(file, tables);
  addColumns(database, 'tokens', later);
  const one = database.prepare(`select ${COLUMNS} from tokens where id = ?`);
  const byHash = database.prepare(`select ${COLUMNS} from tokens where hash = ?`);
  const every = database.prepare(`select ${COLUMNS} from tokens order by id desc`);
  const used = database.prepare('update tokens set last_used_at = ? where id = ?');
  const get = (id: number) => tokenOf(one.get(id) ?? unknown(id));
  const use = (id: number, now: Date) => void used.run(now.toISOString(), id);
  const identify = (header: string | null, now: Date) => {
    const row = byHash.get(hashOf(secretIn(header)));
    if (!row) throw new Refusal('token_unknown', {});
    const token = tokenOf(row);
    refuse(token, now);
    return token;
  };
  return {
    add: (wish, now) => add(database, get, wish, now),
    all: () => every.all().map(tokenOf),
    revoke: (id, now) => {
      database
        .prepare('update tokens set revoked_at = coalesce(revoked_at, ?) where id = ?')
        .run(now.toISOString(), id);
      return get(id);
    },
    revokeOf: (person, now) => {
      database
        .prepare('update tokens set revoked_at = ? where person = ? and revoked_at is null')
        .run(now.toISOString(), person);
    },
    identify,
    admit: (header, table, now) => {
      const token = identify(header, now);
      if (!token.tables.includes(table))
        throw new Refusal('token_scope', { table, tables: token.tables.join(', ') || '–' });
      use(token.id, now);
      return { ...token, last_used_at: now.toISOString() };
    },
    use,
    close: () => database.close(),
  };
}

const NOBODY = { role: null, stores: null, staff_id: null };

function add(database: DatabaseSync, get: (id: number) => Token, wish: TokenWish, now: Date) {
  const name = wish.name.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (name === '' || name.length > LONGEST_NAME)
    throw new Refusal('bad_token_name', { longest: LONGEST_NAME });
  const secret = PREFIX + randomBytes(32).toString('base64url');
  const asks = wish.reads || wish.person;
  const { role, stores, staff_id } = wish.reads ? rowOfStanding(standingOf(wish.reads)) : NOBODY;
  const { lastInsertRowid } = database
    .prepare(
      `insert into tokens (name, hash, tables, role, stores, staff_id, person, created_at, expires_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      name,
      hashOf(secret),
      asks && wish.tables.trim() === '' ? '' : tablesIn(wish.tables).join(','),
      role,
      stores,
      staff_id,
      wish.person ?? null,
      now.toISOString(),
      wish.expires === null ? null : endOf(wish.expires),
    );
  return { token: get(Number(lastInsertRowid)), secret };
}

/** The secret is 32 random bytes: a plain hash of it cannot be turned back, nor tried out. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function secretIn(header: string | null): string {
  const [, secret] = /^Bearer +([\x21-\x7e]+)$/i.exec(header?.trim() ?? '') ?? [];
  if (secret === undefined) throw new Refusal('token_missing', {});
  return secret;
}

function refuse({ expires_at, revoked_at }: Token, now: Date): void {
  if (revoked_at !== null) throw new Refusal('token_unknown', {});
  if (expires_at !== null && expires_at <= now.toISOString())
    throw new Refusal('token_expired', { day: expires_at.slice(0, 10) });
}

function tablesIn(text: string): TableName[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return [...tableNames];
  return names.map((table) => {
    if (!isTableName(table)) throw new Refusal('unknown_table', { table, tables: tableNames.join(', ') });
    return table;
  });
}

function endOf(day: string): string {
  if (!isDay(day)) throw new Refusal('bad_date', { name: 'expires', value: day });
  return `${day}T23:59:59.999Z`;
}

function unknown(id: number): never {
  throw new Refusal('unknown_token_id', { id });
}

function tokenOf(row: Record<string, unknown>): Token {
  const text = (name: string) => (row[name] === null ? null : String(row[name]));
  return {
    id: Number(row['id']),
    name: String(row['name']),
    tables: String(row['tables']).split(',').filter(isTableName),
    reads: row['role'] === null ? null : standingInRow(row),
    person: text('person'),
    created_at: String(row['created_at']),
    expires_at: text('expires_at'),
    last_used_at: text('last_used_at'),
    revoked_at: text('revoked_at'),
  };
}
