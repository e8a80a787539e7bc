import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { bring, codeOf, household, password, stranger } from './household.ts';

const house = household();

function tokenOf(name: string): string {
  const person = house.people.named(name)?.id ?? '';
  return house.tokens.add({ name: 'notebook', tables: '', person, expires: null }, house.now).secret;
}

function codeFor(secret: string): string {
  try {
    house.tokens.identify(`Bearer ${secret}`, house.now);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'taken';
}

describe('whoever has signed in', () => {
  it('may name a wrong present password ten times in all, whatever for, and the right one counts from nought', async () => {
    const boss = await house.owner();
    const change = () => house.accounts.changePassword('not this one', 'another seven steps', boss);
    const begin = () => house.accounts.beginSecondStep('not this one', boss);
    const confirm = () => house.accounts.confirm('not this one', boss);
    const end = () => house.accounts.endSecondStep('not this one', boss);
    for (const work of [change, begin, end, confirm, begin, end])
      expect(await codeOf(work())).toBe('wrong_password');
    await house.accounts.beginSecondStep(password, boss);
    for (const work of [change, begin, end, change, begin, end, change, begin, end, change])
      expect(await codeOf(work())).toBe('wrong_password');
    for (const work of [change, begin, end, confirm]) expect(await codeOf(work())).toBe('too_many_attempts');
    expect(await codeOf(house.accounts.changePassword(password, 'another seven steps', boss))).toBe(
      'too_many_attempts',
    );
    expect(await codeOf(house.accounts.signIn({ name: 'Boss', password }, stranger))).toBe(
      'too_many_attempts',
    );
  });

  it('has no token left after a new password, a log-out everywhere or a link, and others keep theirs', async () => {
    await house.owner();
    const kept = tokenOf('Boss');
    const caller = await house.invited('A');
    const id = house.people.named('A')?.id ?? '';
    const ended = async (work: () => Promise<unknown>) => {
      const secret = tokenOf('A');
      expect(codeFor(secret)).toBe('taken');
      await work();
      return codeFor(secret);
    };
    expect(await ended(() => house.accounts.endOthers(caller))).toBe('token_unknown');
    expect(
      await ended(() =>
        house.accounts.join(house.links.make(id, 'reset', house.now).secret, password, stranger),
      ),
    ).toBe('token_unknown');
    const again = bring((await house.accounts.signIn({ name: 'A', password }, stranger)).cookies);
    const wrong = () => codeOf(house.accounts.changePassword('not this one', 'another seven steps', again));
    expect(await ended(wrong)).toBe('taken');
    expect(await ended(() => house.accounts.changePassword(password, 'another seven steps', again))).toBe(
      'token_unknown',
    );
    expect(codeFor(kept)).toBe('taken');
  });

  it('is told of a new password that is too weak before the present one is tried', async () => {
    const boss = await house.owner();
    expect(await codeOf(house.accounts.changePassword('not this one', 'short', boss))).toBe(
      'password_too_short',
    );
  });
});
