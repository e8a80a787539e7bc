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
  'missing_weeks',
  'money',
  'people_to_call',
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
