import { describe, expect, it } from 'vitest';
import { headOf } from '#lib/exports/head.ts';
import { proposeFields, proposeTable } from '#lib/exports/propose.ts';

const none = new Set<string>();

describe('what is proposed for a file', () => {
  it('is the one list that its headers fit best, or none where they fit several or no list', () => {
    expect(proposeTable(['客资编号', '录入时间', '渠道'], [])).toBe('leads');
    expect(proposeTable(['colour', 'size'], [])).toBeNull();
    expect(proposeTable(['amount'], [])).toBeNull();
  });

  it('is a field for each column that the list knows; the others are kept', () => {
    expect(proposeFields('leads', ['客资编号', '录入时间', '备注'], [], none)).toEqual([
      { kind: 'field', field: 'lead_id', by: 'header' },
      { kind: 'field', field: 'created_at', by: 'header' },
      { kind: 'kept' },
    ]);
  });

  it('is one column for a field, and the second is said to be its rival', () => {
    expect(proposeFields('leads', ['channel', 'source'], [], none)).toEqual([
      { kind: 'field', field: 'channel', by: 'header' },
      { kind: 'rival', field: 'channel' },
    ]);
  });

  it.each([
    [
      'the store by names that end in 店',
      [['中山店'], ['江北店']],
      { kind: 'field', field: 'store', by: 'values' },
    ],
    ['the store by names that are known', [['North']], { kind: 'field', field: 'store', by: 'values' }],
    [
      'the seller by names of people',
      [['王芳'], ['李娜']],
      { kind: 'field', field: 'staff_id', by: 'values' },
    ],
    ['a question where the values do not tell', [['A1'], ['B2']], { kind: 'ask' }],
  ])('is for 门市 %s', (_, sample, expected) => {
    expect(proposeFields('leads', ['门市'], sample, new Set(['North']))).toEqual([expected]);
  });

  it('is no second store where another column is the store already', () => {
    expect(proposeFields('leads', ['门店', '门市'], [['', '中山店']], none)).toEqual([
      { kind: 'field', field: 'store', by: 'header' },
      { kind: 'rival', field: 'store' },
    ]);
  });
});

describe('the head of a file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('is the same when the rest of the file is missing: an unfinished record is left out', () => {
    const start = 'lead_id;created_at\nL1;2026-01-01\nL2;2026';
    expect(headOf('a.csv', bytes(start), false)).toMatchObject({
      delimiter: ';',
      headers: ['lead_id', 'created_at'],
      sample: [['L1', '2026-01-01']],
    });
  });

  it('may be cut in the middle of a character', () => {
    const start = bytes('编号,时间\nL1,2026\n客');
    expect(headOf('a.csv', start.subarray(0, start.length - 1), false).sample).toEqual([['L1', '2026']]);
  });
});
