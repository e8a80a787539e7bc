import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, isDay, mondayOf, period, shortRange, weekday, weekNumber } from '#lib/ui/dates.ts';

const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

describe('days', () => {
  test('exist or do not', () => {
    expect(['2024-02-29', '2026-12-31'].map(isDay)).toEqual([true, true]);
    const wrong = ['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00', ''];
    expect(wrong.filter(isDay)).toEqual([]);
  });

  test('are counted over the ends of months and years', () => {
    expect(addDays('2026-12-30', 3)).toBe('2027-01-02');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
  });

  test('belong to the week that begins on their Monday', () => {
    fc.assert(
      fc.property(day, (one) => {
        const monday = mondayOf(one);
        expect(new Date(monday).getUTCDay()).toBe(1);
        expect(monday <= one && one <= addDays(monday, 6)).toBe(true);
      }),
      { seed: 7 },
    );
  });

  test.each([
    ['2026-11-16', 47],
    ['2025-12-29', 1],
    ['2020-12-28', 53],
    ['2021-01-04', 1],
  ])('the week from %s has the number %i', (monday, number) => {
    expect(weekNumber(monday)).toBe(number);
  });
});

describe('periods read as in the reader’s language', () => {
  test.each([
    ['en', '2026-11-16', '2026-11-22', '16–22 November 2026'],
    ['en', '2026-09-28', '2026-10-04', '28 September – 4 October 2026'],
    ['en', '2025-12-29', '2026-01-04', '29 December 2025 – 4 January 2026'],
    ['zh-Hans', '2026-11-16', '2026-11-22', '2026年11月16–22日'],
    ['zh-Hant', '2026-09-28', '2026-10-04', '2026年9月28日–10月4日'],
    ['zh-Hans', '2025-12-29', '2026-01-04', '2025年12月29日–2026年1月4日'],
  ] as const)('%s: %s to %s is %s', (locale, from, to, words) => {
    expect(period(locale, from, to)).toBe(words);
  });

  test('and so do single days and short ranges', () => {
    expect(weekday('en', '2026-11-22')).toBe('Sun 22 Nov');
    expect(weekday('zh-Hans', '2026-11-22')).toBe('11月22日（周日）');
    expect(weekday('zh-Hant', '2026-11-22')).toBe('11月22日（週日）');
    expect(shortRange('en', '2026-10-05', '2026-10-11')).toBe('5–11 Oct');
    expect(shortRange('zh-Hans', '2026-09-28', '2026-10-04')).toBe('9月28日–10月4日');
  });
});
