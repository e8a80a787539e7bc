import { describe, expect, test } from 'vitest';
import { formulaOf } from '#lib/server/figures/formula.ts';
import type { Formula } from '#lib/server/figures/formula.ts';
import { specNamed } from '#lib/server/reports/by-name.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import type { Locale } from '#lib/words/locale.ts';

/** Why the money of first orders went from 279,256.00 to 334,646.00, as far as the closing rate went from 5/11 to 27/52. */
const closing: Row = {
  term_no: 7,
  term: 'closing_rate',
  segment: 'all',
  factor_before: 5 / 11,
  factor_after: 27 / 52,
  hits_before: 5,
  base_before: 11,
  hits_after: 27,
  base_after: 52,
  factor_note: null,
  amount_before: null,
  amount_after: null,
  value_before: '279256.00',
  value_after: '334646.00',
  effect_from: 'log_mean',
  effect: '40728.92',
};

function formula(locale: Locale, row: Row): Formula | null {
  const address = {
    report: 'revenue_change',
    column: 'effect',
    params: {},
    key: { term: 'closing_rate' },
    page: 1,
  };
  return formulaOf({ locale, currency: 'CNY' }, specNamed('revenue_change'), address, {}, row);
}

const written = (found: Formula | null, what: 'name' | 'value') =>
  found?.pieces.map((piece) => ('sign' in piece ? piece.sign : piece[what])).join('');

describe('the formula of a number', () => {
  test('names what it is reckoned from in the reader’s language, functions included', () => {
    expect(written(formula('en', closing), 'name')).toBe(
      'L(First orders now, First orders before) × ln((Signed now ÷ Visited now) ÷ (Signed before ÷ Visited before))',
    );
    expect(written(formula('zh-Hans', closing), 'name')).toBe(
      'L(现在首单金额, 之前首单金额) × ln((现在签单人数 ÷ 现在进店人数) ÷ (之前签单人数 ÷ 之前进店人数))',
    );
  });

  test('has the people behind both rates, from whom the same cent is reckoned again', () => {
    const found = formula('en', closing);
    expect(written(found, 'value')).toBe('L(¥334,646.00, ¥279,256.00) × ln((27 ÷ 52) ÷ (5 ÷ 11))');
    const weight = (334_646 - 279_256) / (Math.log(334_646) - Math.log(279_256));
    expect((weight * Math.log(27 / 52 / (5 / 11))).toFixed(2)).toBe('40728.92');
    expect(found?.result).toBe('¥40,728.92');
  });

  test('has of what is no rate the factors, with the digits that lead to the same cent', () => {
    const ticket = { ...closing, term: 'ticket', factor_before: 6931 / 7, factor_after: 8450 / 9 };
    const factors = { hits_before: null, base_before: null, hits_after: null, base_after: null };
    expect(written(formula('en', { ...ticket, ...factors }), 'value')).toBe(
      'L(¥334,646.00, ¥279,256.00) × ln(938.888889 ÷ 990.142857)',
    );
  });

  test('is a difference where there was no money before, and none where another cause has that', () => {
    const nothing = { ...closing, value_before: '0.00', factor_before: 0, effect: '334646.00' };
    expect(written(formula('en', { ...nothing, effect_from: 'difference' }), 'value')).toBe(
      '¥334,646.00 − ¥0.00',
    );
    expect(formula('en', { ...nothing, effect_from: 'none', effect: '0.00' })).toBeNull();
    expect(
      formula('en', { ...closing, factor_before: null, factor_after: null, effect_from: null }),
    ).toBeNull();
  });
});
