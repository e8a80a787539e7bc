import { describe, expect, test } from 'vitest';
import type { FreshnessRow, FunnelTrendRow } from '#lib/server/reports.gen.ts';
import { cohortsView } from '../../../src/routes/week/cohorts.ts';
import { freshnessView } from '../../../src/routes/week/freshness.ts';

function cohort(starts_on: string, step_no: number, known: Partial<FunnelTrendRow>): FunnelTrendRow {
  const nothing = { people: null, rate: null, rate_from: null, rate_hits: null, rate_base: null };
  const open = { rate_low: null, rate_high: null, complete: true, immature: false };
  return {
    segment: 'all',
    starts_on,
    ends_on: starts_on,
    step_no,
    ...nothing,
    ...open,
    ...known,
  } as FunnelTrendRow;
}

describe('cohorts of leads', () => {
  const rows = [
    cohort('2026-11-16', 2, { people: 214 }),
    cohort('2026-11-16', 3, {
      people: 60,
      rate: 0.28,
      rate_from: 2,
      rate_low: 0.22,
      rate_high: 0.35,
      immature: true,
    }),
    cohort('2026-11-09', 2, { people: 200 }),
    cohort('2026-11-09', 3, { people: 100, rate: 0.5, rate_from: 2, rate_low: 0.43, rate_high: 0.57 }),
  ];

  test('stand in rows, the oldest first', () => {
    expect(cohortsView('en', rows).rows.map(({ week }) => week)).toEqual(['9 Nov', '16 Nov']);
  });

  test('are unfinished while the report says so, and are counted as that', () => {
    const { rows: [old, young] = [], unfinished } = cohortsView('en', rows);
    expect([old?.visit.unfinished, young?.visit.unfinished, unfinished]).toEqual([false, true, 1]);
    expect(young?.visit.bar?.unfinished).toBe(true);
  });

  test('are not called decided where nothing follows them', () => {
    const alone = rows.filter(({ step_no }) => step_no === 2);
    expect(cohortsView('en', alone)).toMatchObject({ weeks: 2, followed: 0, unfinished: 0 });
    expect(cohortsView('en', rows)).toMatchObject({ weeks: 2, followed: 2 });
  });

  test('share one axis that holds every interval', () => {
    const { visitAxis, rows: views } = cohortsView('en', rows);
    expect(visitAxis.ticks.at(-1)).toEqual({ share: 1, text: '60%' });
    expect(views.some(({ visit }) => visit.bar?.whisker?.beyond)).toBe(false);
  });

  test('carry the mark of the notes that are pinned to their week', () => {
    const notes = [{ mark: '①', week: '2026-11-16', lastDay: '2026-11-22', texts: ['fair'] }];
    expect(cohortsView('en', rows, notes).rows.map(({ note }) => note)).toEqual(['', '①']);
  });

  test('have no bar and no number where there is no source', () => {
    expect(cohortsView('en', rows).rows[0]?.order).toEqual({
      rate: null,
      interval: null,
      bar: null,
      unfinished: false,
    });
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
