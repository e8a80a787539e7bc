import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '#lib/exports/plan.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { batchOf } from '#lib/server/import/ledger.ts';
import { mendRecords } from '#lib/server/import/mend.ts';
import type { MendedRecord } from '#lib/server/import/mend.ts';
import { openRecords } from '#lib/server/import/quarantine.ts';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { codeOf } from './bring.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const list = [
  '编号,日期,渠道,渠道',
  'L1,2026-03-01,a,x',
  'L2,soon,"b, ""c""",y',
  ',2026-03-03,d,',
  'L4,2026-03-04',
  'L5,2026-03-05,e,z',
].join('\n');
const plan: Plan = { lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1, channel: 2 } }] };

const bring = (content = list, by = plan) =>
  importFiles(studio.app, [{ ...studio.file('leads.csv', content), plan: by }]);
const open = async (batch = '1', page = 1, size = 50) =>
  openRecords(studio.app.warehouse, await batchOf(studio.app.warehouse, batch), { page, size });
const mend = (...records: MendedRecord[]) => mendRecords(studio.app, { batch: '1', records, by: 'li' });
const leads = () =>
  studio.app.warehouse.query('select lead_id, channel, extra, batch_id from exports.leads order by lead_id');

describe('rejected records', () => {
  it('wait whole, with every cell and every problem, in the order of the file', async () => {
    await bring();
    expect(await open()).toEqual({
      open: 3,
      records: [
        {
          line: 2,
          cells: ['L2', 'soon', 'b, "c"', 'y'],
          divided: true,
          raw: 'L2,soon,"b, ""c""",y',
          problems: [{ column: 1, reason: 'instant' }],
        },
        {
          line: 3,
          cells: [null, '2026-03-03', 'd', null],
          divided: true,
          raw: ',2026-03-03,d,',
          problems: [{ column: 0, reason: 'required' }],
        },
        {
          line: 4,
          cells: ['L4', '2026-03-04', null, null],
          divided: false,
          raw: 'L4,2026-03-04',
          problems: [{ column: null, reason: 'too_few_columns' }],
        },
      ],
    });
    expect((await open('1', 2, 2)).records.map(({ line }) => line)).toEqual([4]);
  });

  it('come in as a batch of their own when they are mended, by the plan of the first time', async () => {
    await bring();
    const { summary, wrong } = await mend(
      { line: 4, cells: ['L4', '2026-03-04', 'f', 'w'] },
      { line: 2, cells: ['L2', '2026-03-02', 'b, "c"', 'y'] },
    );
    expect(summary).toMatchObject({
      batch: 2,
      table: 'leads',
      file: 'leads.csv',
      read: 2,
      loaded: 2,
      rejected: 0,
    });
    expect(wrong).toEqual([]);
    expect(await leads()).toMatchObject([
      { lead_id: 'L1', batch_id: 1 },
      { lead_id: 'L2', channel: 'b, "c"', extra: '{"渠道 (column 4)":"y"}', batch_id: 2 },
      { lead_id: 'L4', channel: 'f', extra: '{"渠道 (column 4)":"w"}', batch_id: 2 },
      { lead_id: 'L5', batch_id: 1 },
    ]);
    expect((await open()).records.map(({ line }) => line)).toEqual([3]);
    expect(
      await studio.app.warehouse.query(
        'select mends, source, imported_by, decided_by from raw.batches where batch_id = 2',
      ),
    ).toEqual([{ mends: 1, source: 'mending', imported_by: 'li', decided_by: 'person' }]);
  });

  it('are taken by the columns of the first time, which the history lays to whoever decided them then', async () => {
    await importFiles(studio.app, [studio.file('leads.csv', 'lead_id,created_at\nL1,soon\n')]);
    await mend({ line: 1, cells: ['L1', '2026-03-02'] });
    expect(await studio.app.warehouse.query('select decided_by from raw.batches')).toEqual([
      { decided_by: 'headers' },
      { decided_by: 'headers' },
    ]);
  });

  it('stay where they were when they are still wrong, and hold up nothing else', async () => {
    await bring();
    const { summary, wrong } = await mend(
      { line: 2, cells: ['L2', 'later', 'b', 'y'] },
      { line: 3, cells: ['L3', '2026-03-03', 'd', null] },
    );
    expect(summary).toMatchObject({ read: 2, loaded: 1, rejected: 1 });
    expect(wrong).toMatchObject([{ line: 2, column: '日期', reason: 'instant' }]);
    expect((await open()).records.map(({ line }) => line)).toEqual([2, 4]);
    expect((await open('2')).records).toEqual([]);
  });

  it('are records however they look: nothing of a mending is taken for a line of sums or an empty end', async () => {
    await bring();
    const { summary, wrong } = await mend(
      { line: 2, cells: ['合计', '2026-03-02', null, null] },
      { line: 3, cells: ['总计', null, null, null] },
      { line: 4, cells: [null, null, null, null] },
    );
    expect(summary).toMatchObject({ read: 3, loaded: 1, rejected: 2 });
    expect(wrong.map(({ line }) => line)).toEqual([3, 4, 4]);
  });

  it('leave no batch behind when none of them could be taken', async () => {
    await bring();
    const { summary, wrong } = await mend({ line: 2, cells: ['L2', 'later', 'b', 'y'] });
    expect(summary).toBeNull();
    expect(wrong).toMatchObject([{ line: 2, reason: 'instant' }]);
    expect(await studio.app.warehouse.query('select count(*) as n from raw.batches')).toEqual([{ n: 1 }]);
  });

  it('are open again when their mending is withdrawn', async () => {
    await bring();
    const fixed = { line: 2, cells: ['L2', '2026-03-02', 'b', 'y'] };
    await mend(fixed);
    expect(await codeOf(mend(fixed))).toBe('not_in_quarantine');
    expect(await withdrawBatch(studio.app, { batch: '2', by: null })).toMatchObject({
      removed: 1,
      opened: 1,
    });
    expect((await open()).open).toBe(3);
    expect((await mend(fixed)).summary).toMatchObject({ batch: 3, loaded: 1 });
    expect(await withdrawBatch(studio.app, { batch: '1', by: null })).toMatchObject({ mendings: [3] });
    expect(await leads()).toMatchObject([{ lead_id: 'L2', batch_id: 3 }]);
  });

  it('cannot be mended when they were not rejected, come twice, or their batch was withdrawn', async () => {
    await bring();
    const fixed = { line: 2, cells: ['L2', '2026-03-02', 'b', 'y'] };
    expect(await codeOf(mend({ ...fixed, line: 1 }))).toBe('not_in_quarantine');
    expect(await codeOf(mend(fixed, fixed))).toBe('not_in_quarantine');
    expect(await codeOf(mend())).toBe('not_in_quarantine');
    await withdrawBatch(studio.app, { batch: '1', by: null });
    expect(await codeOf(mend(fixed))).toBe('batch_withdrawn');
  });
});

describe('rejected lines of orders', () => {
  const lines = [
    'InvoiceNo,InvoiceDate,Amount,Kind',
    'A,2026-03-01,10.00,sale',
    'A,2026-03-01,much,sale',
    'A,2026-03-01,5.00,fee',
    'B,2026-03-02,1.00,sale',
    'C,later,2.00,sale',
  ].join('\n');
  const summed: Plan = {
    lists: [
      {
        table: 'orders',
        columns: { order_id: 0, ordered_at: 1, amount: 2 },
        sum: ['amount'],
        only: [{ column: 3, is: '=', value: 'sale' }],
      },
    ],
  };
  const orders = () =>
    studio.app.warehouse.query('select order_id, amount from exports.orders order by order_id');

  it('come in with the other lines of their order, and lines that a rule leaves out are nothing to mend', async () => {
    await importFiles(studio.app, [{ ...studio.file('lines.csv', lines), plan: summed }]);
    expect(await orders()).toEqual([{ order_id: 'B', amount: '1.00' }]);
    const { records } = await open();
    expect(records.map(({ line, problems }) => [line, problems.map(({ reason }) => reason)])).toEqual([
      [1, ['sum_incomplete']],
      [2, ['money']],
      [5, ['instant']],
    ]);
    const { summary } = await mend({ line: 2, cells: ['A', '2026-03-01', '20.00', 'sale'] });
    expect(summary).toMatchObject({ read: 2, loaded: 1, superseded: 1, rejected: 0 });
    expect(await orders()).toEqual([
      { order_id: 'A', amount: '30.00' },
      { order_id: 'B', amount: '1.00' },
    ]);
    expect((await open()).records.map(({ line }) => line)).toEqual([5]);
    expect(await withdrawBatch(studio.app, { batch: '2', by: null })).toMatchObject({ opened: 2 });
  });

  it('come in without lines that have no number of an order, or cannot be told apart', async () => {
    const more = [...lines.split('\n'), ',2026-03-01,7.00,sale', 'C,2026-03-03,3.00,sale,sale'].join('\n');
    await importFiles(studio.app, [{ ...studio.file('lines.csv', more), plan: summed }]);
    expect((await open()).records.map(({ line }) => line)).toEqual([1, 2, 5, 6, 7]);
    const { wrong } = await mend({ line: 6, cells: [null, '2026-03-01', '7.00', 'sale'] });
    expect(wrong.map(({ line, reason }) => [line, reason])).toEqual([[6, 'required']]);
    expect(await mend({ line: 5, cells: ['C', '2026-03-03', '2.00', 'sale'] })).toMatchObject({
      summary: { read: 1, loaded: 1 },
      wrong: [],
    });
  });
});

describe('rejected records of a sheet that feeds several lists', () => {
  const sheet = (day: string) =>
    [
      'Lead,Created,Came,Note',
      'L1,2026-03-01,2026-03-05,x',
      `L2,2026-03-02,${day},y`,
      'L3,2026-03-03,,z',
    ].join('\n');
  const wide: Plan = {
    lists: [
      { table: 'leads', columns: { lead_id: 0, created_at: 1 } },
      { table: 'visits', columns: { visit_id: 0, lead_id: 0, visited_at: 2 } },
    ],
  };
  const bringSheet = (day: string) =>
    importFiles(studio.app, [{ ...studio.file('sheet.csv', sheet(day)), plan: wide }]);

  it('come in as they would have stood in the sheet: the mended sheet finds them unchanged', async () => {
    await bringSheet('soon');
    const { records } = await open('2');
    expect(records).toMatchObject([{ line: 2, cells: ['L2', '2026-03-02', 'soon', 'y'] }]);
    const mended = { line: 2, cells: ['L2', '2026-03-02', '2026-03-06', 'y'] };
    const { summary } = await mendRecords(studio.app, { batch: '2', records: [mended], by: null });
    expect(summary).toMatchObject({ table: 'visits', read: 1, loaded: 1 });
    const { summaries } = await bringSheet('2026-03-06');
    expect(summaries).toMatchObject([
      { table: 'leads', read: 3, unchanged: 3 },
      { table: 'visits', read: 2, unchanged: 2 },
    ]);
  });
});
