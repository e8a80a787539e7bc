import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import type { Progress } from '#lib/server/import/import-files.ts';
import { bringInto, codeOf } from './bring.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const bring = (content: string | Uint8Array, options?: Parameters<typeof bringInto>[2], name?: string) =>
  bringInto(studio, content, options, name);
const rows = (sql: string) => studio.app.warehouse.query(sql);

describe('what becomes of a record', () => {
  it('is counted exactly once: loaded, replaced, unchanged, superseded or rejected', async () => {
    await bring('lead_id,created_at,channel\nL1,2026-01-01,a\nL2,2026-01-02,b\n');
    const { rejects, ...summary } = await bring(
      'lead_id,created_at,channel\nL1,2026-01-01,a\nL2,2026-01-02,c\nL3,2026-01-03,x\nL3,2026-01-03,y\nL4,soon,z\n',
    );
    expect(summary).toEqual({
      file: 'list.csv',
      table: 'leads',
      batch: 2,
      read: 5,
      loaded: 1,
      replaced: 1,
      unchanged: 1,
      superseded: 1,
      rejected: 1,
    });
    expect(rejects).toEqual([{ line: 5, column: 'created_at', reason: 'instant', raw: 'L4,soon,z' }]);
    expect(await rows('select lead_id, channel, batch_id, line from exports.leads order by 1')).toEqual([
      { lead_id: 'L1', channel: 'a', batch_id: 1, line: 1 },
      { lead_id: 'L2', channel: 'c', batch_id: 2, line: 2 },
      { lead_id: 'L3', channel: 'y', batch_id: 2, line: 4 },
    ]);
  });

  it('is known by its number and its text when it was rejected, across quoted line ends and empty lines', async () => {
    const { rejected, rejects } = await bring(
      'lead_id,created_at,channel\r\n\r\nL1,2026-01-01,"two\r\nlines"\r\nL2\r\n\r\n,2026-01-02,"a ""b"""\r\nL4,2026-02-30,c,d,e\r\nL5,2026-02-30,"x\r\ny"\r\nL6,2026-01-03,ok',
    );
    expect(rejected).toBe(4);
    expect(rejects).toEqual([
      { line: 2, column: null, reason: 'too_few_columns', raw: 'L2' },
      { line: 3, column: 'lead_id', reason: 'required', raw: ',2026-01-02,"a ""b"""' },
      { line: 4, column: null, reason: 'too_many_columns', raw: 'L4,2026-02-30,c,d,e' },
      { line: 5, column: 'created_at', reason: 'instant', raw: 'L5,2026-02-30,"x\r\ny"' },
    ]);
    expect(await rows('select lead_id, line from exports.leads order by line')).toEqual([
      { lead_id: 'L1', line: 1 },
      { lead_id: 'L6', line: 6 },
    ]);
    expect(await rows('select line, column_name, reason, raw_text from raw.rejects order by line')).toEqual(
      rejects.map(({ line, column, reason, raw }) => ({ line, column_name: column, reason, raw_text: raw })),
    );
  });

  it('is rejected once with each of its problems named', async () => {
    const { rejected, rejects } = await bring(
      'order_id,ordered_at,amount,status,cancelled_at\n,yesterday,much,perhaps,never\n',
    );
    expect(rejected).toBe(1);
    expect(rejects.map(({ column, reason }) => `${column}:${reason}`)).toEqual([
      'order_id:required',
      'ordered_at:instant',
      'amount:money',
      'status:choice',
      'cancelled_at:instant',
    ]);
  });

  it('is rejected where a spreadsheet has rounded its key, so that several records do not become one', async () => {
    const { rejected, loaded, rejects } = await bring(
      'order_id,ordered_at,amount\n2.02611E+13,2026-01-01,1\n2.02611E+13,2026-01-02,2\n2E+5,2026-01-02,3\nA+1.5E+3,2026-01-02,4\n',
    );
    expect({ rejected, loaded }).toEqual({ rejected: 3, loaded: 1 });
    expect(rejects.map(({ line, column, reason }) => `${line} ${column} ${reason}`)).toEqual([
      '1 order_id scientific',
      '2 order_id scientific',
      '3 order_id scientific',
    ]);
  });

  it.each([
    ['the customer', 'order_id,ordered_at,amount,customer_id', 'O1,2026-01-01,1,1.38E+10', 'customer_id'],
    ['the telephone', 'lead_id,created_at,phone', 'L1,2026-01-01,1.38001E+10', 'phone'],
    ['the WeChat name', 'lead_id,created_at,wechat', 'L1,2026-01-01,"1,38001e+10"', 'wechat'],
  ])(
    'is rejected where a spreadsheet has rounded %s: several people would become one',
    async (_, ...file) => {
      const [headers, record, column] = file;
      const { loaded, rejects } = await bring(`${headers}\n${record}\n`);
      expect({ loaded, rejects }).toMatchObject({ loaded: 0, rejects: [{ column, reason: 'scientific' }] });
    },
  );

  it('supersedes an accepted record only when it is accepted itself', async () => {
    const summary = await bring('lead_id,created_at\nL1,2026-01-01\nL1,never\n');
    expect(summary).toMatchObject({ read: 2, loaded: 1, superseded: 0, rejected: 1 });
  });

  it('keeps the day it was first seen while nothing in it changes', async () => {
    await bring('order_id,ordered_at,amount,status\nO1,2026-01-01,100,cancelled\n');
    const later = { ...studio.app, clock: () => new Date('2026-11-27T02:00:00Z') };
    await importFiles(later, [
      studio.file('again.csv', 'order_id,ordered_at,amount,status\nO1,2026-01-01,100.00,已取消\n'),
    ]);
    expect(await rows('select imported_on, batch_id from exports.orders')).toEqual([
      { imported_on: '2026-11-20', batch_id: 1 },
    ]);
  });
});

describe('files', () => {
  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['bar', '|'],
  ])('may be divided by a %s', async (_, delimiter) => {
    const text = [
      ['lead_id', 'created_at', 'channel'],
      ['L1', '2026-01-01', '"a,;|b"'],
    ]
      .map((record) => record.join(delimiter))
      .join('\n');
    expect(await bring(text)).toMatchObject({ read: 1, loaded: 1 });
    expect(await rows('select channel from exports.leads')).toEqual([{ channel: 'a,;|b' }]);
  });

  it.each([
    ['line feeds', '\n'],
    ['carriage return and line feed', '\r\n'],
    ['bare carriage returns', '\r'],
  ])('may end lines with %s, behind a byte-order mark', async (_, end) => {
    expect(await bring(`\ufefflead_id,created_at${end}L1,2026-01-01${end}L2,x${end}`)).toMatchObject({
      read: 2,
      loaded: 1,
      rejected: 1,
    });
  });

  it('may mix line ends', async () => {
    expect(await bring('lead_id,created_at\r\nL1,2026-01-01\nL2,2026-01-01\r\nL3\n')).toMatchObject({
      read: 3,
      loaded: 2,
      rejected: 1,
    });
  });

  it('may have names that look like patterns', async () => {
    studio.file('leads1.csv', 'lead_id,created_at\nX1,2026-01-01\n');
    expect(await bring('lead_id,created_at\nL1,2026-01-01\n', {}, 'leads[1]*.csv')).toMatchObject({
      read: 1,
      loaded: 1,
    });
    expect(await rows('select lead_id from exports.leads')).toEqual([{ lead_id: 'L1' }]);
  });

  it('may hold inch marks and stray quotation marks inside values', async () => {
    expect(
      await bring(
        'lead_id,created_at,channel\nL1,2026-01-01,10" frame\nL2,2026-01-01,"a"b\nL3,2026-01-01,c\n',
      ),
    ).toMatchObject({ read: 3, loaded: 2, rejected: 1 });
  });

  it('of several stores decide by their values what 门市 means', async () => {
    await bring('员工编号,姓名\nE01,乐乐\nE02,王芳\n');
    await bring('客资编号,录入时间,门市\nL1,2026-01-01,乐乐\nL2,2026-01-01,E02\n');
    expect(await rows('select staff_id, store from exports.leads order by line')).toEqual([
      { staff_id: '乐乐', store: null },
      { staff_id: 'E02', store: null },
    ]);
    await bring('订单编号,下单时间,金额,门市\nO1,2026-01-01,1,中山店\n');
    expect(await rows('select staff_id, store from exports.orders')).toEqual([
      { staff_id: null, store: '中山店' },
    ]);
    expect(await codeOf(bring('客资编号,录入时间,门市\nL3,2026-01-01,A1\n'))).toBe('ambiguous_column');
    expect(
      await bring('客资编号,录入时间,门市\nL3,2026-01-01,A1\n', {
        mapping: mappingByHeader(undefined, { store: '门市' }),
      }),
    ).toMatchObject({ loaded: 1 });
  });
});

describe('whoever waits for an import', () => {
  it('is told how far each file has been read and that it is stored, then that the models are built', async () => {
    const one = studio.file('one.csv', 'lead_id,created_at\nL1,2026-01-01\n');
    const two = studio.file('two.csv', 'visit_id,visited_at,lead_id\nV1,2026-01-02,L1\n');
    const seen: Progress[] = [];
    await importFiles(studio.app, [one, two], { onProgress: (progress) => void seen.push(progress) });
    expect(seen.filter((progress, at) => JSON.stringify(progress) !== JSON.stringify(seen[at - 1]))).toEqual([
      { kind: 'reading', file: 0, records: 0, bytes: 0, of: 33 },
      { kind: 'reading', file: 0, records: 1, bytes: 33, of: 33 },
      { kind: 'reading', file: 1, records: 0, bytes: 0, of: 45 },
      { kind: 'reading', file: 1, records: 1, bytes: 45, of: 45 },
      { kind: 'storing', file: 0 },
      { kind: 'storing', file: 1 },
      { kind: 'building' },
    ]);
  });
});

describe('the ledger', () => {
  it('keeps each record that can be mended once, column by column where it could be divided', async () => {
    await bring('lead_id,created_at,Farbe,Farbe\nL1,soon, rot ,\nL2\n,x,a,"b\nc"\nL4,2026-01-04,,\n');
    const kept = await studio.app.warehouse.query(
      'select batch_id, line, cells, raw_text, mended_in from raw.quarantine order by line',
    );
    const first = '["L1","soon","rot",null]';
    const third = '[null,"x","a","b\\nc"]';
    expect(kept).toEqual([
      { batch_id: 1, line: 1, cells: first, raw_text: 'L1,soon, rot ,', mended_in: null },
      { batch_id: 1, line: 2, cells: null, raw_text: 'L2', mended_in: null },
      { batch_id: 1, line: 3, cells: third, raw_text: ',x,a,"b\nc"', mended_in: null },
    ]);
  });

  it('says from where a list came, what stood above its columns and who decided what they are', async () => {
    const origin = { way: 'pull', name: 'till', by: 'Li' } as const;
    await bring('客资编号,录入时间,颜色\nL1,2026-01-01,红\n', { origin });
    await bring('lead_id,created_at\nL1,2026-01-01\n', { mapping: mappingByHeader('leads'), mends: 1 });
    const plan = { lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1 } }] };
    await importFiles(studio.app, [{ ...studio.file('c.csv', 'a,b\nL1,2026-01-01\n'), plan }]);
    expect(
      await studio.app.warehouse.query(
        'select source, source_name, imported_by, headers, plan, decided_by, mends from raw.batches order by batch_id',
      ),
    ).toEqual([
      {
        source: 'pull',
        source_name: 'till',
        imported_by: 'Li',
        headers: '["客资编号","录入时间","颜色"]',
        plan: '{"table":"leads","columns":{"lead_id":0,"created_at":1}}',
        decided_by: 'headers',
        mends: null,
      },
      {
        source: null,
        source_name: null,
        imported_by: null,
        headers: '["lead_id","created_at"]',
        plan: '{"table":"leads","columns":{"lead_id":0,"created_at":1}}',
        decided_by: 'headers',
        mends: 1,
      },
      {
        source: null,
        source_name: null,
        imported_by: null,
        headers: '["a","b"]',
        plan: JSON.stringify(plan.lists[0]),
        decided_by: 'person',
        mends: null,
      },
    ]);
  });

  it('counts the records whose money had more than two decimals, not the ones that only write zeros', async () => {
    const list =
      'order_id,ordered_at,amount,cost\nO1,2026-01-01,10.005,1\nO2,2026-01-01,10.500,1.999\nO3,2026-01-01,7.0000,1\nO4,never,1.234,1\n';
    const { rounded } = await importFiles(studio.app, [studio.file('orders.csv', list)]);
    expect(rounded).toEqual([2]);
    expect(await rows('select rounded from raw.batches')).toEqual([{ rounded: 2 }]);
  });

  it('holds a line for each file, with its hash, its mapping and what became of its records', async () => {
    await bring('客资编号,录入时间\nL1,2026-01-01\nL2,x\n', {}, '客资.csv');
    const [batch] = await rows('select * from raw.batches');
    expect(batch).toMatchObject({
      batch_id: 1,
      table_name: 'leads',
      file: '客资.csv',
      mapping: '{"lead_id":"客资编号","created_at":"录入时间"}',
      time_zone: 'Asia/Shanghai',
      imported_at: '2026-11-20T02:00:00',
      imported_on: '2026-11-20',
      read: 2,
      loaded: 1,
      rejected: 1,
      withdrawn_at: null,
    });
    expect(batch?.['file_hash']).toMatch(/^[0-9a-f]{64}$/);
  });
});
