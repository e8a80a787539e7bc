import { afterAll, beforeAll, expect, test } from 'vitest';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { asOwner } from '#lib/server/reports/audience.ts';
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
  '2025-12-15',
  '2026-05-04',
  mondayOf(truth.gap.from),
  addDays(mondayOf(truth.gap.from), 7),
]);

type Week = {
  monday: string;
  summary: WeekSummaryRow;
  changes: FunnelChangeRow[];
  storeChanges: FunnelChangeRow[];
  whole: RevenueChangeRow[];
  byStore: RevenueChangeRow[];
  reason: Reason | NoReason;
  call: Call | null;
};

async function weekOf(monday: string): Promise<Week> {
  const period = { from: monday, to: addDays(monday, 6) };
  const before = { compare_from: addDays(monday, -7), compare_to: addDays(monday, -1) };
  const [summaries, changes, storeChanges, whole, byStore] = await Promise.all([
    weekSummary(asOwner({ warehouse }), period),
    funnelChange(asOwner({ warehouse }), period),
    funnelChange(asOwner({ warehouse }), { ...period, by: 'store' }),
    revenueChange(asOwner({ warehouse }), { ...period, ...before }),
    revenueChange(asOwner({ warehouse }), { ...period, ...before, by: 'store' }),
  ]);
  const [summary] = summaries.rows;
  if (!summary) throw new Error(`${monday} has no summary.`);
  const reason = reasonOf(summary, {
    whole: whole.rows,
    byStore: byStore.rows,
    changes: changes.rows,
    storeChanges: storeChanges.rows,
  });
  const toCall = callQuestion(reason, summary, { ...period, ...before }, period);
  const call = toCall && callOf(toCall, (await peopleToCall(asOwner({ warehouse }), toCall.params)).rows);
  return {
    monday,
    summary,
    changes: changes.rows,
    storeChanges: storeChanges.rows,
    whole: whole.rows,
    byStore: byStore.rows,
    reason,
    call,
  };
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
const view = ({ summary, changes, storeChanges, whole, reason }: Week) =>
  sentenceView('zh-Hans', 'CNY', summary, changes, whole, reason, [...changes, ...storeChanges]);

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
      expect(finding?.kind, monday).toBe(reason);
      expect([revenue?.reason ?? null, watched], monday).toEqual([null, undefined]);
      expect(revenue === null, monday).toBe(reason !== 'slight');
      continue;
    }
    const compared = cents(whole[0]?.compared_difference ?? '0');
    expect(cents(reason.row.cause_effect ?? '0') * compared > 0n, monday).toBe(true);
    expect(finding, monday).toMatchObject({ kind: 'reason', cause: { term: reason.term } });
    expect(revenue, monday).toMatchObject({
      direction: compared < 0n ? 'less' : 'more',
      reason: { term: reason.term },
    });
    if (compared < 0n) expect(watched, monday).toMatchObject({ term: reason.term });
    else expect(watched, monday).toBeUndefined();
  }
});

/** What a store did to revenue by a cause, counted from the rows of its terms. */
const leadTerms = ['reach', 'leads_per_aware', 'volume', 'mix'];
const sumOf = (rows: readonly RevenueChangeRow[]) => rows.reduce((sum, row) => sum + cents(row.effect), 0n);
const isOf = (cause: string) => (row: RevenueChangeRow) =>
  cause === 'leads' ? leadTerms.includes(row.term) : row.term === cause;

const outweighs = (row: RevenueChangeRow, other: RevenueChangeRow | undefined) =>
  Math.abs(Number(row.cause_effect)) > Math.abs(Number(other?.cause_effect ?? 0));

test('the reason is more than noise, or no cause of a store that went this way is larger, unless all stores share it or what adds up is larger', () => {
  for (const { monday, whole, byStore, reason } of weeks) {
    if (typeof reason === 'string' || reason.verdict === 'more_than_noise') continue;
    if (whole.some(({ cause, cause_no }) => cause_no === 1 && cause === reason.term) && !reason.store) {
      const largest = byStore.find(({ cause_no }) => cause_no === 1);
      const isLarger = reason.row.factor_before === null && outweighs(reason.row, largest);
      expect(isLarger || (largest?.cause_share ?? 0) < 0.4, monday).toBe(true);
      expect(reason.row.cause_share, monday).toBeGreaterThanOrEqual(0.4);
      continue;
    }
    const way = reason.direction === 'down' ? -1n : 1n;
    const stores = Map.groupBy(
      byStore.filter(({ term }) => term !== 'left_out'),
      ({ segment }) => segment,
    );
    const candidates = [...stores].flatMap(([segment, rows]) => {
      if (sumOf(rows) * way <= 0n) return [];
      const of = (cause: string) => sumOf(rows.filter(isOf(cause))) * way;
      const pair = of('leads') + of('visit_rate');
      const netted = (own: bigint) => (2n * pair >= own || own < pair ? own : pair);
      const others = rows
        .map(({ term }) => term)
        .filter((term) => ![...leadTerms, 'visit_rate'].includes(term));
      return [
        { segment, term: 'leads', weight: netted(of('leads')) },
        { segment, term: 'visit_rate', weight: netted(of('visit_rate')) },
        ...others.map((term) => ({ segment, term, weight: of(term) })),
      ];
    });
    const largest = candidates.toSorted((a, b) => (a.weight > b.weight ? -1 : 1))[0];
    expect({ term: reason.term, segment: reason.store?.segment }, monday).toEqual({
      term: largest?.term,
      segment: largest?.segment,
    });
  }
});

test('a reason is given for 5 % of the money, and for less only where something is more than noise', () => {
  for (const { monday, whole, changes, storeChanges, reason } of weeks) {
    const share = Math.abs(whole.find(({ term }) => term !== 'left_out')?.compared_ratio ?? 0);
    const isCalled = [...changes, ...storeChanges].some((row) => verdictOf(row) === 'more_than_noise');
    if (reason === 'slight') expect(share, monday).toBeLessThan(0.05);
    if (typeof reason !== 'string' && share < 0.05) expect(isCalled, monday).toBe(true);
  }
  expect(weeks.map(({ reason }) => reason)).toContain('slight');
});

test('names the store that moved most, in the reason or beside it', () => {
  for (const { monday, byStore, reason } of weeks) {
    if (typeof reason === 'string') continue;
    const way = reason.direction === 'down' ? -1n : 1n;
    const stores = Map.groupBy(
      byStore.filter(({ term }) => term !== 'left_out'),
      ({ segment }) => segment,
    );
    const moved = [...stores].map(([segment, rows]) => ({ segment, by: sumOf(rows) * way }));
    const most = moved.toSorted((a, b) => (a.by > b.by ? -1 : 1))[0];
    expect((reason.furthest ?? reason.store)?.segment, monday).toBe(most?.segment);
  }
});

test('every sum of the headline is what its link opens, and the one that the page calls so', () => {
  for (const { monday, summary, whole, byStore, changes, reason } of weeks) {
    const view = whyView('en', 'CNY', summary, whole, changes, reason, { from: monday });
    if (view?.finding.kind !== 'reason') continue;
    const { cause, furthest } = view.finding;
    const shown = ({ text }: { text: string }) => text.replace(/[^\d]/g, '');
    const yuan = (sum: bigint) => String((BigInt(sum < 0n ? -sum : sum) + 50n) / 100n);
    for (const found of furthest ? [cause, furthest] : [cause]) {
      const asked = new URL(found.effect.link, 'http://a');
      const isByStore = asked.searchParams.get('by') === 'store';
      expect(isByStore, monday).toBe(found.store !== null);
      const rows = isByStore ? byStore : whole;
      const key = new Map(
        asked.searchParams.getAll('row').map((part) => part.split(':') as [string, string]),
      );
      const opened = rows.find(
        ({ term, segment }) => term === key.get('term') && segment === key.get('segment'),
      );
      const column = asked.pathname.endsWith('/cause_effect') ? 'cause_effect' : 'effect';
      expect(yuan(cents(opened?.[column] ?? '0')), monday).toBe(shown(found.effect));
      const named = rows.filter(({ segment }) => segment === opened?.segment).filter(isOf(found.term));
      expect(yuan(sumOf(named)), monday).toBe(shown(found.effect));
      const bar = view.rows.find((row) => !isByStore && row.term === found.term);
      if (bar) expect(shown({ text: bar.effect }), monday).toBe(shown(found.effect));
    }
    if (furthest) {
      const own = byStore.filter(
        ({ term, segment }) => term !== 'left_out' && segment === furthest.store?.name,
      );
      expect(yuan(sumOf(own)), monday).toBe(shown(furthest.change));
    }
  }
});

test('whoever is to be called is one of those who stopped in that week, and nobody else is', () => {
  const called = weeks.flatMap(({ call }) => call ?? []);
  expect(called.length).toBeGreaterThan(10);
  for (const { row } of called) expect(row.stopped).toBe(row.open_people + row.went_on + row.lost);
  const closed = weeks.filter(({ summary, reason }) => reason === 'holiday' && summary.closed_days > 0);
  expect(closed.map(({ call }) => call?.cause)).toEqual(closed.map(() => 'closed'));
});

test('no change is said only without one', () => {
  for (const { monday, whole, reason } of weeks)
    if (reason === 'same') expect(whole[0]?.compared_difference, monday).toBe('0.00');
});

test('no week is called inconclusive beside a figure that is more than noise', () => {
  overwriteGetLocale(() => 'zh-Hans');
  const said = weeks.map((week) => ({ week, text: spoken(view(week), 'previous', true) }));
  const open = said.filter(({ text }) => text.includes('下不了结论'));
  expect(open.length).toBeGreaterThan(5);
  for (const { week } of open)
    expect(
      [...week.changes, ...week.storeChanges].filter((row) => verdictOf(row) === 'more_than_noise'),
      week.monday,
    ).toEqual([]);
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
    const { rows } = await missingWeeks(asOwner({ warehouse }), { from: monday, to: addDays(monday, 6) });
    const stores = monday === mondayOf(truth.gap.from) ? [truth.gap.store] : [];
    expect([...new Set(rows.map(({ store }) => store))], monday).toEqual(stores);
  }
});
