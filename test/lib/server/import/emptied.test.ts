import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { bringInto } from './bring.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const full = `订单号,下单时间,金额,客资编号,订单状态,取消时间,套系颜色
O1,2026-11-17,4000,L1,,,红
O2,2026-11-18,3999,L2,已取消,2026-11-19,
`;
const short = '订单号,下单时间,金额\nO1,2026-11-17,4000\nO2,2026-11-18,3999\nO3,2026-11-19,100\n';

const bring = (text: string) => importFiles(studio.app, [studio.file('orders.csv', text)]);
const noted = () =>
  studio.app.warehouse.query('select batch_id, line, field from raw.emptied order by batch_id, line, field');

describe('a file without columns that stand filled in', () => {
  it('is told what the records that it replaces lose: fields, statuses other than the default, unknown columns', async () => {
    await bring(full);
    const { summaries, emptied } = await bring(short);
    expect(summaries).toMatchObject([{ loaded: 1, replaced: 2 }]);
    expect(emptied).toEqual([
      [
        { field: 'lead_id', records: 2 },
        { field: 'cancelled_at', records: 1 },
        { field: 'status', records: 1 },
        { field: '套系颜色', records: 1 },
      ],
    ]);
    expect(await noted()).toEqual([
      { batch_id: 2, line: 1, field: 'lead_id' },
      { batch_id: 2, line: 1, field: '套系颜色' },
      { batch_id: 2, line: 2, field: 'cancelled_at' },
      { batch_id: 2, line: 2, field: 'lead_id' },
      { batch_id: 2, line: 2, field: 'status' },
    ]);
  });

  it('counts wholly all the same', async () => {
    await bring(full);
    await bring(short);
    expect(
      await studio.app.warehouse.query(
        'select order_id, lead_id, status, extra from exports.orders order by order_id',
      ),
    ).toEqual(
      ['O1', 'O2', 'O3'].map((order_id) => ({ order_id, lead_id: null, status: 'active', extra: null })),
    );
  });

  it('is told so by a trial too, which notes nothing', async () => {
    await bring(full);
    const { emptied } = await importFiles(studio.app, [studio.file('orders.csv', short)], { dryRun: true });
    expect(emptied[0]).toHaveLength(4);
    expect(await noted()).toEqual([]);
  });

  it('loses nothing by a column that it has and leaves empty, nor where it comes first', async () => {
    expect((await bring(short)).emptied).toEqual([[]]);
    expect((await bring(full)).emptied).toEqual([[]]);
    const { emptied } = await bring(full.replace('L1', '').replace('红', ''));
    expect(emptied).toEqual([[]]);
  });

  it('loses nothing by a column that was unknown and fills a field now', async () => {
    await bringInto(studio, 'lead_id,created_at,room\nL1,2026-01-01,7\n');
    const mapping = mappingByHeader('leads', { store: 'room' });
    const source = { ...studio.file('list.csv', 'lead_id,created_at,room\nL1,2026-01-01,7\n'), mapping };
    expect((await importFiles(studio.app, [source])).emptied).toEqual([[]]);
  });

  it('loses a field whose column it has but does not use, also where both are called the same', async () => {
    const text = 'order_id,ordered_at,amount,status\nO1,2026-01-01,1,cancelled\n';
    await bringInto(studio, text);
    const columns = { order_id: 'order_id', ordered_at: 'ordered_at', amount: 'amount' };
    const mapping = { lists: [{ table: 'orders', columns, others: 'kept' as const }] };
    const source = { ...studio.file('list.csv', text), mapping };
    const lost = [{ field: 'status', records: 1 }];
    expect((await importFiles(studio.app, [source])).emptied).toEqual([lost]);
    await bringInto(studio, text.replace(',1,', ',2,'));
    await withdrawBatch(studio.app, { batch: '3', by: null });
    expect(await noted()).toEqual([{ batch_id: 2, line: 1, field: 'status' }]);
  });

  it('loses nothing to a constant that fills the field', async () => {
    await bringInto(studio, 'lead_id,created_at,store\nL1,2026-01-01,A\n');
    const mapping = {
      lists: [{ table: 'leads', columns: {}, others: 'by_header' as const, constants: { store: 'B' } }],
    };
    const source = { ...studio.file('list.csv', 'lead_id,created_at\nL1,2026-01-01\n'), mapping };
    expect((await importFiles(studio.app, [source])).emptied).toEqual([[]]);
  });
});

describe('what records lost', () => {
  it('is found anew when the file that had it is withdrawn', async () => {
    await bring(short);
    await bring(full);
    await bring(short.replace('4000', '4001'));
    expect((await noted()).length).toBe(5);
    await withdrawBatch(studio.app, { batch: '2', by: null });
    expect(await noted()).toEqual([]);
  });

  it('is laid to the file that replaces the fuller one once those between are withdrawn', async () => {
    await bring(full);
    await bring(short);
    await bring(short.replace('4000', '4001'));
    await withdrawBatch(studio.app, { batch: '2', by: null });
    expect(await noted()).toMatchObject([
      { batch_id: 3, line: 1, field: 'lead_id' },
      { batch_id: 3, line: 1, field: '套系颜色' },
      { batch_id: 3, line: 2 },
      { batch_id: 3, line: 2 },
      { batch_id: 3, line: 2 },
    ]);
  });
});
