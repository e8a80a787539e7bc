import { expect, test } from 'vitest';
import { festivalsIn } from '#lib/server/settings/calendar.ts';

const keys = (from: string, to: string) => festivalsIn(from, to).map(({ key }) => key);

test('finds the festivals of a week in the order of their days, first and last day included', () => {
  expect(keys('2026-09-28', '2026-10-04')).toEqual(['national_day']);
  expect(keys('2025-10-01', '2025-10-06')).toEqual(['national_day', 'mid_autumn']);
  expect(keys('2026-10-02', '2026-10-08')).toEqual([]);
  expect(festivalsIn('2026-10-01', '2026-10-01')[0]?.names['zh-Hant']).toBe('國慶');
});
