import { DataType, tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsAsArrow } from '#lib/server/reports/arrow.ts';
import type { ColumnSpec } from '#lib/server/reports/header.ts';
import type { Row } from '#lib/server/warehouse/values.ts';

const column = (name: string, type: string, notNull = false): ColumnSpec => ({
  name,
  type,
  notNull,
  tells: null,
  about: name,
});
const columns = [
  column('people', 'bigint', true),
  column('rate', 'double'),
  column('amount', 'decimal(18,2)'),
  column('began_on', 'date'),
  column('began_at', 'timestamp'),
  column('complete', 'boolean'),
  column('store', 'varchar'),
  column('days', 'bigint[]'),
];

/** 128-bit words as decimal text with two places. */
function decimalText(words: Uint32Array): string {
  const raw = words.reduceRight((number, word) => (number << 32n) | BigInt(word), 0n);
  const signed = BigInt.asIntN(128, raw);
  const digits = (signed < 0n ? -signed : signed).toString().padStart(3, '0');
  return `${signed < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function readBack(rows: Row[]) {
  const table = tableFromIPC(rowsAsArrow(columns, rows, { report: 'test' }));
  const at = (name: string, index: number): unknown => table.getChild(name)?.get(index) ?? null;
  return { table, at };
}

describe('rows as an Arrow stream', () => {
  it('come back with their types: counts as int64, money as decimal, dates as days, instants without a zone', () => {
    const { table } = readBack([]);
    const types = table.schema.fields.map(({ name, type, nullable }) => [name, type.toString(), nullable]);
    expect(types).toEqual([
      ['people', 'Int64', false],
      ['rate', 'Float64', true],
      ['amount', 'Decimal[18e+2]', true],
      ['began_on', 'Date32<DAY>', true],
      ['began_at', 'Timestamp<MICROSECOND>', true],
      ['complete', 'Bool', true],
      ['store', 'Utf8', true],
      ['days', 'Utf8', true],
    ]);
    const amount = table.schema.fields[2]?.type;
    expect(DataType.isDecimal(amount) && [amount.precision, amount.scale, amount.bitWidth]).toEqual([
      18, 2, 128,
    ]);
    expect(table.schema.metadata.get('report')).toBe('test');
    expect(table.numRows).toBe(0);
  });

  it('come back with their values, the missing ones missing', () => {
    const full: Row = {
      people: 46,
      rate: 0.359375,
      amount: '-90060.05',
      began_on: '1969-12-31',
      began_at: '2026-10-19T08:30:00.000123',
      complete: true,
      store: '解放碑店',
      days: [1, 2],
    };
    const empty: Row = {
      people: 0,
      rate: null,
      amount: null,
      began_on: null,
      began_at: null,
      complete: null,
      store: null,
      days: null,
    };
    const { at } = readBack([full, empty]);
    expect(at('people', 0)).toBe(46n);
    expect(at('rate', 0)).toBe(0.359375);
    expect(decimalText(at('amount', 0) as Uint32Array)).toBe('-90060.05');
    expect(at('began_on', 0)).toBe(Date.UTC(1969, 11, 31));
    expect(at('began_at', 0)).toBe(Date.UTC(2026, 9, 19, 8, 30) + 0.123);
    expect(at('complete', 0)).toBe(true);
    expect(at('store', 0)).toBe('解放碑店');
    expect(at('days', 0)).toBe('[1,2]');
    for (const { name } of columns.slice(1)) expect(at(name, 1)).toBeNull();
  });

  it('keep any amount, count and text exactly, in any number of rows', () => {
    const row = fc.record({
      people: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
      amount: fc.option(
        fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }).map((cents) => {
          const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
          return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        }),
      ),
      store: fc.option(fc.string({ unit: 'grapheme' })),
      complete: fc.option(fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 70 }), (given) => {
        const { table, at } = readBack(given);
        expect(table.numRows).toBe(given.length);
        given.forEach(({ people, amount, store, complete }, index) => {
          expect(String(at('people', index))).toBe(people);
          expect(
            amount === null ? at('amount', index) : decimalText(at('amount', index) as Uint32Array),
          ).toBe(amount);
          expect(at('store', index)).toBe(store);
          expect(at('complete', index)).toBe(complete);
        });
      }),
    );
  });
});
