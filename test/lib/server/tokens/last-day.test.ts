import { expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { lastDayIn } from '#lib/server/tokens/last-day.ts';

const now = new Date('2026-11-20T23:30:00Z');

it.each([
  ['', '2027-02-18'],
  ['30', '2026-12-20'],
  [' 365 ', '2027-11-20'],
  ['2027-01-31', '2027-01-31'],
  ['never', null],
])('%j is read as the last day %j', (written, day) => {
  expect(lastDayIn(written, now)).toBe(day);
});

it.each(['0', '3651', '99999', '-1', '1.5', 'soon', '2027-02-30', 'Never'])(
  '%j is no end of a token',
  (written) => {
    expect(() => lastDayIn(written, now)).toThrow(Refusal);
  },
);
