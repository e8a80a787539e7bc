import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { asWorkbook } from '#lib/server/reports/workbook.ts';
import type { Value } from '#lib/server/warehouse/values.ts';
import { counter } from '../import/reading/handed.ts';
import { partsOf } from '../import/reading/zip.ts';

const { hand, close } = counter();
afterAll(close);

const sheetOf = async (rows: Value[][], types: string[]) => {
  const columns = types.map((type, at) => ({ title: `column ${at}`, type }));
  const book = Buffer.from(await asWorkbook(columns, rows));
  return { book, xml: partsOf(book).get('xl/worksheets/sheet1.xml') ?? '' };
};

describe('a workbook', () => {
  it('holds no formula, whatever its cells and headers begin with', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '1', ' ', '\t', '\r', '\0', 'A', '(') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), text, async (texts, title) => {
        const book = Buffer.from(
          await asWorkbook(
            [
              { title, type: 'varchar' },
              { title: 'amount', type: 'decimal(18,2)' },
            ],
            [...texts.map((one): Value[] => [one, one])],
          ),
        );
        const xml = partsOf(book).get('xl/worksheets/sheet1.xml') ?? '';
        expect(xml).toContain('<sheetData>');
        expect(xml).not.toMatch(/<f[\s>/]/);
      }),
      { numRuns: 10 },
    );
  });

  it('keeps numbers, money, days, instants and truths as such, and reads back as it was written', async () => {
    const types = [
      'varchar',
      'bigint',
      'double',
      'decimal(18,2)',
      'date',
      'timestamp',
      'boolean',
      'varchar[]',
    ];
    const { book, xml } = await sheetOf(
      [
        ['=1+1', -3, 0.25, '-12.50', '2026-10-19', '2026-10-19T14:30:05', true, ['a', 'b']],
        ['x', null, null, null, null, null, null, null],
      ],
      types,
    );
    const kinds = [...xml.matchAll(/<c r="[A-Z]2"(?: s="\d+")?(?: t="(\w)")?>/g)].map(
      ([, kind]) => kind ?? 'n',
    );
    expect(kinds).toEqual(['s', 'n', 'n', 'n', 'n', 'n', 'b', 's']);
    const { records } = await hand(book, { name: 'book.xlsx' });
    expect(records.slice(1)).toEqual([
      ['=1+1', '-3', '0.25', '-12.5', '2026-10-19', '2026-10-19 14:30:05', 'true', '["a","b"]'],
      ['x', '', '', '', '', '', '', ''],
    ]);
  });

  it('leaves as text what a spreadsheet would round, reckon wrongly or not take', async () => {
    const { book } = await sheetOf(
      [['9007199254740993123', '1234567890123456.78', '1899-12-31', 'x'.repeat(40_000)]],
      ['bigint', 'decimal(38,2)', 'date', 'varchar'],
    );
    const { records } = await hand(book, { name: 'wide.xlsx' });
    const [whole, money, day, text] = records[1] ?? [];
    expect([whole, money, day]).toEqual(['9007199254740993123', '1234567890123456.78', '1899-12-31']);
    expect(text).toHaveLength(32_767);
  });

  it('of many cells is made apart, while others are answered', async () => {
    let answered = 0;
    const others = setInterval(() => (answered += 1), 1);
    const rows = Array.from({ length: 20_000 }, (_, at): Value[] => [at, `=${at}`]);
    const { book, xml } = await sheetOf(rows, ['bigint', 'varchar']);
    clearInterval(others);
    expect(answered).toBeGreaterThan(5);
    expect(xml).not.toMatch(/<f[\s>/]/);
    const { records } = await hand(book, { name: 'long.xlsx' });
    expect(records).toHaveLength(20_001);
    expect(records.at(-1)).toEqual(['19999', '=19999']);
  });

  it('is refused before it is made when it would be too large', async () => {
    const rows = Array.from({ length: 500_001 }, (): Value[] => [1, 2]);
    await expect(sheetOf(rows, ['bigint', 'bigint'])).rejects.toThrow('sheet_too_long');
  });
});
