import { describe, expect, test } from 'vitest';
import { reasonOf } from '../../../src/routes/week/reason.ts';
import { change, effect, ofOrders, summary, summaryWithGap } from './given.ts';

const closing = { step_no: 4, figure: 'rate' } as const;
const whole = [
  effect('visit_rate', 'all', '20000.00', { rank_no: 3 }),
  effect('closing_rate', 'all', '-60000.00', { rank_no: 1 }),
  effect('ticket', 'all', '-34108.00', { rank_no: 2 }),
];
const byStore = [
  effect('ticket', '江滨店', '-50000.00', { rank_no: 1, rank_in_term: 1 }),
  effect('closing_rate', '大学城店', '-20000.00', { rank_no: 3, rank_in_term: 2 }),
  effect('closing_rate', '北城店', '-40000.00', { rank_no: 2, rank_in_term: 1 }),
];

describe('the one reason of a week', () => {
  test('is the factor that moved revenue most, with the store that did most of that factor', () => {
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
    const gone = [
      effect('left_out', '江滨店', '-78591.00'),
      effect('volume', 'all', '23219.00', { rank_no: 1, compared_difference: '23219.00' }),
    ];
    expect(reasonOf(summaryWithGap(), [ofOrders('gap')], gone, [])).toMatchObject({
      term: 'volume',
      direction: 'up',
    });
  });

  test('names no store where its part goes the other way, and none for what all stores have in common', () => {
    const against = [effect('closing_rate', '北城店', '1000.00', { rank_in_term: 1 })];
    expect(reasonOf(summary(), [ofOrders('within_noise')], whole, against)).toMatchObject({ store: null });
    const volume = [effect('volume', 'all', '-60000.00', { rank_no: 1 })];
    const inStore = [effect('volume', '北城店', '-30000.00', { rank_in_term: 1 })];
    expect(reasonOf(summary(), [ofOrders('within_noise')], volume, inStore)).toMatchObject({ store: null });
  });

  test.each([
    ['no_reference', summary(), 'within_noise', []],
    ['no_store', summaryWithGap({ whole_stores: 0 }), 'gap', whole],
    ['holiday', summary(), 'holiday', whole],
    ['same', summary(), 'within_noise', [effect('ticket', 'all', '0.00')]],
    ['slight', summary({ orders_change: -2 }), 'within_noise', whole],
    ['slight', summary({ orders_change: 2.4 }), 'too_few', whole],
  ] as const)('there is none: %s', (why, figures, verdict, rows) => {
    expect(reasonOf(figures, [ofOrders(verdict)], rows, byStore)).toBe(why);
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
