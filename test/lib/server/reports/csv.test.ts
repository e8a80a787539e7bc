import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { asCsv, rowsAsCsv } from '#lib/server/reports/csv.ts';

const lines = (csv: string) => Papa.parse<string[]>(csv.trimEnd(), { delimiter: ',' }).data;

/** What a spreadsheet would run: what is left of a cell when blanks and control characters in front are passed over. */
const runs = (cell: string) => /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell) || /^[\t\r\n\0]/.test(cell);
const isNumber = (cell: string) => /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell);

describe('a table as CSV', () => {
  it('disarms whatever a spreadsheet would take for a formula, also behind blanks, control characters and in headers', () => {
    const dangerous = [
      '=1+1',
      '+1+1',
      '-1+1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\0=1',
      '  =1',
      '\u00a0=1',
      '\ufeff=1',
      '＝1',
      '\n@x',
    ];
    const csv = asCsv(
      ['=HYPERLINK("http://x")', '-store'],
      dangerous.map((text) => [text, 1]),
    );
    const [header, ...rows] = Papa.parse<string[]>(csv, {
      delimiter: ',',
      skipEmptyLines: true,
      newline: '\r\n',
    }).data;
    expect(header).toEqual(['\'=HYPERLINK("http://x")', "'-store"]);
    expect(rows.map(([cell]) => cell)).toEqual(dangerous.map((text) => `'${text}`));
  });

  it('leaves numbers, dates and ordinary text as they are', () => {
    const plain = ['-12.50', '-3', '1e-7', '2026-10-19', '解放碑店', 'a-b', '3=4', "'", '138****0001'];
    expect(
      lines(
        asCsv(
          ['cell'],
          plain.map((text) => [text]),
        ),
      ),
    ).toEqual([['cell'], ...plain.map((text) => [text])]);
    expect(asCsv(['n'], [[-1.5], [null], [true]])).toBe('n\r\n-1.5\r\n\r\ntrue\r\n');
  });

  it('holds for any text: nothing runs, and taking the apostrophe off gives the text back', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '1', ' ', '\t', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (cells) => {
        const csv = asCsv(
          cells.map((_, at) => `c${at}`),
          [['first', ...cells.slice(1)], cells],
        );
        const read = Papa.parse<string[]>(csv, { delimiter: ',', newline: '\r\n' }).data[2] ?? [];
        cells.forEach((cell, at) => {
          const got = read[at] ?? '';
          expect(runs(got) && !isNumber(got)).toBe(false);
          expect(got === cell || got === `'${cell}`).toBe(true);
        });
      }),
    );
  });
});

describe('the rows of a report as CSV', () => {
  it('follow the columns of its header, nothing where nothing is, lists as JSON', () => {
    const columns = ['segment', 'amount', 'days'].map((name) => ({
      name,
      type: 'varchar',
      notNull: false,
      tells: null,
      about: name,
    }));
    expect(rowsAsCsv(columns, [{ days: ['a', 'b'], amount: '-10.00', segment: null }])).toBe(
      'segment,amount,days\r\n,-10.00,"[""a"",""b""]"\r\n',
    );
  });
});
