import { describe, expect, test } from 'vitest';
import type { CohortForecastRow, FreshnessRow } from '#lib/server/reports.gen.ts';
import { cohortsView } from '../../../src/routes/week/cohorts.ts';
import { freshnessView } from '../../../src/routes/week/freshness.ts';

function cohort(starts_on: string, known: Partial<CohortForecastRow>): CohortForecastRow {
  return {
    segment: 'all',
    starts_on,
    people: 200,
    so_far: 60,
    so_far_rate: 0.3,
    gap_stores: 0,
    immature: false,
    ...known,
  } as CohortForecastRow;
}

describe('cohorts of leads', () => {
  const end = (rate: number, low: number, high: number) => ({
    expected_rate: rate,
    low_95_rate: low,
    high_95_rate: high,
  });
  const rows = [
    cohort('2026-11-16', {
      people: 214,
      so_far: 17,
      so_far_rate: 0.08,
      ...end(0.32, 0.25, 0.44),
      immature: true,
      verdict: 'too_early',
    }),
    cohort('2026-11-02', { ...end(0.3, 0.3, 0.3), verdict: 'within_noise' }),
  ];
  const weeks = { first: '2026-11-02', count: 3 };
  const asked = { from: '2026-11-02', to: '2026-11-22' };
  const view = cohortsView('en', weeks, rows, asked);

  test('stand in rows, the oldest first, also those without leads', () => {
    expect(view.rows.map(({ week, leads }) => [week, leads])).toEqual([
      ['2 Nov', '200'],
      ['9 Nov', null],
      ['16 Nov', '214'],
    ]);
    expect(view.rows[1]).toMatchObject({ orders: null, bar: null, rate: null, forAge: null });
  });

  test('show what is expected in the end with its interval while anything can still come', () => {
    const [old, , young] = view.rows;
    expect([old?.rate, old?.interval, old?.bar?.whisker]).toEqual(['30.0%', null, null]);
    expect([young?.rate, young?.interval]).toEqual(['32.0%', '25.0–44.0%']);
    expect([young?.bar?.length, young?.expectedAt]).toEqual([0.1778, 0.7111]);
    expect([view.unfinished, view.followed]).toEqual([1, 2]);
  });

  test('share one axis that holds every interval', () => {
    expect(view.axis.at(-1)).toEqual({ share: 1, text: '45%' });
    expect(view.rows.some(({ bar }) => bar?.whisker?.beyond)).toBe(false);
  });

  test('are named where they are more than noise apart from earlier ones', () => {
    expect([view.ahead, view.behind, view.judged]).toEqual([[], [], 1]);
    const called = cohortsView('en', weeks, [cohort('2026-11-02', { verdict: 'behind' })], asked);
    expect([called.ahead, called.behind, called.judged]).toEqual([[], ['2 Nov'], 1]);
  });

  test('carry the mark of the notes that are pinned to their week', () => {
    const notes = [{ mark: '①', week: '2026-11-16', lastDay: '2026-11-22', texts: ['fair'] }];
    expect(cohortsView('en', weeks, rows, asked, notes).rows.map(({ note }) => note)).toEqual(['', '', '①']);
  });
});

describe('freshness', () => {
  const row = (known: Partial<FreshnessRow>): FreshnessRow => ({
    table_no: 1,
    table_name: 'leads',
    store: null,
    rows: 1,
    last_at: null,
    last_on: null,
    days_behind: null,
    days: '1111111',
    gap_from: null,
    gap_to: null,
    gap_days: null,
    ...known,
  });
  const week = { from: '2026-10-05', to: '2026-10-11' };
  const rows = [
    row({
      table_no: 2,
      table_name: 'visits',
      store: 'North',
      days: '0000000',
      gap_from: '2026-10-05',
      gap_to: '2026-10-11',
      gap_days: 7,
    }),
    row({ store: 'North', last_on: '2026-10-11', last_at: '2026-10-11T20:37:00' }),
    row({ store: null, gap_from: '2026-09-01', gap_to: '2026-09-09', gap_days: 9 }),
  ];

  test('has lists as columns in their order and stores as rows, the unnamed one last', () => {
    const { tables, rows: stores } = freshnessView('en', rows, week);
    expect(tables).toEqual(['leads', 'visits']);
    expect(stores.map(({ store }) => store)).toEqual(['North', null]);
    expect(stores[1]?.cells[1]).toBeNull();
  });

  test('names the gaps that touch the week and no others', () => {
    const { gaps } = freshnessView('en', rows, week);
    expect(gaps).toEqual([{ store: 'North', table: 'visits', days: '5–11 Oct', count: '7' }]);
  });

  test('counts the days that have rows and tells the last one', () => {
    const [north] = freshnessView('en', rows, week).rows;
    expect(north?.cells[0]).toMatchObject({ filled: 7, behind: false });
    expect(north?.cells[0]?.last).toContain('20:37');
    expect(north?.cells[1]?.filled).toBe(0);
  });
});
