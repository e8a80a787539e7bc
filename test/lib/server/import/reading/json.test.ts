import { afterAll, describe, expect, it } from 'vitest';
import { counter } from './handed.ts';
import { encoded } from './encoders.ts';

const { hand, close } = counter();
afterAll(close);

const rows = [
  { lead_id: 'L1', created_at: '2026-01-02', channel: '美团' },
  { lead_id: 'L2', created_at: '2026-01-03', budget: 12.5 },
];
const plain = [
  ['lead_id', 'created_at', 'channel', 'budget'],
  ['L1', '2026-01-02', '美团', ''],
  ['L2', '2026-01-03', '', '12.5'],
];

describe('JSON becomes a list with a column for each field of any record', () => {
  it.each([
    ['a list', JSON.stringify(rows), 'json'],
    ['a list over many lines', JSON.stringify(rows, null, 2), 'json'],
    ['one record a line', rows.map((row) => JSON.stringify(row)).join('\n'), 'ndjson'],
    [
      'one record a line with Windows line ends',
      `${rows.map((row) => JSON.stringify(row)).join('\r\n')}\r\n\r\n`,
      'ndjson',
    ],
    ['records one after the other', rows.map((row) => JSON.stringify(row, null, 1)).join('\n'), 'json'],
    [
      'a list in an envelope',
      JSON.stringify({ code: 0, data: { total: 2, rows }, more: [1, { a: [2] }] }),
      'json',
    ],
    ['a byte-order mark before it', `\ufeff${JSON.stringify(rows)}`, 'json'],
  ])('from %s', async (_, text, format) => {
    const { records, reading } = await hand(text, { name: 'list.json' });
    expect(records).toEqual(plain);
    expect(reading).toMatchObject({ format, encoding: 'utf-8', header: { first: 0, rows: 1 }, footer: 0 });
  });

  it.each([
    ['lists one after the other', rows.map((row) => JSON.stringify([row])).join('\n')],
    [
      'lists with commas and empty lists between',
      `[${JSON.stringify(rows[0])}], [],\n[${JSON.stringify(rows[1])}]\n`,
    ],
  ])('from %s, all of them', async (_, text) => {
    const { records } = await hand(text, { name: 'list.json' });
    expect(records).toEqual(plain);
  });

  it('from an envelope whose end lies beyond the first pieces of the file', async () => {
    const many = Array.from({ length: 9000 }, (_, at) => ({ lead_id: `L${at}`, name: '小'.repeat(30) }));
    const { records } = await hand(
      JSON.stringify({ data: { many, none: [], note: '"}]{[\\' }, total: 9000 }),
    );
    expect(records).toHaveLength(9001);
  });

  it('from UTF-16', async () => {
    const { records, reading } = await hand(encoded(`\ufeff${JSON.stringify(rows)}`, 'utf-16le'));
    expect(records).toEqual(plain);
    expect(reading.encoding).toBe('utf-16le');
  });

  it('with numbers to their last digit, truths, objects inside and lists as they stand', async () => {
    const text =
      '[{"order_id": 6913842537890041234, "amount": 4664.00, "big": 1.2e5, "paid": true, "none": null,' +
      ' "customer": {"phone": "138", "at": {"city": "重庆"}}, "tags": ["a", 1], "quote": "\\"}]{["}]';
    const { records } = await hand(text);
    expect(records).toEqual([
      ['order_id', 'amount', 'big', 'paid', 'none', 'customer.phone', 'customer.at.city', 'tags', 'quote'],
      ['6913842537890041234', '4664.00', '120000', 'true', '', '138', '重庆', '["a","1"]', '"}]{['],
    ]);
  });

  it('of one record that has lists of its own, which stays one record', async () => {
    const { records } = await hand('{"order_id":"O1","amount":5,"items":[{"sku":"a"},{"sku":"b"}]}');
    expect(records[1]).toEqual(['O1', '5', '[{"sku":"a"},{"sku":"b"}]']);
  });

  it('across pieces of the file, whatever they cut', async () => {
    const many = Array.from({ length: 30_000 }, (_, at) => ({
      lead_id: `L${at}`,
      name: '小"\\红\n'.repeat(9),
    }));
    const { records } = await hand(JSON.stringify(many));
    expect(records).toHaveLength(30_001);
    expect(records[30_000]).toEqual(['L29999', '小"\\红\n'.repeat(9)]);
  });
});

describe('broken JSON', () => {
  it('on a line of its own stays one record, so that it is rejected and not lost', async () => {
    const { records } = await hand(
      '{"lead_id":"L1","created_at":"x"}\n{"lead_id":"L2",\n[1,2]\n{"lead_id":"L3"}\n',
    );
    expect(records).toEqual([
      ['lead_id', 'created_at'],
      ['L1', 'x'],
      ['{"lead_id":"L2",'],
      ['[1,2]'],
      ['L3', ''],
    ]);
  });

  it.each([
    ['a list without an end', '[{"a":1},{"a":2}', 'bad_json'],
    ['a list cut within a record', '[{"a":1},{"a":', 'bad_json'],
    ['a list of lists', '[[1,2],[3,4]]', 'bad_json'],
    ['an envelope that ends too early', '{"data":[{"a":1}', 'bad_json'],
    ['a record that is none', '[{"a":1},{a:2}]', 'bad_json'],
    ['no record', '[]', 'header_only'],
    ['a string without end', '[{"a":"', 'bad_json'],
    ['a record behind a list', '[{"a":1}]\n{"a":2}', 'bad_json'],
    ['a word behind a list', '[{"a":1}] and so on', 'bad_json'],
    ['a second list without an end', '[{"a":1}]\n[{"a":2}', 'bad_json'],
    ['a bracket behind records', '{\n"a":1}\n{"a":2}\n]', 'bad_json'],
    ['a bracket too many in an envelope', '{"data":[{"a":1}]]}', 'bad_json'],
    [
      'an envelope behind a long envelope',
      `{"data":[${'{"a":"0123456789"},'.repeat(20_000)}{"a":1}]}\n{"data":[{"a":2}]}`,
      'bad_json',
    ],
  ])('in %s is refused', async (_, text, code) => {
    await expect(hand(text)).rejects.toMatchObject({ code });
  });
});

describe('an envelope with several lists of objects', () => {
  it.each([
    ['beside each other', '{"orders":[{"a":1}],"more":[{"a":2}]}'],
    ['at different depths', '{"data":{"total":2,"orders":[{"a":1}]},"of":{"x":"y","more":[ {"a":2}]}}'],
    ['the second far behind', `{"orders":[{"a":1}],"n":[${'[1,"2"],'.repeat(50_000)}3],"more":[{"a":2}]}`],
  ])('%s is refused by their names', async (_, text) => {
    await expect(hand(text)).rejects.toMatchObject({
      code: 'several_json_lists',
      params: { parts: 'orders, more' },
    });
  });
});

describe('an object with a list in it', () => {
  const items = [{ sku: 'a', price: 5 }, { sku: 'b' }];
  const told = { 状态: 'ok', date: '2026-11-01' };

  it.each([
    ['before', { order_id: 'O1', items }],
    ['behind', { items, order_id: 'O1' }],
    ['behind, in escaped signs', JSON.stringify({ items, 订单号: 'O1' }).replace('订', '\\u8ba2')],
    ['on both sides', { name: '王', items, phone: '138' }],
  ])('stays one record where what records have stands %s', async (_, object) => {
    const { records } = await hand(typeof object === 'string' ? object : JSON.stringify(object));
    expect(records).toHaveLength(2);
    expect(records[1]).toContain(JSON.stringify([{ sku: 'a', price: 5 }, { sku: 'b' }]));
  });

  it.each([
    ['before', { ...told, rows }],
    ['behind', { rows, ...told }],
    ['in lists and objects', { errors: [], lead_id: { rows, customer_id: [1] } }],
  ])('is an envelope where only its records have numbers, whatever is told %s', async (_, object) => {
    expect((await hand(JSON.stringify(object))).records).toEqual(plain);
  });

  it.each([
    ['before', { customer_id: 'C1', rows }],
    ['behind', { rows, customer_id: 'C1' }],
    ['around a deeper one', { data: { rows, 客户编号: 'C1' }, code: 0 }],
    ['far behind', { rows: Array(9000).fill({ lead_id: 'L1', name: '小'.repeat(30) }), customer_id: 'C1' }],
    ['far behind items', { rows: Array(9000).fill({ sku: '小'.repeat(40) }), customer_id: 'C1' }],
  ])('is refused where both may be meant: a number %s', async (_, object) => {
    await expect(hand(JSON.stringify(object))).rejects.toMatchObject({
      code: 'record_with_list',
      params: { list: 'rows', names: expect.stringMatching(/^(customer_id|客户编号)$/) as string },
    });
  });
});

describe('JSON in which no record has a field is refused', () => {
  it.each([
    ['one that has none', '{}', 'empty_file'],
    ['several that have none', '[{}, {}]', 'empty_file'],
    ['lines that are broken', '{"a" 1}\n{"b" 2}\n', 'bad_json'],
  ])('%s', async (_, text, code) => {
    await expect(hand(text, { name: 'list.json' })).rejects.toMatchObject({ code });
  });
});
