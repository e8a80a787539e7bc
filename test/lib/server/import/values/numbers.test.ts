import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { exact } from '#lib/server/import/values/numbers.ts';
import { columnReader } from './columns.ts';
import type { ColumnReader, Said } from './columns.ts';

let reader: ColumnReader;
beforeAll(async () => {
  reader = await columnReader();
});
afterAll(() => reader.close());

const amounts = (texts: (string | null)[], said?: Said) => reader.values('orders.amount', texts, said);
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Refusal ? { code: error.code, ...error.params } : error),
  );

describe('money', () => {
  it.each([
    ['4664', '4664.00'],
    ['4664元', '4664.00'],
    ['4664.5元整', '4664.50'],
    ['￥1,234', '1234.00'],
    ['¥ 4,664.50', '4664.50'],
    ['人民币4,664.50', '4664.50'],
    ['RMB 4664', '4664.00'],
    ['4,664.50 CNY', '4664.50'],
    ['NT$1,234', '1234.00'],
    ['$1,234,567.89', '1234567.89'],
    ['1,23,456.00', '123456.00'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1.234.567', '1234567.00'],
    ['1 234,50 €', '1234.50'],
    ["1'234.50", '1234.50'],
    ['1’234.50', '1234.50'],
    ['1\u202f234,50', '1234.50'],
    ['12,5', '12.50'],
    ['(123)', '-123.00'],
    ['(￥1,234.50)', '-1234.50'],
    ['￥(1,234.50)', '-1234.50'],
    ['-￥1,234', '-1234.00'],
    ['￥-1,234', '-1234.00'],
    ['1,234-', '-1234.00'],
    ['−12.30', '-12.30'],
    ['+12.30', '12.30'],
    ['１，２３４．５０', '1234.50'],
    ['（１２３）', '-123.00'],
    ['.5', '0.50'],
    ['7.', '7.00'],
    ['0.125', '0.13'],
    ['-0.125', '-0.13'],
    ['1234.005', '1234.01'],
    ['999,999,999,999.99', '999999999999.99'],
    ['1.2万', '12000.00'],
    ['1.2 万元', '12000.00'],
    ['￥1.23456789万', '12345.68'],
    ['１．２萬', '12000.00'],
    ['(0.5万)', '-5000.00'],
    ['-3千', '-3000.00'],
    ['3千元', '3000.00'],
    ['5百', '500.00'],
    ['1,234.5万', '12345000.00'],
    ['12十万', '1200000.00'],
    ['2.5百万', '2500000.00'],
    ['3千万', '30000000.00'],
    ['0.000000015亿', '1.50'],
    ['1.2億元', '120000000.00'],
    ['.5万', '5000.00'],
  ])('is read from %s', async (text, value) => {
    expect(await amounts([text])).toEqual([value]);
  });

  it.each([
    '1,000,000,000,000',
    '12 34',
    '1,23.45.6',
    '1234,56,7',
    '--5',
    '(-5)',
    '(5',
    '5-5',
    '5kg',
    '¥',
    '待定',
    '1,234元/套',
    'infinity',
    '万',
    '1万2',
    '1-2万',
    '1万多',
    '万1',
    '1.2w',
    '3k',
    '1万万',
    '9999999亿',
  ])('is not %s', async (text) => {
    expect(await amounts([text])).toEqual([null]);
  });

  it('takes the sign before its decimals from the whole column', async () => {
    expect(await amounts(['1.500', '2.750,50', '12.000'])).toEqual(['1500.00', '2750.50', '12000.00']);
    expect(await amounts(['1.500', '2,750.50'])).toEqual(['1.50', '2750.50']);
    expect(await amounts(['1,5万', '12,50'])).toEqual(['15000.00', '12.50']);
    expect(await amounts(['1,500', '12,5'])).toEqual(['1.50', '12.50']);
    expect(await amounts(['1,500', '2,000'])).toEqual(['1500.00', '2000.00']);
    expect(await amounts(['1.005', '2500'])).toEqual(['1.01', '2500.00']);
  });

  it('keeps to the notation of most where values contradict each other and none has two meanings', async () => {
    expect(await amounts(['12.50', '13.75', '12,50'])).toEqual(['12.50', '13.75', null]);
    expect(await refused(amounts(['12.50', '12,50', '1.500']))).toMatchObject({ code: 'ambiguous_numbers' });
  });

  it('takes it from the other columns of the file where its own values leave it open', async () => {
    expect(
      await reader.read({ 'orders.amount': ['1.500', '2.000'], 'orders.deposit': ['99,50', null] }),
    ).toEqual({
      amount: ['1500.00', '2000.00'],
      deposit: ['99.50', null],
    });
  });

  it('is asked for where 1.500 may be one and a half or fifteen hundred, and what a person said is so', async () => {
    expect(await refused(amounts(['1.500', '12.000', '99']))).toEqual({
      code: 'ambiguous_numbers',
      file: 'list.csv',
      field: 'amount',
      header: 'the amount',
      samples: '1.500, 12.000',
    });
    expect(await amounts(['1.500', '12.000'], { styles: { amount: { decimal: ',' } } })).toEqual([
      '1500.00',
      '12000.00',
    ]);
    expect(await amounts(['1.500', '12.000'], { styles: { amount: { decimal: '.' } } })).toEqual([
      '1.50',
      '12.00',
    ]);
    expect(await amounts(['1,234.50'], { styles: { amount: { decimal: ',' } } })).toEqual([null]);
  });
});

describe('a number', () => {
  it('is whole in any notation, and only when it is', async () => {
    expect(
      await reader.values('visits.minutes', [
        '45',
        '1,045',
        '45.0',
        '45.5',
        '１２',
        '1e3',
        '9007199254740993',
        '1.2万',
        '1.23456万',
      ]),
    ).toEqual(['45', '1045', '45', null, '12', null, '9007199254740993', '12000', null]);
    expect(await reader.values('visits.minutes', ['1.500'])).toEqual(['1500']);
  });

  it('has a point before its decimals unless its column says otherwise', async () => {
    expect(await reader.values('surveys.score', ['4.125', '1e2', '-3'])).toEqual(['4.125', '100.0', '-3.0']);
    expect(await reader.values('surveys.score', ['4,5', '3,125'])).toEqual(['4.5', '3.125']);
  });
});

describe('an exact number', () => {
  it('keeps six decimals, for products that are rounded once', async () => {
    const [row] = await reader.query<Record<string, string>>(
      `select ${exact(`'￥1,234.567891'`)}::varchar as dot, ${exact(`'1.234,5'`, { decimal: ',' })}::varchar as comma,
         ${exact(`'1.500'`, { decimal: ',' })}::varchar as grouped, ${exact(`'abc'`)}::varchar as none`,
    );
    expect(row).toEqual({ dot: '1234.567891', comma: '1234.500000', grouped: '1500.000000', none: null });
  });
});
