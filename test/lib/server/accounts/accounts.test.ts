import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { openAccounts } from '#lib/server/accounts/accounts.ts';
import type { Accounts } from '#lib/server/accounts/accounts.ts';
import type { Caller } from '#lib/server/accounts/auth.ts';
import type { NewCookie } from '#lib/server/accounts/cookies.ts';
import { openLinks } from '#lib/server/accounts/links.ts';
import type { Links } from '#lib/server/accounts/links.ts';
import { bar } from '#lib/server/accounts/shut-out.ts';
import { openPeople } from '#lib/server/accounts/people.ts';
import type { People } from '#lib/server/accounts/people.ts';
import { openTokens } from '#lib/server/tokens/tokens.ts';
import type { Tokens } from '#lib/server/tokens/tokens.ts';
import { vaultOf } from '#lib/server/pull/vault.ts';
import { codeAt } from './one-time-code.ts';

const password = 'seven steps past the door';
const stranger: Caller = { cookie: null, address: '10.0.0.1', agent: 'test' };
const minute = 60_000;

let folder: string;
let file: string;
let now: Date;
let people: People;
let links: Links;
let tokens: Tokens;
let accounts: Accounts;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-accounts-'));
  file = join(folder, 'app.sqlite');
  now = new Date();
  people = openPeople(file);
  links = openLinks(file);
  tokens = openTokens(file);
  accounts = opened();
});
afterEach(async () => {
  await accounts.close();
  links.close();
  tokens.close();
  people.close();
  rmSync(folder, { recursive: true });
});

const opened = () =>
  openAccounts({
    file,
    origin: 'http://127.0.0.1:3000',
    people,
    links,
    tokens,
    vault: vaultOf(folder, {}),
    clock: () => now,
  });

const bring = (cookies: readonly NewCookie[]): Caller => ({
  ...stranger,
  cookie: cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; '),
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'done';
}

async function owner(): Promise<Caller> {
  return bring(await accounts.setUp(accounts.setUpKey() ?? '', { name: 'Boss', password }, stranger));
}

async function invited(name: string): Promise<Caller> {
  const person = people.add(name, { role: 'marketer' }, now);
  return bring(await accounts.join(links.make(person.id, 'join', now).secret, password, stranger));
}

const roleOf = async (caller: Caller) => (await accounts.viewer(caller)).value?.role ?? null;

describe('the set-up', () => {
  it('makes the first owner, signs them in, and its key is good once', async () => {
    const key = accounts.setUpKey() ?? '';
    expect(accounts.isSetUp()).toBe(false);
    expect(await roleOf(await owner())).toBe('owner');
    expect(accounts.isSetUp()).toBe(true);
    expect(accounts.setUpKey()).toBeNull();
    expect(await codeOf(accounts.setUp(key, { name: 'Thief', password }, stranger))).toBe('setup_key_wrong');
    expect(people.all().map(({ name }) => name)).toEqual(['Boss']);
  });

  it('takes one of two who come at once', async () => {
    const key = accounts.setUpKey() ?? '';
    const codes = await Promise.all(
      ['A', 'B'].map((name) => codeOf(accounts.setUp(key, { name, password }, stranger))),
    );
    expect(codes.sort()).toEqual(['done', 'setup_key_wrong']);
  });

  it('refuses another key, and keeps its own when the password is refused', async () => {
    const key = accounts.setUpKey() ?? '';
    const typed = { name: 'Boss', password };
    expect(await codeOf(accounts.setUp('', typed, stranger))).toBe('setup_key_wrong');
    expect(await codeOf(accounts.setUp(`${key}x`, typed, stranger))).toBe('setup_key_wrong');
    const short = { ...typed, password: 'short' };
    expect(await codeOf(accounts.setUp(key, short, stranger))).toBe('password_too_short');
    expect(accounts.isSetUpKey(key)).toBe(true);
  });

  it('is over once the command line has made an owner, and has another key at each start', () => {
    const key = accounts.setUpKey();
    const other = opened();
    expect(other.setUpKey()).not.toBe(key);
    people.add('Boss', { role: 'owner' }, now);
    expect(accounts.setUpKey()).toBeNull();
    expect(accounts.isSetUpKey(key ?? '')).toBe(false);
    return other.close();
  });
});

describe('signing in', () => {
  it('takes the name however its letters are written', async () => {
    await owner();
    const { value, cookies } = await accounts.signIn({ name: ' ＢＯＳＳ ', password }, stranger);
    expect(value.isWhole).toBe(true);
    expect(await roleOf(bring(cookies))).toBe('owner');
  });

  it('says the same of a wrong password, a name that is not there, and who is barred or has not joined yet', async () => {
    await owner();
    await invited('Barred');
    people.disable(people.named('Barred')?.id ?? '', now);
    people.add('Waiting', { role: 'marketer' }, now);
    for (const name of ['Boss', 'Nobody', 'nobody', 'Barred', 'Waiting', ''])
      expect(await codeOf(accounts.signIn({ name, password: `${password}!` }, stranger))).toBe('wrong_login');
    for (const name of ['Barred', 'Waiting'])
      expect(await codeOf(accounts.signIn({ name, password }, stranger))).toBe('wrong_login');
  });

  it('begins a session of its own, whatever cookie is brought', async () => {
    const planted = await owner();
    const { cookies } = await accounts.signIn({ name: 'Boss', password }, planted);
    expect(bring(cookies).cookie).not.toBe(planted.cookie);
  });

  it('stops after ten wrong passwords for a name, many at once included, until a quarter of an hour is over', async () => {
    await owner();
    const guesses = Array.from({ length: 15 }, (_, at) =>
      codeOf(
        accounts.signIn({ name: 'boss', password: `guess ${at}` }, { ...stranger, address: `10.0.1.${at}` }),
      ),
    );
    const codes = await Promise.all(guesses);
    expect(codes.filter((code) => code === 'wrong_login')).toHaveLength(10);
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(5);
    expect(await codeOf(accounts.signIn({ name: 'Boss', password }, stranger))).toBe('too_many_attempts');
    now = new Date(now.getTime() + 15 * minute);
    expect(await codeOf(accounts.signIn({ name: 'Boss', password }, stranger))).toBe('done');
  });
});

describe('a session', () => {
  it('is nobody’s when it is changed by a letter or made up', async () => {
    const caller = await owner();
    const forged = (caller.cookie ?? '').replace(
      /=(.)/,
      (_, letter: string) => `=${letter === 'a' ? 'b' : 'a'}`,
    );
    expect(await roleOf({ ...caller, cookie: forged })).toBeNull();
    expect(await roleOf({ ...caller, cookie: 'seven-steps.session_token=x' })).toBeNull();
  });

  it('ends when it is signed out, when its person is barred, and when they get a new link', async () => {
    const [first, second, third] = [await invited('A'), await invited('B'), await invited('C')];
    now = new Date(Date.now() + minute);
    await accounts.signOut(first);
    people.disable(people.named('B')?.id ?? '', now);
    people.endSessions(people.named('C')?.id ?? '', now);
    for (const caller of [first, second, third]) expect(await roleOf(caller)).toBeNull();
    people.enable(people.named('B')?.id ?? '');
    expect(await roleOf(second)).toBeNull();
  });

  it('has the role that its person has now', async () => {
    const caller = await invited('A');
    expect(await roleOf(caller)).toBe('marketer');
    people.change(people.named('A')?.id ?? '', { role: 'staff', staffId: 'S1' });
    expect((await accounts.viewer(caller)).value).toMatchObject({ role: 'staff', staffId: 'S1' });
  });

  it('is kept without the password, which stands there as a salted hash', async () => {
    await owner();
    await invited('A');
    const database = new DatabaseSync(file);
    const kept = database
      .prepare('select password from account')
      .all()
      .map((row) => String(row['password']));
    database.close();
    expect(kept).toHaveLength(2);
    expect(new Set(kept).size).toBe(2);
    for (const hash of kept) expect(hash).toMatch(/^scrypt\$32768\$8\$3\$/);
  });
});

describe('a link', () => {
  const link = (kind: 'join' | 'reset' = 'join') => {
    const person = people.named('A') ?? people.add('A', { role: 'marketer' }, now);
    return links.make(person.id, kind, now).secret;
  };

  it('is good once', async () => {
    const secret = link();
    const codes = await Promise.all([1, 2].map(() => codeOf(accounts.join(secret, password, stranger))));
    expect(codes.sort()).toEqual(['done', 'link_dead']);
    expect(await codeOf(accounts.join(secret, password, stranger))).toBe('link_dead');
  });

  it('stays good when the password is refused', async () => {
    const secret = link();
    expect(await codeOf(accounts.join(secret, 'password123', stranger))).toBe('password_common');
    expect(await codeOf(accounts.join(secret, password, stranger))).toBe('done');
  });

  it('dies after seven days, by the next link, and when its person is barred', async () => {
    const [first, second] = [link(), link()];
    expect(await codeOf(accounts.join(first, password, stranger))).toBe('link_dead');
    const begun = now;
    now = new Date(begun.getTime() + 7 * 24 * 60 * minute);
    expect(await codeOf(accounts.join(second, password, stranger))).toBe('link_dead');
    now = begun;
    people.disable(people.named('A')?.id ?? '', now);
    expect(await codeOf(accounts.join(second, password, stranger))).toBe('link_dead');
  });

  it('for a new password ends the old one and every session', async () => {
    const caller = bring(await accounts.join(link(), password, stranger));
    await accounts.join(link('reset'), 'another sentence entirely', stranger);
    expect(await roleOf(caller)).toBeNull();
    expect(await codeOf(accounts.signIn({ name: 'A', password }, stranger))).toBe('wrong_login');
  });

  it('ends the old password when it is made, used or not, over or not, and for whoever is half signed in', async () => {
    const caller = bring(await accounts.join(link(), password, stranger));
    const signIn = () => codeOf(accounts.signIn({ name: 'A', password }, stranger));
    const app = (await accounts.beginSecondStep(password, caller)).secret;
    await accounts.proveSecondStep(codeAt(app, Date.now()), caller);
    const half = bring((await accounts.signIn({ name: 'A', password }, stranger)).cookies);
    const secret = link('reset');
    expect(await signIn()).toBe('wrong_login');
    expect(await codeOf(accounts.secondStep(codeAt(app, Date.now() + 30_000), half))).toBe('wrong_code');
    const begun = now;
    now = new Date(begun.getTime() + 8 * 24 * 60 * minute);
    expect(await signIn()).toBe('wrong_login');
    now = begun;
    expect(await codeOf(accounts.join(secret, password, stranger))).toBe('done');
    expect(await signIn()).toBe('done');
  });

  it('made before its person was barred is dead once they are let in again', async () => {
    const secret = link();
    const id = people.named('A')?.id ?? '';
    bar({ people, links, tokens, clock: () => now }, id);
    people.enable(id);
    expect(await codeOf(accounts.join(secret, password, stranger))).toBe('link_dead');
  });

  it('is kept as a hash', () => {
    const secret = link();
    const database = new DatabaseSync(file);
    expect(JSON.stringify(database.prepare('select * from links').all())).not.toContain(secret);
    database.close();
  });
});

function tokenOf(name: string): string {
  const person = people.named(name)?.id ?? '';
  return tokens.add({ name: 'notebook', tables: '', person, expires: null }, now).secret;
}

function codeFor(secret: string): string {
  try {
    tokens.identify(`Bearer ${secret}`, now);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'taken';
}

describe('whoever has signed in', () => {
  it('may name a wrong present password ten times in all, whatever for, and the right one counts from nought', async () => {
    const boss = await owner();
    const change = () => accounts.changePassword('not this one', 'another seven steps', boss);
    const begin = () => accounts.beginSecondStep('not this one', boss);
    const confirm = () => accounts.confirm('not this one', boss);
    const end = () => accounts.endSecondStep('not this one', boss);
    for (const work of [change, begin, end, confirm, begin, end])
      expect(await codeOf(work())).toBe('wrong_password');
    await accounts.beginSecondStep(password, boss);
    for (const work of [change, begin, end, change, begin, end, change, begin, end, change])
      expect(await codeOf(work())).toBe('wrong_password');
    for (const work of [change, begin, end, confirm]) expect(await codeOf(work())).toBe('too_many_attempts');
    expect(await codeOf(accounts.changePassword(password, 'another seven steps', boss))).toBe(
      'too_many_attempts',
    );
    expect(await codeOf(accounts.signIn({ name: 'Boss', password }, stranger))).toBe('too_many_attempts');
  });

  it('has no token left after a new password, a log-out everywhere or a link, and others keep theirs', async () => {
    await owner();
    const kept = tokenOf('Boss');
    const caller = await invited('A');
    const id = people.named('A')?.id ?? '';
    const ended = async (work: () => Promise<unknown>) => {
      const secret = tokenOf('A');
      expect(codeFor(secret)).toBe('taken');
      await work();
      return codeFor(secret);
    };
    expect(await ended(() => accounts.endOthers(caller))).toBe('token_unknown');
    expect(await ended(() => accounts.join(links.make(id, 'reset', now).secret, password, stranger))).toBe(
      'token_unknown',
    );
    const again = bring((await accounts.signIn({ name: 'A', password }, stranger)).cookies);
    const wrong = () => codeOf(accounts.changePassword('not this one', 'another seven steps', again));
    expect(await ended(wrong)).toBe('taken');
    expect(await ended(() => accounts.changePassword(password, 'another seven steps', again))).toBe(
      'token_unknown',
    );
    expect(codeFor(kept)).toBe('taken');
  });

  it('is told of a new password that is too weak before the present one is tried', async () => {
    const boss = await owner();
    expect(await codeOf(accounts.changePassword('not this one', 'short', boss))).toBe('password_too_short');
  });
});

describe('a second step', () => {
  /** Somebody whose second step is on, and the codes of their app at this moment. */
  async function twoSteps() {
    const boss = await owner();
    const { secret, spareCodes } = await accounts.beginSecondStep(password, boss);
    await accounts.proveSecondStep(codeAt(secret, Date.now()), boss);
    return { secret, spareCodes };
  }
  const begun = async () => bring((await accounts.signIn({ name: 'Boss', password }, stranger)).cookies);

  it('takes a code once: whoever looked on cannot use it a moment later, nor at the same one', async () => {
    const { secret } = await twoSteps();
    const code = codeAt(secret, Date.now() + 30_000);
    const [one, two] = [await begun(), await begun()];
    const outcomes = await Promise.all([one, two].map((caller) => codeOf(accounts.secondStep(code, caller))));
    expect(outcomes.toSorted()).toEqual(['done', 'wrong_code']);
    expect(await codeOf(accounts.secondStep(code, await begun()))).toBe('wrong_code');
    const database = new DatabaseSync(file);
    const { sessions } = database.prepare('select count(*) as sessions from session').get() ?? {};
    database.close();
    expect(sessions).toBe(2);
  });

  it('takes no code for signing in with which it was proved', async () => {
    const boss = await owner();
    const { secret } = await accounts.beginSecondStep(password, boss);
    const code = codeAt(secret, Date.now());
    await accounts.proveSecondStep(code, boss);
    expect(await codeOf(accounts.secondStep(code, await begun()))).toBe('wrong_code');
  });

  it('is counted for its person: ten slips of one bar nobody else behind the same address, nor does another’s code forgive them', async () => {
    const { secret } = await twoSteps();
    const other = await invited('A');
    const own = await accounts.beginSecondStep(password, other);
    await accounts.proveSecondStep(codeAt(own.secret, Date.now()), other);
    const slip = async () => codeOf(accounts.secondStep('000000', await begun()));
    const second = async (name: string, code: string) =>
      codeOf(accounts.secondStep(code, bring((await accounts.signIn({ name, password }, stranger)).cookies)));
    for (let at = 0; at < 9; at += 1) expect(await slip()).toBe('wrong_code');
    expect(await second('A', codeAt(own.secret, Date.now() + 30_000))).toBe('done');
    expect(await slip()).toBe('wrong_code');
    expect(await second('Boss', codeAt(secret, Date.now() + 30_000))).toBe('too_many_attempts');
    expect(await second('A', own.spareCodes[0] ?? '')).toBe('done');
  });

  it('of nobody who has begun is counted for its address alone', async () => {
    const nobody = { ...stranger, cookie: 'seven-steps.two_factor=%E0%A4%A; seven-steps.two_factor=a.b' };
    for (let at = 0; at < 50; at += 1)
      expect(await codeOf(accounts.secondStep('000000', nobody))).toBe('wrong_code');
    expect(await codeOf(accounts.secondStep('000000', nobody))).toBe('too_many_attempts');
    expect(await codeOf(accounts.secondStep('000000', { ...nobody, address: '10.0.0.2' }))).toBe(
      'wrong_code',
    );
  });

  it('stops after ten wrong codes for its person, from wherever they come', async () => {
    await twoSteps();
    let outcome = '';
    for (let at = 0; at < 12; at += 1) {
      const caller = { ...(await begun()), address: `10.0.1.${at}` };
      outcome = await codeOf(accounts.secondStep('000000', caller));
    }
    expect(outcome).toBe('too_many_attempts');
  });
});
