import {
  Bool,
  DateDay,
  Field,
  Int32,
  Int64,
  List,
  Table,
  tableToIPC,
  Timestamp,
  TimestampMicrosecond,
  TimeUnit,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { afterAll, describe, expect, it } from 'vitest';
import { rowsAsArrow } from '#lib/server/reports/arrow.ts';
import { counter } from './handed.ts';

const { hand, close } = counter();
afterAll(close);

const instants = [new Date('2026-01-02T10:00:00Z'), null];
const table = new Table({
  lead_id: vectorFromArray(['L1', 'L2'], new Utf8()),
  channel: vectorFromArray(['a', 'a']),
  created_at: vectorFromArray(instants, new TimestampMicrosecond()),
  seen_at: vectorFromArray(instants, new Timestamp(TimeUnit.MILLISECOND, 'Asia/Shanghai')),
  wedding_on: vectorFromArray([null, new Date('2026-03-08T00:00:00Z')], new DateDay()),
  number: vectorFromArray([9007199254740993n, -1n], new Int64()),
  share: vectorFromArray([0.1, null]),
  paid: vectorFromArray([true, false], new Bool()),
  tags: vectorFromArray([[1, 2], null], new List(new Field('item', new Int32()))),
});

describe('an Arrow stream', () => {
  it.each(['stream', 'file'] as const)('becomes a plain list, also as a %s', async (kind) => {
    const { records, reading } = await hand(tableToIPC(table, kind));
    expect(records).toEqual([
      ['lead_id', 'channel', 'created_at', 'seen_at', 'wedding_on', 'number', 'share', 'paid', 'tags'],
      [
        'L1',
        'a',
        '2026-01-02 10:00:00',
        '2026-01-02 10:00:00Z',
        '',
        '9007199254740993',
        '0.1',
        'true',
        '[1,2]',
      ],
      ['L2', 'a', '', '', '2026-03-08', '-1', '', 'false', ''],
    ]);
    expect(reading).toMatchObject({ format: 'arrow', packed: 'none' });
  });

  it('keeps money to the cent', async () => {
    const about = { type: 'decimal(18,2)', notNull: false, tells: null, about: '' };
    const rows = [{ amount: '8911407.90' }, { amount: '-0.05' }, { amount: null }];
    const { records } = await hand(rowsAsArrow([{ ...about, name: 'amount' }], rows, {}));
    expect(records).toEqual([['amount'], ['8911407.90'], ['-0.05'], ['']]);
  });

  it('is refused when it is cut off or damaged', async () => {
    const bytes = Buffer.from(tableToIPC(table, 'stream'));
    for (const cut of [20, 300, bytes.length - 200, bytes.length - 8])
      await expect(hand(bytes.subarray(0, cut))).rejects.toMatchObject({ code: 'file_damaged' });
    await expect(hand(Buffer.from([255, 255, 255, 255, 1, 2, 3, 4, 5, 6]))).rejects.toMatchObject({
      code: 'file_damaged',
    });
  });
});
