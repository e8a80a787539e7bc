import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListMapping, Mapping } from '#lib/exports/mapping.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { mendRecords } from '#lib/server/import/mend.ts';
import { codeOf } from './bring.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const rows = (sql: string) => studio.app.warehouse.query(sql);
const bring = (text: string, mapping?: Mapping, name = 'list.csv') =>
  importFiles(studio.app, [{ ...studio.file(name, text), mapping }]);
const one = (list: ListMapping): Mapping => ({ lists: [list] });

describe('what a person decided about a list', () => {
  it('fills what the file leaves empty, and reads its words by their meaning', async () => {
    const text = '编号,时间,店,成交\nV1,2026-01-01,,是\nV2,2026-01-02,南,否\nV3,2026-01-03,北,-\n';
    const { summaries } = await bring(
      text,
      one({
        table: 'visits',
        columns: { visit_id: '编号', visited_at: '时间', store: '店', outcome: '成交' },
        constants: { store: '解放碑店', staff_id: '王芳' },
        values: { outcome: { 是: 'booked', 否: 'no_sale', '-': '' }, store: { 南: '南坪店' } },
      }),
    );
    expect(summaries).toMatchObject([{ read: 3, loaded: 3, rejected: 0 }]);
    expect(
      await rows('select visit_id, store, staff_id, outcome, extra from exports.visits order by 1'),
    ).toEqual([
      { visit_id: 'V1', store: '解放碑店', staff_id: '王芳', outcome: 'booked', extra: null },
      { visit_id: 'V2', store: '南坪店', staff_id: '王芳', outcome: 'no_sale', extra: null },
      { visit_id: 'V3', store: '北', staff_id: '王芳', outcome: null, extra: null },
    ]);
  });

  it('multiplies in the notation of each column, and rejects a record whose factor is missing', async () => {
    const text = 'no;day;price;pieces\nA;2026-01-01;1.234,505;2\nB;2026-01-01;10,00;\nC;2026-01-01;1,50;x\n';
    const { summaries, rejects } = await bring(
      text,
      one({ table: 'orders', columns: { order_id: 'no', ordered_at: 'day', amount: 'price*pieces' } }),
    );
    expect(summaries).toMatchObject([{ read: 3, loaded: 1, rejected: 2 }]);
    expect(rejects[0]?.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [2, 'pieces', 'required'],
      [3, 'pieces', 'number'],
    ]);
    expect(await rows('select order_id, amount::varchar as amount from exports.orders')).toEqual([
      { order_id: 'A', amount: '2469.01' },
    ]);
  });
});

describe('lines of orders', () => {
  const summing: Mapping = one({
    table: 'orders',
    columns: { order_id: 'no', ordered_at: 'day', amount: 'price*pieces', status: 'state' },
    sum: ['amount'],
    only: ['pieces>0', 'no starts_not C'],
  });
  const lines = (...records: string[]) => `no,day,price,pieces,state,land\n${records.join('\n')}\n`;

  it('become orders: read = loaded + superseded + rejected, and no half of an order is loaded', async () => {
    const text = lines(
      'A,2026-01-02,0.335,1,,FR',
      'A,2026-01-02,0.335,2,cancelled,FR',
      'B,2026-01-03,5,1,,DE',
      'B,2026-01-03,soon,1,,DE',
      'C1,2026-01-03,9,1,,DE',
      'D,2026-01-04,9,-1,,DE',
      'D,2026-01-04,9,4,,AT',
    );
    const { summaries, rejects, leftOut } = await bring(text, summing);
    expect(summaries).toMatchObject([{ read: 7, loaded: 2, superseded: 1, rejected: 4 }]);
    expect(leftOut).toEqual([2]);
    expect(rejects[0]?.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [3, null, 'sum_incomplete'],
      [4, 'price', 'money'],
    ]);
    expect(
      await rows(
        'select order_id, amount::varchar as amount, status, extra, line from exports.orders order by 1',
      ),
    ).toEqual([
      { order_id: 'A', amount: '1.01', status: 'cancelled', extra: '{"land":"FR"}', line: 1 },
      { order_id: 'D', amount: '36.00', status: 'active', extra: '{"land":"AT"}', line: 7 },
    ]);
    expect(await rows('select line from raw.quarantine order by line')).toEqual([{ line: 3 }, { line: 4 }]);
    expect(
      await rows("select line, reason from raw.rejects where reason = 'left_out' order by line"),
    ).toEqual([
      { line: 5, reason: 'left_out' },
      { line: 6, reason: 'left_out' },
    ]);
  });

  it('are mended together, and never take the place of an order that was summed without them', async () => {
    await bring(
      lines('A,2026-01-02,1,1,,FR', 'A,2026-01-02', 'B,2026-01-03,5,1,,DE', 'B,2026-01-03,soon,1,,DE'),
      summing,
    );
    const mend = (line: number, text: string) =>
      mendRecords(studio.app, { batch: '1', records: [{ line, cells: text.split(',') }], by: null });
    expect(await codeOf(mend(2, 'A,2026-01-02,9,1,,FR'))).toBe('sum_stands');
    expect((await mend(4, 'B,2026-01-03,2,1,,DE')).summary).toMatchObject({
      read: 2,
      loaded: 1,
      superseded: 1,
    });
    expect(await rows('select order_id, amount::varchar as amount from exports.orders order by 1')).toEqual([
      { order_id: 'A', amount: '1.00' },
      { order_id: 'B', amount: '7.00' },
    ]);
  });

  it('change nothing when they come again', async () => {
    const text = lines('A,2026-01-02,1,1,,FR', 'A,2026-01-02,2,1,,FR');
    await bring(text, summing);
    expect((await bring(text, summing)).summaries).toMatchObject([
      { read: 2, loaded: 0, unchanged: 1, superseded: 1, rejected: 0 },
    ]);
  });
});

describe('a sheet with a row for each lead and what came of it', () => {
  const sheet = [
    '客资编号,录入时间,门店,进店时间,进店结果,下单时间,成交金额,备注',
    'L1,2026-01-01,南店,2026-01-03,成交,2026-01-03,"3,999.00",熟客',
    'L2,2026-01-02,南店,2026-01-04,未成交,,,',
    'L3,2026-01-02,北店,,,,,x',
    'L4,2026-01-05,北店,bald,,2026-01-09,,',
    '',
  ].join('\n');

  it('feeds leads, visits and orders by itself; each record counts for the lists that it says something about', async () => {
    const { summaries, rejects } = await bring(sheet);
    expect(summaries.map(({ table, read, loaded, rejected }) => [table, read, loaded, rejected])).toEqual([
      ['leads', 4, 4, 0],
      ['visits', 3, 2, 1],
      ['orders', 2, 1, 1],
    ]);
    expect(rejects.map((list) => list.map(({ line, column, reason }) => [line, column, reason]))).toEqual([
      [],
      [[4, '进店时间', 'instant']],
      [[4, '成交金额', 'required']],
    ]);
    expect(
      await rows('select order_id, lead_id, amount::varchar as amount, store, extra from exports.orders'),
    ).toEqual([
      { order_id: 'L1', lead_id: 'L1', amount: '3999.00', store: '南店', extra: '{"备注":"熟客"}' },
    ]);
    expect(await rows('select visit_id, lead_id, outcome from exports.visits order by 1')).toEqual([
      { visit_id: 'L1', lead_id: 'L1', outcome: 'booked' },
      { visit_id: 'L2', lead_id: 'L2', outcome: 'no_sale' },
    ]);
  });

  it('counts a record that cannot be divided once, in its first list', async () => {
    const { summaries } = await bring(`${sheet}L5,2026-01-06\nL6,2026-01-06,,2026-01-07,,,,\n`);
    expect(summaries.map(({ table, read, loaded, rejected }) => [table, read, loaded, rejected])).toEqual([
      ['leads', 6, 5, 1],
      ['visits', 4, 3, 1],
      ['orders', 2, 1, 1],
    ]);
    expect(await rows("select line from exports.visits where visit_id = 'L6'")).toEqual([{ line: 6 }]);
  });
});
