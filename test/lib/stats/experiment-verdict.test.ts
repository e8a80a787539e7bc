import { expect, test } from 'vitest';
import { verdictOf } from '#lib/stats/experiment-verdict.ts';
import type { Compared } from '#lib/stats/experiment-verdict.ts';

const row = (standing: string, change: Partial<Compared> = {}): Compared => ({
  metric: 'bought',
  variant_no: 2,
  standing,
  difference: 0.02,
  always_low: -0.02,
  always_high: 0.06,
  ...change,
});
const running = { running: true, days: 30, daysLeft: null };
const over = { running: false, days: 90, daysLeft: 0 };
const kindOf = (one: Compared, stage: typeof running | typeof over, ...others: Compared[]) =>
  verdictOf(one, [one, ...others], stage).kind;

test('only a comparison that holds however often one looks ships or stops, running or over', () => {
  for (const stage of [running, over]) {
    expect(kindOf(row('better'), stage)).toBe('ship');
    expect(kindOf(row('worse'), stage)).toBe('stop');
    expect(kindOf(row('broken'), stage)).toBe('broken');
    expect(kindOf(row('no_variance'), stage)).toBe('nothing');
    expect(kindOf(row('zero_baseline'), stage)).toBe('nothing');
  }
});

test('what may be chance goes on while it runs, and leaves things as they were when it is over', () => {
  expect(kindOf(row('open'), running)).toBe('go_on');
  expect(kindOf(row('open'), over)).toBe('keep_usual');
  expect(kindOf(row('too_few'), running)).toBe('too_few');
  expect(kindOf(row('too_few'), over)).toBe('too_few_over');
});

test('a variant that is worse by another metric is not simply shipped; another variant does not count', () => {
  const lost = row('worse', { metric: 'lost' });
  expect(verdictOf(row('better'), [lost], running)).toMatchObject({ kind: 'mixed', worse: ['lost'] });
  expect(kindOf(row('better'), running, { ...lost, variant_no: 3 })).toBe('ship');
});

test('the day to decide is the last one, else when a difference that stays as it is leaves chance', () => {
  const days = (one: Compared, stage: { running: boolean; days: number; daysLeft: number | null }) =>
    verdictOf(one, [one], stage).daysMore;
  expect(days(row('open'), { ...running, daysLeft: 12 })).toBe(12);
  // The half width 0.04 is to halve: four times the units, so 120 days in all.
  expect(days(row('open'), running)).toBe(90);
  expect(
    days(row('open', { difference: 0.001, always_low: -0.039, always_high: 0.041 }), running),
  ).toBeNull();
  expect(days(row('too_few', { difference: null, always_low: null, always_high: null }), running)).toBeNull();
});
