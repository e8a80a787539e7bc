import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { openAccounts } from '#lib/server/accounts/accounts.ts';
import type { Accounts } from '#lib/server/accounts/accounts.ts';
import type { Caller } from '#lib/server/accounts/auth.ts';
import type { NewCookie } from '#lib/server/accounts/cookies.ts';
import { openLinks } from '#lib/server/accounts/links.ts';
import type { Links } from '#lib/server/accounts/links.ts';
import { openPeople } from '#lib/server/accounts/people.ts';
import type { People } from '#lib/server/accounts/people.ts';
import type { Cost } from '#lib/server/accounts/scrypt.ts';
import { vaultOf } from '#lib/server/pull/vault.ts';
import { openTokens } from '#lib/server/tokens/tokens.ts';
import type { Tokens } from '#lib/server/tokens/tokens.ts';

export const password = 'seven steps past the door';
export const stranger: Caller = { cookie: null, address: '10.0.0.1', agent: 'test' };
export const minute = 60_000;

/** What a hash costs where it is not looked at: a sixtieth of what it costs people. */
const CHEAP: Cost = { N: 2 ** 10, r: 8, p: 1 };

/** The accounts of a folder of its own, a clock that is set by hand, and people who come in. */
export type Household = {
  accounts: Accounts;
  people: People;
  links: Links;
  tokens: Tokens;
  now: Date;
  /** The same folder, opened once more. */
  opened(): Accounts;
  /** Rows of a statement, as they stand in the file. */
  kept(sql: string): Record<string, unknown>[];
  /** The first owner, by the link of the set-up. */
  owner(): Promise<Caller>;
  /** A marketer who has joined by a link. */
  invited(name: string): Promise<Caller>;
  roleOf(caller: Caller): Promise<string | null>;
};

/** Opens a household before each test and closes it after; passwords are hashed cheaply, or with `{}` as usual. */
export function household(hashed: { cost?: Cost } = { cost: CHEAP }): Household {
  let folder = '';
  const file = () => join(folder, 'app.sqlite');
  const house = {
    opened: () => {
      const { people, links, tokens } = house;
      const [origin, vault] = ['http://127.0.0.1:3000', vaultOf(folder, {})];
      return openAccounts({
        file: file(),
        origin,
        people,
        links,
        tokens,
        vault,
        clock: () => house.now,
        ...hashed,
      });
    },
    kept: (sql) => {
      const database = new DatabaseSync(file());
      const rows = database.prepare(sql).all();
      database.close();
      return rows;
    },
    owner: async () => {
      const { accounts } = house;
      return bring(await accounts.setUp(accounts.setUpKey() ?? '', { name: 'Boss', password }, stranger));
    },
    invited: async (name) => {
      const { accounts, links, now, people } = house;
      const person = people.add(name, { role: 'marketer' }, now);
      return bring(await accounts.join(links.make(person.id, 'join', now).secret, password, stranger));
    },
    roleOf: async (caller) => (await house.accounts.viewer(caller)).value?.role ?? null,
  } as Household;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'seven-steps-accounts-'));
    house.now = new Date();
    house.people = openPeople(file());
    house.links = openLinks(file());
    house.tokens = openTokens(file());
    house.accounts = house.opened();
  });
  afterEach(async () => {
    await house.accounts.close();
    for (const store of [house.links, house.tokens, house.people]) store.close();
    rmSync(folder, { recursive: true });
  });
  return house;
}

/** A caller who brings the cookies that they were given. */
export const bring = (cookies: readonly NewCookie[]): Caller => ({
  ...stranger,
  cookie: cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; '),
});

/** The code with which something is refused, or `done`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'done';
}
