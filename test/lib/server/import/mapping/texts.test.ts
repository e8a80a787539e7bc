import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListPlan } from '#lib/exports/plan.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import { recognisedByPlan } from '#lib/exports/recognised-by-plan.ts';
import { isFed } from '#lib/server/import/mapping/fed.ts';
import { fillings, madeTexts } from '#lib/server/import/mapping/fillings.ts';
import { badFactors, cents, exactAmount } from '#lib/server/import/mapping/products.ts';
import { leftOut, unreadableInRules } from '#lib/server/import/mapping/rules.ts';
import { duck, texts } from './duck.ts';

let engine: Awaited<ReturnType<typeof duck>>;
beforeAll(async () => {
  engine = await duck();
});
afterAll(() => engine.close());

const headers = ['no', 'day', 'price', 'pieces', 'shop', 'state'];
const planned = (...lists: ListPlan[]): Recognised[] => recognisedByPlan('list.csv', headers, { lists });
const orders = (more: Partial<ListPlan> = {}): Recognised => {
  const [list] = planned({ table: 'orders', columns: { order_id: 0, ordered_at: 1, amount: 2 }, ...more });
  if (list === undefined) throw new Error('no list');
  return list;
};
const each = async (expression: string, records: (string | null)[][]) =>
  (await engine.rows(`select ${expression} as found from ${texts(records)}`)).map(({ found }) => found);

describe('the text of a field', () => {
  const storeOf = async (more: Partial<ListPlan>, cells: (string | null)[]) => {
    const filled = fillings(orders(more)).filter(({ field }) => field.name === 'store');
    const [store] = filled;
    const rows = await engine.rows(
      `select ${store?.text} as found from (select * ${madeTexts(filled)} from ${texts(cells.map((cell) => ['', '', '', '', cell]))})`,
    );
    return rows.map(({ found }) => found);
  };
  const columns = { order_id: 0, ordered_at: 1, amount: 2, store: 4 };

  it('is that of its column where nothing else was decided', async () => {
    expect(fillings(orders({ columns })).every(({ expression }) => expression === null)).toBe(true);
    expect(await storeOf({ columns }, ['North', null])).toEqual(['North', null]);
  });

  it('is what its text was said to mean; an empty meaning is none', async () => {
    const values = { store: { N: "O'Hara", '-': '' } };
    expect(await storeOf({ columns, values }, ['N', '-', 'South', null])).toEqual([
      "O'Hara",
      null,
      'South',
      null,
    ]);
  });

  it('is the constant where the column is empty, says nothing, or is not there', async () => {
    const constants = { store: '解放碑' };
    expect(
      await storeOf({ columns, constants, values: { store: { '-': '' } } }, ['North', null, '-']),
    ).toEqual(['North', '解放碑', '解放碑']);
    expect(await storeOf({ constants }, ['North', null])).toEqual(['解放碑', '解放碑']);
  });
});

describe('a rule', () => {
  const out = (is: string, value: string | undefined, cells: (string | null)[]) =>
    each(
      leftOut(
        orders({ only: [{ column: 3, is: is as 'filled', ...(value === undefined ? {} : { value }) }] }),
        null,
      ),
      cells.map((cell) => ['', '', '', cell]),
    );

  it.each<[string, string | undefined, (string | null)[], boolean[]]>([
    ['filled', undefined, ['1', null], [false, true]],
    ['>', '0', ['1', '0', '-1', '0.01', '10', null], [false, true, true, false, false, true]],
    ['>=', '2', ['2', '1.99', '10'], [false, true, false]],
    ['<', '2', ['2', '1.99', '10', null], [true, false, true, true]],
    ['<=', '2', ['2', '2.01'], [false, true]],
    ['=', 'paid', ['paid', 'Paid', null], [false, true, true]],
    ['<>', 'void', ['void', 'paid', null], [true, false, false]],
    ['starts', 'C', ['C1', '1C', null], [false, true, true]],
    ['starts_not', 'C', ['C1', '1C', null], [true, false, false]],
  ])('%s %s decides of %j whether it is left out: %j', async (is, value, cells, expected) => {
    expect(await out(is, value, cells)).toEqual(expected);
  });

  it('leaves nothing out for a number that cannot be read: that is found', async () => {
    const list = orders({ only: [{ column: 3, is: '>', value: '0' }] });
    expect(await out('>', '0', ['many'])).toEqual([false]);
    const [found] = unreadableInRules(list, null);
    expect(found?.what).toBe('column_3:number');
    expect(
      await each(found?.when ?? '', [
        ['', '', '', 'many'],
        ['', '', '', '7'],
        ['', '', '', null],
      ]),
    ).toEqual([true, false, false]);
  });

  it('stands with the others: a record must meet them all', async () => {
    const list = orders({
      only: [
        { column: 3, is: '>', value: '0' },
        { column: 4, is: 'filled' },
      ],
    });
    expect(
      await each(leftOut(list, null), [
        ['', '', '', '1', 'x'],
        ['', '', '', '1', null],
        ['', '', '', '0', 'x'],
      ]),
    ).toEqual([false, true, true]);
  });
});

describe('an amount times its factor', () => {
  const list = orders({ factors: { amount: 3 } });
  const [amount] = fillings(list).filter(({ field }) => field.name === 'amount');
  if (amount === undefined) throw new Error('no amount');

  it('is exact and rounded to cents once, half away from zero', async () => {
    const cells = [
      ['', '', '0.055', '3'],
      ['', '', '-0.055', '3'],
      ['', '', '2.675', '1'],
      ['', '', '999999999999', '2'],
      ['', '', null, '2'],
    ];
    expect(await each(cents(exactAmount(amount, list, null)), cells)).toEqual([
      '0.17',
      '-0.17',
      '2.68',
      null,
      null,
    ]);
  });

  it('misses a factor that is empty or no number, with the place of its column', async () => {
    const found = badFactors([amount], list, null);
    expect(found.map(({ what }) => what)).toEqual(['column_3:required', 'column_3:number', 'amount:money']);
    const cells = [
      ['', '', '1', null],
      ['', '', '1', 'x'],
      ['', '', null, null],
      ['', '', '1', '2'],
    ];
    expect(await each(found[0]?.when ?? '', cells)).toEqual([true, false, false, false]);
    expect(await each(found[1]?.when ?? '', cells)).toEqual([false, true, false, false]);
  });
});

describe('the records of a wide file', () => {
  const lists = planned(
    { table: 'leads', columns: { lead_id: 0, created_at: 1 } },
    { table: 'orders', columns: { order_id: 0, lead_id: 0, ordered_at: 3, amount: 2 } },
  );

  it('feed each list where its own columns say something, and the first one where none does', async () => {
    const cells = [
      ['L1', '2026-01-01', null, null],
      ['L2', '2026-01-01', '5', '2026-01-02'],
      [null, null, '5', '2026-01-02'],
      [null, null, null, null],
    ];
    const found = await Promise.all(lists.map((list) => each(isFed(list), cells)));
    expect(found).toEqual([
      [true, true, false, true],
      [false, true, true, false],
    ]);
  });
});
