import { describe, expect, it } from 'vitest';
import { comparedDays, neighbour, periodLinks, periodOf, periodOr } from '../../src/routes/period-choices.ts';

const reach = { firstDay: '2024-01-01', lastDay: '2026-10-25', lastWeek: '2026-10-19' };
const none = { from: null, to: null };

describe('the period of a page', () => {
  it('is the last complete weeks unless the address says otherwise', () => {
    expect(periodOf(none, reach, 4)).toEqual({ from: '2026-09-28', to: '2026-10-25' });
    expect(periodOf({ from: '2026-01-01', to: '2026-01-31' }, reach, 4)).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
    });
  });

  it('is filled up where the address gives one end alone', () => {
    expect(periodOf({ from: '2026-03-02', to: null }, reach, 4).to).toBe('2026-03-29');
    expect(periodOf({ from: null, to: '2026-03-29' }, reach, 4).from).toBe('2026-03-02');
  });

  it('is the week begun while none is complete', () => {
    expect(periodOf(none, { ...reach, lastWeek: null, lastDay: '2026-10-21' }, 1)).toEqual({
      from: '2026-10-19',
      to: '2026-10-25',
    });
  });

  it('of a comparison of people is what the data say, and none without data', () => {
    const told = { compared_from: '2025-09-22', compared_to: '2026-09-20' };
    const days = { from: '2025-09-22', to: '2026-09-20' };
    expect(comparedDays(told)).toEqual(days);
    expect(periodOr(none, days)).toEqual(days);
    expect(periodOr({ from: '2024-09-23', to: null }, days).to).toBe('2025-09-21');
    expect(comparedDays({ compared_from: null, compared_to: null })).toBeNull();
  });

  it('cannot end before it begins', () => {
    expect(() => periodOf({ from: '2026-03-02', to: '2026-03-01' }, reach, 4)).toThrow(
      expect.objectContaining({ code: 'period_reversed' }),
    );
  });

  it('has neighbours of its own length, as far as the data reach', () => {
    const days = { from: '2026-09-28', to: '2026-10-25' };
    expect(neighbour(days, reach, -1)).toEqual({ from: '2026-08-31', to: '2026-09-27' });
    expect(neighbour(days, reach, 1)).toBeNull();
    expect(neighbour({ from: '2024-01-01', to: '2024-01-10' }, reach, -1)).toBeNull();
    expect(neighbour({ from: '2026-10-01', to: '2026-10-20' }, reach, 1)).toEqual({
      from: '2026-10-21',
      to: '2026-11-09',
    });
  });

  it('is found again among the offered ones', () => {
    const days = { from: '2026-10-19', to: '2026-10-25' };
    const { weeks } = periodLinks(days, reach, ({ from, to }) => `${from}/${to}`);
    expect(weeks.map(({ weeks, here }) => [weeks, here])).toEqual([
      [1, true],
      [4, false],
      [13, false],
      [52, false],
    ]);
    expect(weeks[3]?.href).toBe('2025-10-27/2026-10-25');
  });
});
