import { describe, expect, test } from 'vitest';
import { columnDefinition, keyWords, numberWords } from '#lib/server/figures/words.ts';
import { specNamed } from '#lib/server/reports/by-name.ts';
import { locales } from '#lib/words/locale.ts';

/** The reports whose numbers stand on the pages Week, Funnel and Upsells. */
const shown = [
  'cohort_forecast',
  'contributions',
  'data_span',
  'forecast_backtest',
  'freshness',
  'funnel',
  'funnel_change',
  'funnel_trend',
  'ladder_attach',
  'ladder_before',
  'ladder_credit',
  'ladder_point',
  'ladder_waits',
  'missing_weeks',
  'money',
  'order_discounts',
  'people_to_call',
  'period_change',
  'reconciliation',
  'revenue_change',
  'segment_values',
  'time_to_step',
  'time_to_step_histogram',
  'upsell_ladder',
  'week_summary',
];

describe.each(locales)('in %s', (locale) => {
  test.each(shown)('every column of %s that a page shows is defined in the reader’s own words', (report) => {
    for (const { name, about } of specNamed(report).columns) {
      const definition = columnDefinition(locale, report, name);
      expect(definition, name).toMatch(locale === 'en' ? /^[A-Z].*\.$/ : /\p{Script=Han}.*。$/u);
      expect(definition, name).not.toBe(about);
    }
  });
});

test('what a report says of a column of its own goes before what the column means everywhere', () => {
  expect(columnDefinition('en', 'missing_weeks', 'store')).toBe(columnDefinition('en', 'freshness', 'store'));
  expect(columnDefinition('en', 'funnel_trend', 'people')).toContain('Journeys');
  expect(columnDefinition('en', 'time_to_step', 'people')).not.toContain('Journeys');
  expect(columnDefinition('en', 'rejects', 'raw_text')).toBeNull();
});

describe('a number of a funnel that somebody composed', () => {
  const spec = specNamed('funnel_steps');
  const key = spec.columns.find(({ name }) => name === 'step_no');
  const row = { step_no: 2, step: 'visit', optional: false, people: 3 };

  test('is called after its own step, not after the second of the seven', () => {
    expect(key && keyWords('en', key, row, null)).toBe('visit');
    expect(key && keyWords('en', key, { ...row, step: 'saw prices' }, null)).toBe('saw prices');
    expect(numberWords('en', 'funnel_steps', 'people', row)).toBe('Took it');
    expect(key && keyWords('en', key, { step_no: 2, step: 'attracted' }, null)).toBe('attracted');
  });
});

test('what a number of a path or a band of time is of is said in words', () => {
  const path = { first_kind: 'followup', second_kind: null, third_kind: null, people: 3 };
  const said = (report: string, row: Record<string, string | number | null>) =>
    specNamed(report)
      .columns.filter(({ name }) => specNamed(report).grain.includes(name))
      .map((column) => keyWords('en', column, row, null));
  expect(said('funnel_next', path)).toEqual(['follow-up', '—', '—']);
  expect(said('funnel_next', { ...path, first_kind: null })).toEqual(['nothing further', '—', '—']);
  const band = { segment: 'all', bin_no: 1, from_seconds: 172_800, to_seconds: 345_600 };
  expect(said('funnel_step_times', band)).toEqual([null, '2 d to 4 d']);
});
