import { afterAll, beforeAll, expect, test } from 'vitest';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import {
  funnelChange,
  missingWeeks,
  peopleToCall,
  revenueChange,
  weekSummary,
  type FunnelChangeRow,
  type RevenueChangeRow,
  type WeekSummaryRow,
} from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { locales } from '#lib/words/locale.ts';
import { actsView } from '../../src/routes/week/act.ts';
import { callOf, callQuestion } from '../../src/routes/week/calls.ts';
import type { Call } from '../../src/routes/week/calls.ts';
import { reasonOf } from '../../src/routes/week/reason.ts';
import type { NoReason, Reason } from '../../src/routes/week/reason.ts';
import { sentenceView } from '../../src/routes/week/sentence.ts';
import { spoken } from '../../src/routes/week/sentence-words.ts';
import { verdictOf } from '../../src/routes/week/verdict.ts';
import { whyView } from '../../src/routes/week/why.ts';
import { addDays, mondayOf } from '../oracle/days.ts';
import { cents } from '../oracle/money.ts';
import { isSoak } from './runs.ts';
import { openSample, truth } from './sample.ts';

/** What the Week page says of the sample's weeks: every fourth and the hard ones, all of them in `npm run soak`. */
let warehouse: Warehouse;
let weeks: Week[];

const hard = new Set([
  '2024-02-05',
  '2024-02-12',
  '2024-02-19',
  '2025-01-27',
  '2026-02-16',
  '2026-02-23',
  mondayOf(truth.gap.from),
  addDays(mondayOf(truth.gap.from), 7),
]);

type Week = {
  monday: string;
  summary: WeekSummaryRow;
  changes: FunnelChangeRow[];
  whole: RevenueChangeRow[];
  reason: Reason | NoReason;
  call: Call | null;
};

async function weekOf(monday: string): Promise<Week> {
  const period = { from: monday, to: addDays(monday, 6) };
  const before = { compare_from: addDays(monday, -7), compare_to: addDays(monday, -1) };
  const [summaries, changes, whole, byStore] = await Promise.all([
    weekSummary({ warehouse }, period),
    funnelChange({ warehouse }, period),
    revenueChange({ warehouse }, { ...period, ...before }),
    revenueChange({ warehouse }, { ...period, ...before, by: 'store' }),
  ]);
  const [summary] = summaries.rows;
  if (!summary) throw new Error(`${monday} has no summary.`);
  const reason = reasonOf(summary, changes.rows, whole.rows, byStore.rows);
  const toCall = callQuestion(reason, summary, { ...period, ...before }, period);
  const call = toCall && callOf(toCall, (await peopleToCall({ warehouse }, toCall.params)).rows);
  return { monday, summary, changes: changes.rows, whole: whole.rows, reason, call };
}

beforeAll(async () => {
  warehouse = await openSample();
  const mondays: string[] = [];
  const first = addDays(mondayOf(truth.first_day), 14);
  for (let day = first; addDays(day, 6) <= truth.last_day; day = addDays(day, 7)) mondays.push(day);
  const tried = mondays.filter((monday, place) => isSoak || place % 4 === 0 || hard.has(monday));
  weeks = await Promise.all(tried.map(weekOf));
  expect(weeks.length).toBeGreaterThan(40);
});
afterAll(() => {
  overwriteGetLocale(() => 'en');
  warehouse.close();
});

const leftOut = ({ whole }: Week) => whole.filter(({ term }) => term === 'left_out');
const view = ({ summary, changes, whole, reason }: Week) =>
  sentenceView('zh-Hans', 'CNY', summary, changes, whole, reason);

test('sentence, headline and to-do give one reason, and it goes the way of the change it explains', () => {
  for (const week of weeks) {
    const { monday, summary, changes, whole, reason } = week;
    const finding = whyView('en', 'CNY', summary, whole, changes, reason, {})?.finding;
    const { revenue } = view(week);
    const asked = { summary: {}, funnel: {}, revenue: {} };
    const figures = {
      missing: [],
      freshness: [],
      summary,
      change: changes,
      reason,
      reasons: whole,
      call: week.call,
    };
    const { urgent, maybe } = actsView('en', 'CNY', figures, asked);
    const watched = [...urgent, ...maybe].find(({ kind }) => kind === 'watch');
    const isChance = typeof reason !== 'string' && reason.verdict !== 'more_than_noise';
    if (watched?.kind === 'watch' && isChance && !watched.drop) expect(maybe, monday).toEqual([watched]);
    if (typeof reason === 'string') {
      expect([finding?.kind, revenue, watched], monday).toEqual([reason, null, undefined]);
      continue;
    }
    const compared = cents(whole[0]?.compared_difference ?? '0');
    if (reason.effect) expect(cents(reason.effect) * compared > 0n, monday).toBe(true);
    else expect(reason.store, monday).not.toBeNull();
    if (reason.store) expect(cents(reason.store.effect) * compared > 0n, monday).toBe(true);
    expect(finding, monday).toMatchObject({ kind: 'reason', term: reason.term });
    expect(revenue, monday).toMatchObject({ term: reason.term, direction: compared < 0n ? 'less' : 'more' });
    if (compared < 0n) expect(watched, monday).toMatchObject({ term: reason.term });
    else expect(watched, monday).toBeUndefined();
  }
});

test('whoever is to be called is one of those who stopped in that week, and nobody else is', () => {
  const called = weeks.flatMap(({ call }) => call ?? []);
  expect(called.length).toBeGreaterThan(10);
  for (const { row } of called) expect(row.stopped).toBe(row.open_people + row.went_on + row.lost);
  const closed = weeks.filter(({ summary, reason }) => reason === 'holiday' && summary.closed_days > 0);
  expect(closed.map(({ call }) => call?.cause)).toEqual(closed.map(() => 'closed'));
});

test('no change is said only without one, and no cause where one or two orders are within noise', () => {
  for (const { monday, summary, changes, whole, reason } of weeks) {
    const compared = cents(whole[0]?.compared_difference ?? '0');
    if (reason === 'same') expect(compared, monday).toBe(0n);
    const judged = changes.filter(({ figure }) => ['orders', 'signed', 'upsold'].includes(figure));
    const quiet = judged.every((row) => ['within_noise', 'too_few'].includes(verdictOf(row) ?? ''));
    if (quiet && Math.abs(summary.orders_change ?? 9) <= 2) expect(typeof reason, monday).toBe('string');
  }
  expect(weeks.map(({ reason }) => reason)).toContain('slight');
});

test('in every language stores that are left out are named, and a holiday is called one', () => {
  for (const locale of locales) {
    overwriteGetLocale(() => locale);
    for (const week of weeks) {
      const { summary, changes, whole, reason } = week;
      const seen = sentenceView(locale, 'CNY', summary, changes, whole, reason);
      const said = spoken(seen, 'previous', true).trim();
      for (const { segment } of leftOut(week)) expect(said, week.monday).toContain(segment);
      if (summary.closed_days > 0) expect(said).toMatch(/春[节節]|Spring Festival/);
      expect(said, week.monday).toMatch(/^\S.*[.。]$/);
      expect(said, week.monday).not.toMatch(/undefined|null|NaN|[，；。、]{2}|\.\s*[;,]|;\s*[.;]/);
    }
  }
});

test('asks for lists of no store but the one whose lists the generator left out', async () => {
  for (const { monday } of weeks) {
    const { rows } = await missingWeeks({ warehouse }, { from: monday, to: addDays(monday, 6) });
    const stores = monday === mondayOf(truth.gap.from) ? [truth.gap.store] : [];
    expect([...new Set(rows.map(({ store }) => store))], monday).toEqual(stores);
  }
});
