import { describe, expect, it } from 'vitest';
import { household, minute } from './household.ts';

const house = household();

describe('a session', () => {
  it('is nobody’s when it is changed by a letter or made up', async () => {
    const caller = await house.owner();
    const forged = (caller.cookie ?? '').replace(
      /=(.)/,
      (_, letter: string) => `=${letter === 'a' ? 'b' : 'a'}`,
    );
    expect(await house.roleOf({ ...caller, cookie: forged })).toBeNull();
    expect(await house.roleOf({ ...caller, cookie: 'seven-steps.session_token=x' })).toBeNull();
  });

  it('ends when it is signed out, when its person is barred, and when they get a new link', async () => {
    const [first, second, third] = [
      await house.invited('A'),
      await house.invited('B'),
      await house.invited('C'),
    ];
    house.now = new Date(Date.now() + minute);
    await house.accounts.signOut(first);
    house.people.disable(house.people.named('B')?.id ?? '', house.now);
    house.people.endSessions(house.people.named('C')?.id ?? '', house.now);
    for (const caller of [first, second, third]) expect(await house.roleOf(caller)).toBeNull();
    house.people.enable(house.people.named('B')?.id ?? '');
    expect(await house.roleOf(second)).toBeNull();
  });

  it('has the role that its person has now', async () => {
    const caller = await house.invited('A');
    expect(await house.roleOf(caller)).toBe('marketer');
    house.people.change(house.people.named('A')?.id ?? '', { role: 'staff', staffId: 'S1' });
    expect((await house.accounts.viewer(caller)).value).toMatchObject({ role: 'staff', staffId: 'S1' });
  });
});
