import { describe, expect, it } from 'vitest';
import { bring, codeOf, household, password, stranger } from './household.ts';
import { codeAt } from './one-time-code.ts';

const house = household();

describe('a second step', () => {
  /** Somebody whose second step is on, and the codes of their app at this moment. */
  async function twoSteps() {
    const boss = await house.owner();
    const { secret, spareCodes } = await house.accounts.beginSecondStep(password, boss);
    await house.accounts.proveSecondStep(codeAt(secret, Date.now()), boss);
    return { secret, spareCodes };
  }
  const begun = async () =>
    bring((await house.accounts.signIn({ name: 'Boss', password }, stranger)).cookies);

  it('takes a code once: whoever looked on cannot use it a moment later, nor at the same one', async () => {
    const { secret } = await twoSteps();
    const code = codeAt(secret, Date.now() + 30_000);
    const [one, two] = [await begun(), await begun()];
    const outcomes = await Promise.all(
      [one, two].map((caller) => codeOf(house.accounts.secondStep(code, caller))),
    );
    expect(outcomes.toSorted()).toEqual(['done', 'wrong_code']);
    expect(await codeOf(house.accounts.secondStep(code, await begun()))).toBe('wrong_code');
    expect(house.kept('select * from session')).toHaveLength(2);
  });

  it('takes no code for signing in with which it was proved', async () => {
    const boss = await house.owner();
    const { secret } = await house.accounts.beginSecondStep(password, boss);
    const code = codeAt(secret, Date.now());
    await house.accounts.proveSecondStep(code, boss);
    expect(await codeOf(house.accounts.secondStep(code, await begun()))).toBe('wrong_code');
  });

  it('is counted for its person: ten slips of one bar nobody else behind the same address, nor does another’s code forgive them', async () => {
    const { secret } = await twoSteps();
    const other = await house.invited('A');
    const own = await house.accounts.beginSecondStep(password, other);
    await house.accounts.proveSecondStep(codeAt(own.secret, Date.now()), other);
    const slip = async () => codeOf(house.accounts.secondStep('000000', await begun()));
    const second = async (name: string, code: string) =>
      codeOf(
        house.accounts.secondStep(
          code,
          bring((await house.accounts.signIn({ name, password }, stranger)).cookies),
        ),
      );
    for (let at = 0; at < 9; at += 1) expect(await slip()).toBe('wrong_code');
    expect(await second('A', codeAt(own.secret, Date.now() + 30_000))).toBe('done');
    expect(await slip()).toBe('wrong_code');
    expect(await second('Boss', codeAt(secret, Date.now() + 30_000))).toBe('too_many_attempts');
    expect(await second('A', own.spareCodes[0] ?? '')).toBe('done');
  });

  it('of nobody who has begun is counted for its address alone', async () => {
    const nobody = { ...stranger, cookie: 'seven-steps.two_factor=%E0%A4%A; seven-steps.two_factor=a.b' };
    for (let at = 0; at < 50; at += 1)
      expect(await codeOf(house.accounts.secondStep('000000', nobody))).toBe('wrong_code');
    expect(await codeOf(house.accounts.secondStep('000000', nobody))).toBe('too_many_attempts');
    expect(await codeOf(house.accounts.secondStep('000000', { ...nobody, address: '10.0.0.2' }))).toBe(
      'wrong_code',
    );
  });

  it('stops after ten wrong codes for its person, from wherever they come', async () => {
    await twoSteps();
    let outcome = '';
    for (let at = 0; at < 12; at += 1) {
      const caller = { ...(await begun()), address: `10.0.1.${at}` };
      outcome = await codeOf(house.accounts.secondStep('000000', caller));
    }
    expect(outcome).toBe('too_many_attempts');
  });
});
