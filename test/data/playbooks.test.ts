import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldsOf } from '#lib/exports/tables.ts';

const folder = join(import.meta.dirname, '..', '..', 'data', 'playbooks');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

const words = z.strictObject({
  en: z.string().min(1),
  'zh-Hans': z.string().min(1),
  'zh-Hant': z.string().min(1),
});

const calendar = z
  .strictObject({
    country: z.literal('CN'),
    from_year: z.int(),
    to_year: z.int(),
    festivals: z.array(
      z.strictObject({
        key: z.string(),
        names: words,
        movable: z.boolean(),
        compare_by_distance: z.strictObject({ weeks_before: z.int(), weeks_after: z.int() }).optional(),
        dates: z.array(z.iso.date()),
      }),
    ),
  })
  .parse(read('calendar-cn.json'));

const datesOf = (key: string): string[] =>
  calendar.festivals.find((festival) => festival.key === key)?.dates ?? [];
const dayNumber = (day: string): number => Date.parse(day) / 86_400_000;

describe('the calendar of movable days', () => {
  it('names each festival once in every year from 2015 to 2035', () => {
    const years = Array.from({ length: 21 }, (_, offset) => String(2015 + offset));
    for (const { key, dates } of calendar.festivals)
      expect(
        dates.map((day) => day.slice(0, 4)),
        key,
      ).toEqual(years);
  });

  it('has the days of 春节 that the almanac publishes', () => {
    const published =
      '02-19 02-08 01-28 02-16 02-05 01-25 02-12 02-01 01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03 01-23 02-11 01-31 02-19 02-08';
    expect(datesOf('spring_festival').map((day) => day.slice(5))).toEqual(published.split(' '));
  });

  it.each([
    ['dragon_boat', 4],
    ['qixi', 6],
    ['mid_autumn', 14],
  ])('keeps %s on its day of the moon, counted from 春节', (key, days) => {
    const moon = 29.530588;
    datesOf(key).forEach((day, year) => {
      const age = (dayNumber(day) - dayNumber(datesOf('spring_festival')[year]!)) % moon;
      expect(Math.abs(age - days), day).toBeLessThan(1.5);
    });
  });

  it('compares weeks near 春节 alone by their distance from it: two before, three after', () => {
    const compared = calendar.festivals.filter((festival) => festival.compare_by_distance !== undefined);
    expect(compared.map(({ key, compare_by_distance }) => [key, compare_by_distance])).toEqual([
      ['spring_festival', { weeks_before: 2, weeks_after: 3 }],
    ]);
  });

  it('keeps 清明 on 4 or 5 April', () => {
    expect(new Set(datesOf('qingming').map((day) => day.slice(5)))).toEqual(new Set(['04-05', '04-04']));
  });
});

const due = z.union([
  z.strictObject({ minutes: z.int() }),
  z.strictObject({ hours: z.int() }),
  z.strictObject({ days: z.int() }),
  z.enum(['before_leaving', 'next_day', 'next_morning', 'day_before', 'same_day']),
]);

const choicesOf = (table: 'staff' | 'upsells' | 'visits', name: string): string[] =>
  Object.keys(fieldsOf(table).find((field) => field.name === name)?.choices ?? {});

const role = z.enum(choicesOf('staff', 'role') as [string, ...string[]]);

const playbook = z.strictObject({
  key: z.string(),
  word: words,
  calendar: z.string(),
  life_span_months: z.int(),
  visit_minutes_if_unknown: z.int(),
  steps: z
    .array(
      z.strictObject({
        step_no: z.int(),
        key: z.string(),
        aida: z.enum(['attention', 'interest', 'desire', 'action']).nullable(),
        objective: z.enum(['inform', 'persuade', 'remind']).nullable(),
        source: z.string(),
        word: words,
        counts: words,
        rate: words.nullable(),
        rate_from: z.int().nullable(),
      }),
    )
    .length(7),
  touchpoints: z.array(
    z.strictObject({
      key: z.enum(choicesOf('upsells', 'touchpoint') as [string, ...string[]]),
      purpose: z.enum(choicesOf('visits', 'purpose') as [string, ...string[]]),
      word: words,
      role,
      usual_minutes: z.int(),
      least_days_after_order: z.int().optional(),
      closes_after_hours: z.int().optional(),
    }),
  ),
  visit_outcomes: z.array(
    z.strictObject({ key: z.enum(choicesOf('visits', 'outcome') as [string, ...string[]]), word: words }),
  ),
  referral: z.strictObject({
    card: words,
    window_days: z.int(),
    levels: z.array(z.strictObject({ key: z.string(), word: words, from_orders: z.int() })),
    rewards: z.array(z.strictObject({ from_orders: z.int(), amount: z.string().regex(/^\d+\.\d\d$/) })),
  }),
  timers: z.array(
    z.strictObject({
      key: z.string(),
      word: words,
      start: z.string(),
      due,
      closed_by: z.array(z.string()).min(1),
      role,
      only_after: z.string().optional(),
      yearly: z.boolean().optional(),
    }),
  ),
  service_dimensions: z.array(z.strictObject({ key: z.string(), word: words })).length(5),
});

describe('the playbook of a wedding-photo studio', () => {
  const studio = playbook.parse(read('wedding-photo.json'));

  it('names the seven steps in order, the last two as branches of the order', () => {
    expect(studio.steps.map(({ step_no }) => step_no)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(studio.steps.map(({ rate_from }) => rate_from)).toEqual([null, 0, 1, 2, 3, 4, 4]);
  });

  it('names each touchpoint and each outcome of the contract', () => {
    expect(studio.touchpoints.map(({ key }) => key)).toEqual(choicesOf('upsells', 'touchpoint'));
    expect(studio.visit_outcomes.map(({ key }) => key)).toEqual(choicesOf('visits', 'outcome'));
  });

  it('upgrades cards at rising numbers of orders', () => {
    const thresholds = studio.referral.levels.map(({ from_orders }) => from_orders);
    expect(thresholds).toEqual(thresholds.toSorted((a, b) => a - b));
    expect(new Set(thresholds).size).toBe(thresholds.length);
  });

  it('names each timer once', () => {
    expect(new Set(studio.timers.map(({ key }) => key)).size).toBe(studio.timers.length);
  });
});
