import { expect, test } from 'vitest';
import { lookedAs, looks } from '#lib/server/access/look-as.ts';
import { committed } from '../../../data/committed.ts';

test('everybody as whom one looks at the sample stands in its staff list, at that desk and in that store', () => {
  const staff = committed('staff.csv')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  for (const { key, name, standing } of looks) {
    if (standing.role === 'staff')
      expect(staff.find(([id]) => id === standing.staffId)?.slice(0, 3)).toEqual([
        standing.staffId,
        name,
        key,
      ]);
    if (standing.role === 'manager')
      expect(staff.filter(([, , , store]) => standing.stores.includes(store ?? ''))).not.toEqual([]);
  }
});

test('who chooses nobody, or somebody who is not there, looks as the owner', () => {
  expect(lookedAs(undefined).role).toBe('owner');
  expect(lookedAs('constructor').role).toBe('owner');
});
