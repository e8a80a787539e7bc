import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import { planBy } from '#lib/exports/recognised-by-mapping.ts';
import { fieldsOf, tableNames } from '#lib/exports/tables.ts';
import { locales } from '#lib/words/locale.ts';

type Wish = { file?: string; table?: string; map?: Record<string, string> };
const of = (headers: string[], wish: Wish = {}) => {
  const seen = {
    file: wish.file ?? 'list.csv',
    headers,
    sample: [],
    known: { stores: new Set<string>(), staff: new Set<string>() },
  };
  const mapping = mappingByHeader(wish.table, wish.map);
  const [list] = planBy(mapping, seen).lists;
  const { table, columns } = list ?? { table: '', columns: {} };
  return { table, ...columns };
};
const refusalOf = (work: () => unknown): Pick<Refusal, 'code' | 'params'> => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('a list is recognised by its headers', () => {
  it.each(tableNames)('%s, by its canonical names and by its first header in each language', (table) => {
    const names = fieldsOf(table).map((field) => field.name);
    expect(of(names)).toEqual({ table, ...Object.fromEntries(names.map((name, at) => [name, at])) });
    for (const locale of locales) {
      const headers = fieldsOf(table).map((field) => field.synonyms[locale][0] ?? '');
      expect(of(headers)).toEqual({ table, ...Object.fromEntries(names.map((name, at) => [name, at])) });
    }
  });

  it('as studios name them in simplified Chinese', () => {
    expect(of(['客资编号', '录入时间', '渠道', '门店', '邀约人', '备注'])).toEqual({
      table: 'leads',
      lead_id: 0,
      created_at: 1,
      channel: 2,
      store: 3,
      inviter: 4,
    });
  });

  it('as studios name them in traditional Chinese', () => {
    expect(of(['訂單編號', '下單時間', '金額（元）', '分店'])).toEqual({
      table: 'orders',
      order_id: 0,
      ordered_at: 1,
      amount: 2,
      store: 3,
    });
    expect(of(['進店編號', '進店時間', '客資編號', '店別'])).toEqual({
      table: 'visits',
      visit_id: 0,
      visited_at: 1,
      lead_id: 2,
      store: 3,
    });
  });

  it.each(['Lead ID', 'LEAD_ID', 'lead-id', 'ＬＥＡＤ　ＩＤ', '\ufeffLeadId', ' *lead id '])(
    'whatever the case, blanks, underscores and widths: “%s”',
    (header) => {
      expect(of([header, 'created_at'])).toEqual({ table: 'leads', lead_id: 0, created_at: 1 });
    },
  );
});

describe('a mapping', () => {
  it('overrides only the named fields, and one header may feed several', () => {
    const headers = ['mql_id', 'won_date', 'sr_id', 'declared_monthly_revenue'];
    const map = {
      order_id: 'mql_id',
      lead_id: 'mql_id',
      staff_id: 'sr_id',
      amount: 'declared_monthly_revenue',
    };
    expect(of(headers, { table: 'orders', map })).toEqual({
      table: 'orders',
      order_id: 0,
      lead_id: 0,
      ordered_at: 1,
      staff_id: 2,
      amount: 3,
    });
  });

  it('settles which of two headers counts', () => {
    expect(of(['lead_id', 'created_at', '渠道', '来源'], { map: { channel: '来源' } })).toMatchObject({
      channel: 3,
    });
  });

  it('names fields and headers that exist', () => {
    const headers = ['lead_id', 'created_at'];
    expect(refusalOf(() => of(headers, { map: { colour: 'lead_id' } })).code).toBe('unknown_field_in_map');
    expect(refusalOf(() => of(headers, { map: { channel: 'kanal' } })).code).toBe('unknown_column_in_map');
  });
});

describe('headers are refused', () => {
  it.each([
    ['no known column', ['colour', 'size'], 'no_known_column', { columns: 'colour, size' }],
    [
      'two headers for one field',
      ['lead_id', 'created_at', '渠道', '来源'],
      'two_headers_one_field',
      { field: 'channel', headers: '渠道, 来源' },
    ],
    ['the same header twice', ['lead_id', 'lead_id', 'created_at'], 'repeated_header', { header: 'lead_id' }],
    [
      'a required column is missing',
      ['lead_id', 'channel', 'inviter'],
      'missing_required_column',
      { table: 'leads', fields: 'created_at' },
    ],
    [
      'several lists fit equally well',
      ['金额', '备注'],
      'ambiguous_table',
      { tables: 'orders, upsells, payments' },
    ],
  ])('when %s', (_, headers, code, params) => {
    const refusal = refusalOf(() => of(headers));
    expect(refusal.code).toBe(code);
    expect(refusal.params).toMatchObject(params);
  });

  it('when the one list whose name the file bears lacks what it needs', () => {
    const { code, params } = refusalOf(() => of(['金额', '备注'], { file: '2026-payments (1).csv' }));
    expect({ code, table: params['table'] }).toEqual({ code: 'missing_required_column', table: 'payments' });
  });

  it('when a table is asked for that does not exist', () => {
    expect(refusalOf(() => of(['lead_id'], { table: 'heads' })).code).toBe('unknown_table');
  });
});
