import { describe, expect, test } from 'vitest';
import { reasonOf } from '../../../src/routes/week/reason.ts';
import { cause, change, effect, ofOrders, summary, summaryWithGap } from './given.ts';

const closing = { step_no: 4, figure: 'rate' } as const;
const whole = [
  effect('visit_rate', 'all', '20000.00', { rank_no: 3 }),
  effect('closing_rate', 'all', '-60000.00', { rank_no: 1 }),
  effect('ticket', 'all', '-34108.00', { rank_no: 2 }),
];
const byStore = [
  effect('ticket', '江滨店', '-50000.00', { cause_no: 2, cause_scope: 'both' }),
  cause('closing_rate', '北城店', '-40000.00', { term_effect: '-60000.00' }),
];
const within = [ofOrders('within_noise')];

describe('the one reason of a week', () => {
  test('is the first cause of the change, with the store that it is found in', () => {
    const judged = [ofOrders('within_noise'), change({ ...closing, verdict: 'more_than_noise' })];
    expect(reasonOf(summary(), judged, whole, byStore)).toMatchObject({
      term: 'closing_rate',
      direction: 'down',
      effect: '-60000.00',
      store: { segment: '北城店', effect: '-40000.00' },
      verdict: 'more_than_noise',
    });
  });

  test('goes the way of the stores that are compared, whatever the missing store takes away', () => {
    const gone = [effect('left_out', '江滨店', '-78591.00')];
    const rose = [cause('ticket', '北城店', '23219.00', { compared_difference: '23219.00' })];
    expect(reasonOf(summaryWithGap(), [ofOrders('gap')], gone, rose)).toMatchObject({
      term: 'ticket',
      direction: 'up',
    });
  });

  test('is one store’s alone where all stores together went the other way', () => {
    const alone = [
      cause('visit_rate', '东门店', '-45465.00', { cause_scope: 'segment', term_effect: '17181.00' }),
    ];
    expect(reasonOf(summary(), within, whole, alone)).toMatchObject({
      effect: null,
      store: { segment: '东门店', effect: '-45465.00' },
    });
  });

  test('names no store for what all stores have in common', () => {
    const shared = [
      cause('volume', '北城店', '-30000.00', { cause_scope: 'term', term_effect: '-60000.00' }),
    ];
    const all = [effect('reach', 'all', '-55000.00', { cause_no: 1, term_effect: '-55000.00' })];
    expect(reasonOf(summary(), within, all, shared)).toMatchObject({
      term: 'reach',
      effect: '-55000.00',
      store: null,
    });
  });

  test.each([
    ['no_reference', summary(), 'within_noise', []],
    ['no_store', summaryWithGap({ whole_stores: 0 }), 'gap', whole],
    ['holiday', summary(), 'holiday', whole],
    ['same', summary(), 'within_noise', [effect('ticket', 'all', '0.00')]],
    ['slight', summary({ orders_change: -2 }), 'within_noise', whole],
    ['slight', summary({ orders_change: 2.4 }), 'too_few', whole],
  ] as const)('there is none: %s', (why, figures, verdict, rows) => {
    expect(reasonOf(figures, [ofOrders(verdict)], rows, why === 'same' ? [] : byStore)).toBe(why);
  });

  test('is named for few orders where money or orders moved more than noise, or could not be judged', () => {
    const few = summary({ orders_change: -1 });
    const signed = change({ figure: 'signed', verdict: 'more_than_noise' });
    expect(reasonOf(few, [ofOrders('within_noise'), signed], whole, byStore)).toMatchObject({
      term: 'closing_rate',
    });
    expect(reasonOf(few, [ofOrders('gap')], whole, byStore)).toMatchObject({ term: 'closing_rate' });
  });
});
