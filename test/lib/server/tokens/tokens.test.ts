import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { openTokens } from '#lib/server/tokens/tokens.ts';
import type { Tokens } from '#lib/server/tokens/tokens.ts';

const now = new Date('2026-11-20T02:00:00Z');
const later = new Date('2026-11-21T00:00:00Z');

let folder: string;
let tokens: Tokens;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-tokens-'));
  tokens = openTokens(join(folder, 'app.sqlite'));
});
afterEach(() => {
  tokens.close();
  rmSync(folder, { recursive: true });
});

const add = (tables = '', expires: string | null = null) =>
  tokens.add({ name: 'till', tables, expires }, now);

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'admitted';
}

describe('a token', () => {
  it('admits to its tables and notes when it was last used', () => {
    const { token, secret } = add('leads, orders');
    expect(token).toMatchObject({ name: 'till', tables: ['leads', 'orders'], last_used_at: null });
    expect(tokens.admit(`Bearer ${secret}`, 'orders', later).id).toBe(token.id);
    expect(tokens.all()[0]?.last_used_at).toBe('2026-11-21T00:00:00.000Z');
  });

  it('is refused for another table', () => {
    const { secret } = add('leads');
    expect(codeOf(() => tokens.admit(`Bearer ${secret}`, 'orders', now))).toBe('token_scope');
    expect(tokens.all()[0]?.last_used_at).toBeNull();
  });

  it('is accepted until its last day ends', () => {
    const { secret } = add('', '2026-11-20');
    const at = (instant: string) =>
      codeOf(() => tokens.admit(`Bearer ${secret}`, 'leads', new Date(instant)));
    expect(at('2026-11-20T23:59:59Z')).toBe('admitted');
    expect(at('2026-11-21T00:00:00Z')).toBe('token_expired');
  });

  it('is refused from the moment it is revoked, and stays in the list', () => {
    const { token, secret } = add();
    tokens.revoke(token.id, now);
    tokens.revoke(token.id, later);
    expect(codeOf(() => tokens.admit(`Bearer ${secret}`, 'leads', now))).toBe('token_unknown');
    expect(tokens.all()[0]?.revoked_at).toBe(now.toISOString());
  });

  it.each([
    [null, 'token_missing'],
    ['', 'token_missing'],
    ['Basic dTpw', 'token_missing'],
    ['Bearer', 'token_missing'],
    ['Bearer seven_guessed', 'token_unknown'],
  ])('sent as %j is refused as %s', (header, code) => {
    add();
    expect(codeOf(() => tokens.admit(header, 'leads', now))).toBe(code);
  });

  it('is stored without its secret', () => {
    const { secret } = add();
    const database = new DatabaseSync(join(folder, 'app.sqlite'));
    const stored = JSON.stringify(database.prepare('select * from tokens').all());
    database.close();
    expect(secret.length).toBeGreaterThan(40);
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(secret.slice('seven_'.length));
  });

  it.each([
    [{ name: ' ', tables: '', expires: null }, 'bad_token_name'],
    [{ name: 'x'.repeat(81), tables: '', expires: null }, 'bad_token_name'],
    [{ name: 'till', tables: 'dreams', expires: null }, 'unknown_table'],
    [{ name: 'till', tables: '', expires: '2026-02-30' }, 'bad_date'],
    [{ name: 'till', tables: '', expires: 'soon' }, 'bad_date'],
  ])('is not made of %j', (wish, code) => {
    expect(codeOf(() => tokens.add(wish, now))).toBe(code);
    expect(tokens.all()).toEqual([]);
  });

  it('of an earlier release still hands in its lists and reads nothing', () => {
    tokens.close();
    const file = join(folder, 'earlier.sqlite');
    const database = new DatabaseSync(file);
    database.exec(`
      create table tokens (
        id integer primary key, name text not null, hash text not null unique, tables text not null,
        created_at text not null, expires_at text, last_used_at text, revoked_at text
      ) strict;
    `);
    const hash = createHash('sha256').update('seven_old').digest('hex');
    database
      .prepare(
        `insert into tokens (name, hash, tables, created_at) values ('till', ?, 'orders', '2026-01-01')`,
      )
      .run(hash);
    database.close();
    tokens = openTokens(file);
    expect(tokens.admit('Bearer seven_old', 'orders', now)).toMatchObject({ reads: null, person: null });
  });
});
