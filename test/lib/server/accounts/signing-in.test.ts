import { describe, expect, it } from 'vitest';
import { bring, codeOf, household, minute, password, stranger } from './household.ts';

const house = household();

describe('the set-up', () => {
  it('makes the first owner, signs them in, and its key is good once', async () => {
    const key = house.accounts.setUpKey() ?? '';
    expect(house.accounts.isSetUp()).toBe(false);
    expect(await house.roleOf(await house.owner())).toBe('owner');
    expect(house.accounts.isSetUp()).toBe(true);
    expect(house.accounts.setUpKey()).toBeNull();
    expect(await codeOf(house.accounts.setUp(key, { name: 'Thief', password }, stranger))).toBe(
      'setup_key_wrong',
    );
    expect(house.people.all().map(({ name }) => name)).toEqual(['Boss']);
  });

  it('takes one of two who come at once', async () => {
    const key = house.accounts.setUpKey() ?? '';
    const codes = await Promise.all(
      ['A', 'B'].map((name) => codeOf(house.accounts.setUp(key, { name, password }, stranger))),
    );
    expect(codes.sort()).toEqual(['done', 'setup_key_wrong']);
  });

  it('refuses another key, and keeps its own when the password is refused', async () => {
    const key = house.accounts.setUpKey() ?? '';
    const typed = { name: 'Boss', password };
    expect(await codeOf(house.accounts.setUp('', typed, stranger))).toBe('setup_key_wrong');
    expect(await codeOf(house.accounts.setUp(`${key}x`, typed, stranger))).toBe('setup_key_wrong');
    const short = { ...typed, password: 'short' };
    expect(await codeOf(house.accounts.setUp(key, short, stranger))).toBe('password_too_short');
    expect(house.accounts.isSetUpKey(key)).toBe(true);
  });

  it('is over once the command line has made an owner, and has another key at each start', () => {
    const key = house.accounts.setUpKey();
    const other = house.opened();
    expect(other.setUpKey()).not.toBe(key);
    house.people.add('Boss', { role: 'owner' }, house.now);
    expect(house.accounts.setUpKey()).toBeNull();
    expect(house.accounts.isSetUpKey(key ?? '')).toBe(false);
    return other.close();
  });
});

describe('signing in', () => {
  it('takes the name however its letters are written', async () => {
    await house.owner();
    const { value, cookies } = await house.accounts.signIn({ name: ' ＢＯＳＳ ', password }, stranger);
    expect(value.isWhole).toBe(true);
    expect(await house.roleOf(bring(cookies))).toBe('owner');
  });

  it('says the same of a wrong password, a name that is not there, and who is barred or has not joined yet', async () => {
    await house.owner();
    await house.invited('Barred');
    house.people.disable(house.people.named('Barred')?.id ?? '', house.now);
    house.people.add('Waiting', { role: 'marketer' }, house.now);
    for (const name of ['Boss', 'Nobody', 'nobody', 'Barred', 'Waiting', ''])
      expect(await codeOf(house.accounts.signIn({ name, password: `${password}!` }, stranger))).toBe(
        'wrong_login',
      );
    for (const name of ['Barred', 'Waiting'])
      expect(await codeOf(house.accounts.signIn({ name, password }, stranger))).toBe('wrong_login');
  });

  it('begins a session of its own, whatever cookie is brought', async () => {
    const planted = await house.owner();
    const { cookies } = await house.accounts.signIn({ name: 'Boss', password }, planted);
    expect(bring(cookies).cookie).not.toBe(planted.cookie);
  });

  it('stops after ten wrong passwords for a name, many at once included, until a quarter of an hour is over', async () => {
    await house.owner();
    const guesses = Array.from({ length: 15 }, (_, at) =>
      codeOf(
        house.accounts.signIn(
          { name: 'boss', password: `guess ${at}` },
          { ...stranger, address: `10.0.1.${at}` },
        ),
      ),
    );
    const codes = await Promise.all(guesses);
    expect(codes.filter((code) => code === 'wrong_login')).toHaveLength(10);
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(5);
    expect(await codeOf(house.accounts.signIn({ name: 'Boss', password }, stranger))).toBe(
      'too_many_attempts',
    );
    house.now = new Date(house.now.getTime() + 15 * minute);
    expect(await codeOf(house.accounts.signIn({ name: 'Boss', password }, stranger))).toBe('done');
  });
});
