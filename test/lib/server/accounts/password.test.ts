import { describe, expect, it } from 'vitest';
import { household } from './household.ts';

const house = household({});

describe('a password', () => {
  it('is kept as a salted hash that is dear to try', async () => {
    await house.owner();
    await house.invited('A');
    const kept = house.kept('select password from account').map((row) => String(row['password']));
    expect(kept).toHaveLength(2);
    expect(new Set(kept).size).toBe(2);
    for (const hash of kept) expect(hash).toMatch(/^scrypt\$32768\$8\$3\$/);
  });
});
