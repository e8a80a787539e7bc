import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { counter } from './handed.ts';
import { encoded } from './encoders.ts';

const { folder, hand, close } = counter();
afterAll(close);

const alipay = `支付宝交易记录明细查询
账号:[studio@example.com]
起始日期:[2026-11-01 00:00:00]    终止日期:[2026-11-08 00:00:00]
---------------------------------交易记录明细列表------------------------------------
订单号,成交时间,金额,状态
20261101001,2026-11-01 10:00:00,4664.00,active
20261101002,2026-11-02 11:00:00,1234.00,active
------------------------------------------------------------------------
共2笔记录
已收入:2笔,5898.00元
导出时间:[2026-11-09 09:00:00]    用户:重庆某某摄影
`;

describe('a UTF-8 list that begins with its headers is taken as it lies', () => {
  it.each([
    ['line feeds', 'lead_id,created_at\nL1,2026-01-02\n'],
    ['carriage returns and line feeds', 'lead_id,created_at\r\nL1,2026-01-02\r\n'],
    ['carriage returns alone', 'lead_id,created_at\rL1,2026-01-02\r'],
    ['a byte-order mark', '\ufefflead_id,created_at\nL1,2026-01-02\n'],
    ['empty lines before it', '\n\nlead_id,created_at\nL1,2026-01-02'],
    ['line ends inside quotation marks', 'lead_id,created_at,name\nL1,2026-01-02,"a\r\nb"\n'],
  ])('with %s', async (_, content) => {
    const { path, records } = await hand(content, { name: 'lies.csv' });
    expect(path).toBe(join(folder, 'lies.csv'));
    expect(records[0]?.slice(0, 2)).toEqual(['lead_id', 'created_at']);
    expect(records[1]?.slice(0, 2)).toEqual(['L1', '2026-01-02']);
  });

  it('under a name that looks like a pattern it is reached by a link', async () => {
    const { path, records } = await hand('lead_id,created_at\nL1,2026-01-02\n', { name: 'a[1]*.csv' });
    expect(path).not.toContain('*');
    expect(records).toHaveLength(2);
  });
});

describe('what stands around a table is no part of it', () => {
  it('lines above and below a bank’s list', async () => {
    const { records, reading, head } = await hand(encoded(alipay, 'gb18030'));
    expect(records).toEqual([
      ['订单号', '成交时间', '金额', '状态'],
      ['20261101001', '2026-11-01 10:00:00', '4664.00', 'active'],
      ['20261101002', '2026-11-02 11:00:00', '1234.00', 'active'],
    ]);
    expect(reading).toMatchObject({ header: { first: 4, rows: 1 }, footer: 4, encoding: 'gb18030' });
    expect(head.sample).toHaveLength(2);
  });

  it('also where a spreadsheet filled them up with empty cells', async () => {
    const { records, reading } = await hand(
      '十一月客资,,\n门店,解放碑,\n客资编号,创建时间,渠道\nL1,2026-01-02,美团\nL2,2026-01-03,抖音\n,,\n合计,,2\n以上数据由系统生成，仅供参考。,,\n',
    );
    expect(records).toEqual([
      ['客资编号', '创建时间', '渠道'],
      ['L1', '2026-01-02', '美团'],
      ['L2', '2026-01-03', '抖音'],
    ]);
    expect(reading).toMatchObject({ header: { first: 2, rows: 1 }, footer: 3 });
  });

  it('with headers that nobody knows the table begins where the number of columns is steady', async () => {
    const { head, reading } = await hand(
      'Report of the week\n\nfoo;bar;baz\n1;2;3\n4;5;6\n7;8;9\nTotal;;18\n',
    );
    expect(head).toMatchObject({ headers: ['foo', 'bar', 'baz'], delimiter: ';' });
    expect(reading).toMatchObject({ header: { first: 1, rows: 1 }, footer: 1 });
  });

  it('but a record that was cut off, words in values and unknown headers leave every record in', async () => {
    const cut = await hand('lead_id,created_at,name\nL1,2026-01-02,a\nL2\n');
    expect([cut.records.length, cut.reading.footer]).toEqual([3, 0]);
    const broken = await hand('lead_id,created_at,remark\nL1,2026-01-02,"x"\nhe said he would come back\n');
    expect([broken.records.length, broken.reading.footer]).toEqual([3, 0]);
    const words = await hand('foo,bar\n1,2\nstore,channel\nvisit,order\nstore,channel\n');
    expect([words.records.length, words.reading.header.first]).toEqual([5, 0]);
    const totals = await hand('metric,scope,period,value\ntotal,all,2026-11,5\n');
    expect([totals.records.length, totals.reading.footer]).toEqual([2, 0]);
  });
});

describe('what stands behind a table', () => {
  it('is what a person says it is: no line of it, or as many as were said', async () => {
    const text = 'lead_id,created_at,name\nL1,2026-01-02,a\n合计,,1\n,,\n';
    expect((await hand(text)).records).toHaveLength(2);
    const all = await hand(text, { choice: { footer: 0 } });
    expect([all.records.length, all.path]).toEqual([4, join(folder, 'list.csv')]);
    const one = await hand(text, { choice: { footer: 1 } });
    expect([one.records.at(-1), one.reading.footer]).toEqual([['合计', '', '1'], 1]);
  });
});

describe('headers', () => {
  it('over groups of columns are joined where the lower ones are empty or stand there twice', async () => {
    const { head, records } = await hand(
      '客资编号,创建时间,客户,,伴侣,\n,,姓名,电话,姓名,电话\nL1,2026-01-02,小红,138,小明,139\n',
    );
    expect(head.headers).toEqual([
      '客资编号',
      '创建时间',
      '客户 姓名',
      '客户 电话',
      '伴侣 姓名',
      '伴侣 电话',
    ]);
    expect(records).toHaveLength(2);
  });

  it('in two languages count once', async () => {
    const { records, reading } = await hand(
      'lead_id,created_at,channel\n客资编号,创建时间,渠道\nL1,2026-01-02,美团\n',
    );
    expect(reading.header).toEqual({ first: 0, rows: 2 });
    expect(records).toEqual([
      ['客资编号', '创建时间', '渠道'],
      ['L1', '2026-01-02', '美团'],
    ]);
  });

  it('stand where a person says they stand, or nowhere', async () => {
    const text = 'a,b\nc,d\n1,2\n';
    const second = await hand(text, { choice: { header: { first: 1, rows: 1 } } });
    expect(second.records).toEqual([
      ['c', 'd'],
      ['1', '2'],
    ]);
    const none = await hand(text, { choice: { header: { first: 0, rows: 0 } } });
    expect(none.records).toEqual([
      ['1', '2'],
      ['a', 'b'],
      ['c', 'd'],
      ['1', '2'],
    ]);
    await expect(hand(text, { choice: { header: { first: 9, rows: 1 } } })).rejects.toMatchObject({
      code: 'no_header_row',
    });
  });

  it('may lack the column that a delimiter at the end of each record makes', async () => {
    const { records } = await hand('lead_id,created_at\nL1,2026-01-02,\nL2,2026-01-03,\n');
    expect(records).toEqual([
      ['lead_id', 'created_at', ''],
      ['L1', '2026-01-02', ''],
      ['L2', '2026-01-03', ''],
    ]);
  });
});

describe('line ends', () => {
  it('are made one kind where a file mixes them, but not inside values', async () => {
    const { text, path } = await hand(
      'lead_id,created_at,name\nL1,2026-01-02,"a\r\nb"\r\nL2,2026-01-03,c\rL3,2026-01-04,d',
    );
    expect(path).not.toBe(join(folder, 'list.csv'));
    expect(text).toBe('lead_id,created_at,name\nL1,2026-01-02,"a\r\nb"\nL2,2026-01-03,c\nL3,2026-01-04,d\n');
  });
});

describe('the delimiter', () => {
  it.each([',', ';', '\t', '|'] as const)('%j is found, with the others in values', async (delimiter) => {
    const cells = [
      ['lead_id', 'created_at', 'name'],
      ['L1', '2026-01-02', 'a,b;c\td|e'],
      ['L2', '2026-01-03', 'f'],
    ];
    const text = cells.map((row) => row.map((cell) => `"${cell}"`).join(delimiter)).join('\n');
    const { head, records } = await hand(text);
    expect(head.delimiter).toBe(delimiter);
    expect(records).toEqual(cells);
  });
});
