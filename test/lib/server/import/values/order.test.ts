import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { columnReader } from './columns.ts';
import type { ColumnReader, Columns, Said } from './columns.ts';

let reader: ColumnReader;
beforeAll(async () => {
  reader = await columnReader();
});
afterAll(() => reader.close());

const days = (texts: (string | null)[], said?: Said) => reader.values('customers.wedding_on', texts, said);
const refused = (columns: Columns, said?: Said) =>
  reader.read(columns, said).then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Refusal ? { code: error.code, ...error.params } : error),
  );

describe('the order of day and month', () => {
  it('is decided by one value of the whole column that can only be read one way', async () => {
    const usual = Array.from({ length: 2500 }, (_, at) => `0${(at % 9) + 1}/04/2026`);
    expect((await days([...usual, '25/04/2026'])).slice(0, 3)).toEqual([
      '2026-04-01',
      '2026-04-02',
      '2026-04-03',
    ]);
    expect((await days([...usual, '04/25/2026'])).slice(0, 3)).toEqual([
      '2026-01-04',
      '2026-02-04',
      '2026-03-04',
    ]);
  });

  it.each(['/', '-', '.'])(
    'is decided in the same way between %s, with a clock and without',
    async (sign) => {
      const texts = [`3${sign}4${sign}2026 9:05`, `${3}${sign}13${sign}2026 2:30 PM`, `3${sign}4${sign}2026`];
      expect(await reader.values('leads.created_at', texts)).toEqual([
        '2026-03-04 09:05:00',
        '2026-03-13 14:30:00',
        '2026-03-04 00:00:00',
      ]);
    },
  );

  it('is asked when no value decides, naming the column, some values and the remedy', async () => {
    expect(
      await refused({ 'customers.wedding_on': ['03/04/2026', null, '05/06/2026', '03/03/2026'] }),
    ).toEqual({
      code: 'ambiguous_dates',
      file: 'list.csv',
      field: 'wedding_on',
      header: 'the wedding_on',
      samples: '03/03/2026, 03/04/2026, 05/06/2026',
    });
  });

  it('does not matter where every value is the same day either way', async () => {
    expect(await days(['03/03/2026', '5/5/2026', '2026-01-02'])).toEqual([
      '2026-03-03',
      '2026-05-05',
      '2026-01-02',
    ]);
  });

  it('is what a person said, whatever the values say', async () => {
    expect(await days(['03/04/2026', '05/06/2026'], { styles: { wedding_on: { order: 'dmy' } } })).toEqual([
      '2026-04-03',
      '2026-06-05',
    ]);
    expect(await days(['03/04/2026', '25/06/2026'], { styles: { wedding_on: { order: 'mdy' } } })).toEqual([
      '2026-03-04',
      null,
    ]);
  });

  it('is taken from the other columns of the file where they agree, and asked where they do not', async () => {
    const open = { 'orders.ordered_at': ['03/04/2026', '05/06/2026'] };
    expect(await reader.read({ ...open, 'orders.cancelled_at': ['25/04/2026', null] })).toEqual({
      ordered_at: ['2026-04-03 00:00:00', '2026-06-05 00:00:00'],
      cancelled_at: ['2026-04-25 00:00:00', null],
    });
    const contrary = { 'leads.created_at': ['25/04/2026', null], 'leads.lost_at': ['04/25/2026', null] };
    expect(await refused({ ...contrary, 'leads.wedding_on': ['03/04/2026', null] })).toMatchObject({
      code: 'ambiguous_dates',
      field: 'wedding_on',
    });
  });

  it('is asked where values contradict each other and others could be read either way', async () => {
    expect(
      await refused({ 'customers.wedding_on': ['25/04/2026', '04/25/2026', '03/04/2026'] }),
    ).toMatchObject({
      code: 'ambiguous_dates',
    });
    expect(await days(['25/04/2026', '26/04/2026', '04/27/2026', '03/03/2026'])).toEqual([
      '2026-04-25',
      '2026-04-26',
      null,
      '2026-03-03',
    ]);
  });
});

it('the order of years of two digits does not decide for years of four', async () => {
  const columns = { 'leads.created_at': ['85/04/25', '26/04/03'], 'leads.wedding_on': ['03/04/2026', null] };
  expect(await refused(columns)).toMatchObject({ code: 'ambiguous_dates', field: 'wedding_on' });
});

describe('years of two digits', () => {
  it('are 1950 … 2049', async () => {
    expect(await days(['31/12/49', '31/12/50', '31-Dec-26'])).toEqual([
      '2049-12-31',
      '1950-12-31',
      '2026-12-31',
    ]);
  });

  it('come last where they change less than the days, first where they change less than those', async () => {
    const august = Array.from({ length: 12 }, (_, at) => `${String(at + 1).padStart(2, '0')}`);
    expect((await days([...august.map((day) => `${day}/08/26`), '13/08/26']))[0]).toBe('2026-08-01');
    expect((await days(august.map((day) => `26.08.${day}`)))[1]).toBe('2026-08-02');
    expect((await days(['26.8.5', '26.8.17', '26.9.30', '26.10.3']))[1]).toBe('2026-08-17');
  });

  it('are asked for where nothing tells them from days', async () => {
    expect(await refused({ 'customers.wedding_on': ['10/11/12', '11/10/12'] })).toMatchObject({
      code: 'ambiguous_dates',
    });
    expect(await days(['10/11/12'], { styles: { wedding_on: { order: 'ymd' } } })).toEqual(['2010-11-12']);
  });
});
