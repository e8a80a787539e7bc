import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { plan } from '#lib/exports/plan.ts';
import type { ListPlan } from '#lib/exports/plan.ts';
import { recognisedByPlan } from '#lib/exports/recognised-by-plan.ts';

const leads = { table: 'leads', columns: { lead_id: 0, created_at: 1 } };
const list = (more: object) => ({ lists: [{ ...leads, ...more }] });

describe('a plan from outside', () => {
  it.each([
    [{ lists: [leads] }, true],
    [{ lists: [{ table: 'leads', columns: {} }] }, true],
    [{ lists: [leads], reading: { encoding: 'gb18030', header: { first: 3, rows: 1 } } }, true],
    [list({ factors: { budget: 2 }, sum: ['budget'], constants: { store: '解放碑' } }), true],
    [list({ values: { channel: { 抖音: 'douyin' } }, styles: { created_at: { order: 'dmy' } } }), true],
    [list({ only: [{ column: 1, is: '>', value: '0' }] }), true],
    [{ lists: [] }, false],
    [list({ columns: { lead_id: -1 } }), false],
    [list({ columns: { lead_id: '0' } }), false],
    [list({ constants: { store: 1 } }), false],
    [list({ styles: { created_at: { order: 'yesterday' } } }), false],
    [list({ only: [{ column: 1, is: 'like', value: '0' }] }), false],
    [{ lists: [leads], reading: { encoding: 'klingon' } }, false],
    [{ lists: [leads], more: 1 }, false],
    [leads, false],
    [null, false],
    ['leads', false],
  ])('%j is one: %s', (value, expected) => {
    expect(plan.safeParse(value).success).toBe(expected);
  });
});

const headers = ['no', 'day', 'price', 'pieces'];
const orders = (more: Partial<ListPlan>): ListPlan => ({
  table: 'orders',
  columns: { order_id: 0, ordered_at: 1, amount: 2 },
  ...more,
});
const codeOf = (plan: ListPlan): string => {
  try {
    recognisedByPlan('list.csv', headers, { lists: [plan] });
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
  return 'taken';
};

describe('a plan held against a file', () => {
  it.each<[string, Partial<ListPlan>, string]>([
    ['with an amount times the pieces, added up', { factors: { amount: 3 }, sum: ['amount'] }, 'taken'],
    ['with the sum of a text', { sum: ['store'] }, 'bad_calculation'],
    ['that multiplies what has no column', { factors: { cost: 3 } }, 'bad_calculation'],
    ['that multiplies by a column that is not there', { factors: { amount: 4 } }, 'unknown_column_in_map'],
    ['with a constant store', { constants: { store: '解放碑' } }, 'taken'],
    ['with one number for all orders', { constants: { order_id: 'A1' } }, 'bad_constant'],
    ['with an empty constant', { constants: { store: ' ' } }, 'bad_constant'],
    ['with a constant status by another spelling', { constants: { status: '已取消' } }, 'taken'],
    ['with a constant status that there is not', { constants: { status: 'perhaps' } }, 'bad_constant'],
    ['with a constant day that there is not', { constants: { cancelled_at: '2026-02-30' } }, 'bad_constant'],
    ['with meanings of a field that the list has not', { values: { purpose: {} } }, 'unknown_field_in_map'],
    ['with the style of a field that the list has not', { styles: { purpose: {} } }, 'unknown_field_in_map'],
    [
      'with a rule on a column that is not there',
      { only: [{ column: 9, is: 'filled' }] },
      'unknown_column_in_map',
    ],
    ['with a rule that compares with a word', { only: [{ column: 3, is: '>', value: 'much' }] }, 'bad_rule'],
    ['with a rule that compares with nothing', { only: [{ column: 3, is: '=' }] }, 'bad_rule'],
    ['with a rule that is met', { only: [{ column: 3, is: '>', value: '0' }] }, 'taken'],
  ])('%s: %s', (_, more, expected) => {
    expect(codeOf(orders(more))).toBe(expected);
  });

  it('has a required field also where only a constant fills it', () => {
    const columns = { order_id: 0, amount: 2 };
    expect(codeOf({ table: 'orders', columns })).toBe('missing_required_column');
    expect(codeOf({ table: 'orders', columns, constants: { ordered_at: '2026-01-01' } })).toBe('taken');
  });
});

describe('a wide file', () => {
  const lists = recognisedByPlan('wide.csv', ['no', 'asked', 'came', 'order', 'signed', 'amount'], {
    lists: [
      leads,
      { table: 'visits', columns: { visit_id: 0, lead_id: 0, visited_at: 2 } },
      { table: 'orders', columns: { order_id: 3, ordered_at: 4, amount: 5, lead_id: 0 } },
    ],
  });
  it('feeds each list where columns of its own are filled: the day of a visit that has the lead’s number', () => {
    expect(lists.map(({ wide }) => wide?.marks)).toEqual([[0, 1], [2], [3, 4, 5]]);
  });

  it('feeds its first list also where nothing of the others is filled, so that no record is lost', () => {
    expect(lists.map(({ wide }) => wide?.others)).toEqual([[2, 3, 4, 5], [], []]);
  });
});
