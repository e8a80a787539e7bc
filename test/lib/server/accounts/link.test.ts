import { describe, expect, it } from 'vitest';
import { bar } from '#lib/server/accounts/shut-out.ts';
import { bring, codeOf, household, minute, password, stranger } from './household.ts';
import { codeAt } from './one-time-code.ts';

const house = household();

describe('a link', () => {
  const link = (kind: 'join' | 'reset' = 'join') => {
    const person = house.people.named('A') ?? house.people.add('A', { role: 'marketer' }, house.now);
    return house.links.make(person.id, kind, house.now).secret;
  };

  it('is good once', async () => {
    const secret = link();
    const codes = await Promise.all(
      [1, 2].map(() => codeOf(house.accounts.join(secret, password, stranger))),
    );
    expect(codes.sort()).toEqual(['done', 'link_dead']);
    expect(await codeOf(house.accounts.join(secret, password, stranger))).toBe('link_dead');
  });

  it('stays good when the password is refused', async () => {
    const secret = link();
    expect(await codeOf(house.accounts.join(secret, 'password123', stranger))).toBe('password_common');
    expect(await codeOf(house.accounts.join(secret, password, stranger))).toBe('done');
  });

  it('dies after seven days, by the next link, and when its person is barred', async () => {
    const [first, second] = [link(), link()];
    expect(await codeOf(house.accounts.join(first, password, stranger))).toBe('link_dead');
    const begun = house.now;
    house.now = new Date(begun.getTime() + 7 * 24 * 60 * minute);
    expect(await codeOf(house.accounts.join(second, password, stranger))).toBe('link_dead');
    house.now = begun;
    house.people.disable(house.people.named('A')?.id ?? '', house.now);
    expect(await codeOf(house.accounts.join(second, password, stranger))).toBe('link_dead');
  });

  it('for a new password ends the old one and every session', async () => {
    const caller = bring(await house.accounts.join(link(), password, stranger));
    await house.accounts.join(link('reset'), 'another sentence entirely', stranger);
    expect(await house.roleOf(caller)).toBeNull();
    expect(await codeOf(house.accounts.signIn({ name: 'A', password }, stranger))).toBe('wrong_login');
  });

  it('ends the old password when it is made, used or not, over or not, and for whoever is half signed in', async () => {
    const caller = bring(await house.accounts.join(link(), password, stranger));
    const signIn = () => codeOf(house.accounts.signIn({ name: 'A', password }, stranger));
    const app = (await house.accounts.beginSecondStep(password, caller)).secret;
    await house.accounts.proveSecondStep(codeAt(app, Date.now()), caller);
    const half = bring((await house.accounts.signIn({ name: 'A', password }, stranger)).cookies);
    const secret = link('reset');
    expect(await signIn()).toBe('wrong_login');
    expect(await codeOf(house.accounts.secondStep(codeAt(app, Date.now() + 30_000), half))).toBe(
      'wrong_code',
    );
    const begun = house.now;
    house.now = new Date(begun.getTime() + 8 * 24 * 60 * minute);
    expect(await signIn()).toBe('wrong_login');
    house.now = begun;
    expect(await codeOf(house.accounts.join(secret, password, stranger))).toBe('done');
    expect(await signIn()).toBe('done');
  });

  it('made before its person was barred is dead once they are let in again', async () => {
    const secret = link();
    const id = house.people.named('A')?.id ?? '';
    bar({ ...house, clock: () => house.now }, id);
    house.people.enable(id);
    expect(await codeOf(house.accounts.join(secret, password, stranger))).toBe('link_dead');
  });

  it('is kept as a hash', () => {
    const secret = link();
    expect(JSON.stringify(house.kept('select * from links'))).not.toContain(secret);
  });
});
