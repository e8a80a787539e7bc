import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { listPlanOf } from '#lib/exports/list-plan-of.ts';
import { listsOf } from '#lib/exports/lists-of.ts';
import { mappingByHeader, mappingOf, readMapping } from '#lib/exports/mapping.ts';
import type { Mapping } from '#lib/exports/mapping.ts';
import type { Plan } from '#lib/exports/plan.ts';
import { proposalFor } from '#lib/exports/proposal.ts';
import { planBy } from '#lib/exports/recognised-by-mapping.ts';
import { readRule, ruleText } from '#lib/exports/rule.ts';

const known = { stores: new Set(['North', 'South']), staff: new Set(['S1', 'S2']) };
const seen = (headers: string[], ...sample: string[][]) => ({ file: 'list.csv', headers, sample, known });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'taken';
};

describe('columns whose headers say nothing are known by their values', () => {
  const columns = (table: string, headers: string[], ...sample: string[][]) =>
    Object.fromEntries(
      listsOf(seen(headers, ...sample), { mapping: mappingByHeader(table) }).lists[0]?.columns ?? [],
    );

  it('the number, the day, the phone, a known store and a known seller of leads', () => {
    expect(
      columns(
        'leads',
        ['a', 'b', 'c', 'd', 'e', 'f'],
        ['K-1', '2026年1月2日', '138 0000 0001', 'North', 'S1', 'tall'],
        ['K-2', '2026/1/3', '+86 13800000002', 'South', 'S2', 'small'],
        ['K-3', '2026-01-04', '13800000003', 'North', 'S1', 'tall'],
      ),
    ).toEqual({ lead_id: 0, created_at: 1, phone: 2, store: 3, staff_id: 4 });
  });

  it('the amount of orders, and what became of visits', () => {
    expect(
      columns(
        'orders',
        ['单号', '下单日期', 'x'],
        ['1', '2026-01-02', '￥1,200'],
        ['2', '2026-01-02', '900元'],
        ['3', '2026-01-02', '80'],
      ),
    ).toMatchObject({ amount: 2 });
    expect(
      columns(
        'visits',
        ['进店编号', '进店时间', '情况'],
        ['1', '2026-01-02', '成交'],
        ['2', '2026-01-02', '未成交'],
        ['3', '2026-01-02', '成交'],
      ),
    ).toMatchObject({ outcome: 2 });
  });

  it('only where one column can be it: of two days nobody knows which is meant', () => {
    const rows = [
      ['K-1', '2026-01-02', '2026-01-05'],
      ['K-2', '2026-01-03', '2026-01-06'],
      ['K-3', '2026-01-04', '2026-01-07'],
    ];
    expect(codeOf(() => columns('leads', ['a', 'b', 'c'], ...rows))).toBe('missing_required_column');
  });

  it('and never by two records alone', () => {
    for (const headers of [
      ['a', 'created_at'],
      ['lead_id', 'b'],
    ])
      expect(codeOf(() => columns('leads', headers, ['K-1', '2026-01-02'], ['K-2', '2026-01-03']))).toBe(
        'missing_required_column',
      );
  });
});

describe('a rule as people write it', () => {
  const headers = ['Quantity', 'Quantity sold', '单号', 'A>B', 'Status'];

  it.each([
    ['Quantity>0', { column: 0, is: '>', value: '0' }],
    ['Quantity sold >= 2.5', { column: 1, is: '>=', value: '2.5' }],
    ['单号 starts_not C', { column: 2, is: 'starts_not', value: 'C' }],
    ['单号 starts C', { column: 2, is: 'starts', value: 'C' }],
    ['A>B', { column: 3, is: 'filled' }],
    ['Status<>void', { column: 4, is: '<>', value: 'void' }],
    ['status', { column: 4, is: 'filled' }],
  ] as const)('%s is understood, and written the same again', (text, rule) => {
    const read = readRule('list.csv', headers, text);
    expect(read).toEqual(rule);
    expect(readRule('list.csv', headers, ruleText(read, headers))).toEqual(rule);
  });

  it.each(['Colour>0', 'Quantity>many', 'Quantity ~ 3', 'Status<>', ''])('“%s” is refused', (text) => {
    expect(codeOf(() => readRule('list.csv', headers, text))).toBe('bad_rule');
  });
});

describe('a mapping', () => {
  const headers = ['No', 'Day', 'Price', 'Pieces', 'Price', ''];
  const plan: Plan = {
    reading: { encoding: 'gb18030', header: { first: 2, rows: 1 } },
    lists: [
      {
        table: 'orders',
        columns: { order_id: 0, ordered_at: 1, amount: 2, deposit: 4, store: 5 },
        factors: { amount: 3 },
        constants: { status: 'active' },
        values: { store: { N: 'North' } },
        styles: { ordered_at: { order: 'dmy' } },
        sum: ['amount'],
        only: [{ column: 3, is: '>', value: '0' }],
      },
    ],
  };

  it('of a plan can be read by a person and gives the same plan again, from its file too', () => {
    const mapping = mappingOf(plan, headers);
    expect(mapping.lists[0]).toMatchObject({
      columns: {
        order_id: 'No',
        amount: 'Price (column 3)*Pieces',
        deposit: 'Price (column 5)',
        store: 'column 6',
      },
      only: ['Pieces>0'],
    });
    expect(planBy(readMapping(JSON.stringify(mapping)) ?? mappingByHeader('leads'), seen(headers))).toEqual(
      plan,
    );
  });

  it.each(['', '{}', '[]', '{"lists":[]}', '{"lists":[{"columns":{}}],"more":1}', 'null'])(
    'is not in a file that holds %s',
    (text) => {
      expect(readMapping(text)).toBeUndefined();
    },
  );

  it('gives days or numbers one style for all fields without their own', () => {
    const list = {
      table: 'orders',
      columns: { order_id: 'No', ordered_at: 'Day' },
      styles: { '*': { order: 'mdy' } },
    } as const;
    expect(planBy({ lists: [list] }, seen(['No', 'Day'])).lists[0]?.styles).toEqual({
      ordered_at: { order: 'mdy' },
    });
  });

  it('takes a header that has a star in it for one column', () => {
    const mapping = { lists: [{ table: 'orders', columns: { amount: 'a*b' } }] };
    expect(planBy(mapping, seen(['a*b', 'a', 'b'])).lists[0]).toEqual({
      table: 'orders',
      columns: { amount: 0 },
    });
    expect(planBy(mapping, seen(['x', 'a', 'b'])).lists[0]).toMatchObject({
      columns: { amount: 1 },
      factors: { amount: 2 },
    });
  });
});

describe('a sheet of leads with what came of them', () => {
  const headers = ['客资编号', '录入时间', '进店时间', '下单时间', '金额'];
  const tables = (...sample: string[][]) =>
    listsOf(seen(headers, ...sample), {}).lists.map(({ table }) => table);

  it('is known by columns that only some leads fill', () => {
    expect(tables(['1', '2026-01-01', '2026-01-02', '', ''], ['2', '2026-01-01', '', '', ''])).toEqual([
      'leads',
      'visits',
    ]);
  });

  it('is not seen in a list of orders that also tells when its leads came', () => {
    const full = ['1', '2026-01-01', '2026-01-02', '2026-01-02', '9'];
    expect(tables(full, ['2', ...full.slice(1)])).toHaveLength(1);
  });
});

describe('what is proposed', () => {
  const before = mappingOf(
    { lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1, channel: 2 } }] },
    ['who', 'when', 'from'],
  );

  it('is what was decided before, with what has changed since as far as it is still there', () => {
    expect(proposalFor(seen(['when', 'who', 'from']), before)).toEqual({
      by: 'memory',
      changed: null,
      lists: [{ table: 'leads', columns: { lead_id: 1, created_at: 0, channel: 2 } }],
    });
    expect(proposalFor(seen(['who', 'when', 'origin']), before)).toEqual({
      by: 'memory',
      changed: { gone: ['from'], fresh: ['origin'] },
      lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1 }, only: [] }],
    });
  });

  it('is as much as the headers say, or nothing', () => {
    expect(proposalFor(seen(['客资编号', '渠道', '来源']))).toEqual({
      by: 'headers',
      changed: null,
      lists: [{ table: 'leads', columns: { lead_id: 0, channel: 1 } }],
    });
    expect(proposalFor(seen(['colour', 'size']))).toEqual({ by: 'nothing', changed: null, lists: [] });
  });
});

describe('what a person says', () => {
  it('is a decision about columns only where it names one', () => {
    const list = seen(['lead_id', 'created_at', 'origin']);
    const by = (mapping: Mapping) => listsOf(list, { mapping }).by;
    expect(by(mappingByHeader('leads'))).toBe('headers');
    expect(by(mappingByHeader('leads', { channel: 'origin' }))).toBe('person');
    expect(
      by({ lists: [{ table: 'leads', columns: {}, others: 'by_header', constants: { store: 'A' } }] }),
    ).toBe('person');
  });

  it('is news only where the headers and values do not say it', () => {
    const list = seen(['lead_id', 'created_at', 'origin']);
    expect(listsOf(list, { mapping: mappingByHeader('leads') })).toMatchObject({
      by: 'headers',
      isNews: false,
    });
    const other = listsOf(list, { mapping: mappingByHeader('leads', { channel: 'created_at' }) });
    expect(other).toMatchObject({ by: 'person', isNews: true });
    expect(other.lists.map(listPlanOf)).toMatchObject([{ columns: { channel: 1 } }]);
  });
});
