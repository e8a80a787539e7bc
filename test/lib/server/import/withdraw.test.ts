import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { bringInto, codeOf } from './bring.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const leads = (...rows: string[]) => ['lead_id,created_at,channel', ...rows].join('\n');
const bring = (...rows: string[]) => bringInto(studio, leads(...rows));
const withdraw = (batch: number) => withdrawBatch(studio.app, { batch: String(batch), by: 'wang' });
const standing = () =>
  studio.app.warehouse.query('select lead_id, channel, batch_id from exports.leads order by lead_id');
const journeys = () => studio.app.warehouse.query('select * from journeys order by journey_id');

describe('withdrawing a batch', () => {
  it('restores exactly what was before it, models included', async () => {
    await bring('L1,2026-03-01,a', 'L2,2026-03-01,b');
    const before = [await standing(), await journeys()];
    await bring('L2,2026-03-01,c', 'L3,2026-03-02,d');
    expect(await withdraw(2)).toEqual({
      batch: 2,
      table: 'leads',
      file: 'list.csv',
      removed: 2,
      restored: 1,
      opened: 0,
      mendings: [],
    });
    expect([await standing(), await journeys()]).toEqual(before);
  });

  it('leaves later batches as they are', async () => {
    await bring('L1,2026-03-01,a', 'L2,2026-03-01,a', 'L3,2026-03-01,a');
    await bring('L1,2026-03-01,b', 'L2,2026-03-01,b', 'L4,2026-03-01,b');
    await bring('L1,2026-03-01,c');
    expect(await withdraw(2)).toMatchObject({ removed: 2, restored: 1 });
    expect(await standing()).toEqual([
      { lead_id: 'L1', channel: 'c', batch_id: 3 },
      { lead_id: 'L2', channel: 'a', batch_id: 1 },
      { lead_id: 'L3', channel: 'a', batch_id: 1 },
    ]);
  });

  it('lets a row keep its first place when what came between is gone', async () => {
    await bring('L1,2026-03-01,a');
    await bring('L1,2026-03-01,b');
    await bring('L1,2026-03-01,a');
    expect(await standing()).toEqual([{ lead_id: 'L1', channel: 'a', batch_id: 3 }]);
    await withdraw(2);
    expect(await standing()).toEqual([{ lead_id: 'L1', channel: 'a', batch_id: 1 }]);
  });

  it('lets the row count that had only come again unchanged', async () => {
    await bring('L1,2026-03-01,a');
    await bring('L1,2026-03-01,a', 'L1,2026-03-01,a');
    await withdraw(1);
    expect(await standing()).toEqual([{ lead_id: 'L1', channel: 'a', batch_id: 2 }]);
  });

  it('stands in the history with who and when, and does not happen twice', async () => {
    await bring('L1,2026-03-01,a');
    await withdraw(1);
    expect(
      await studio.app.warehouse.query('select loaded, withdrawn_at, withdrawn_by from raw.batches'),
    ).toEqual([{ loaded: 1, withdrawn_at: '2026-11-20T02:00:00', withdrawn_by: 'wang' }]);
    expect(await codeOf(withdraw(1))).toBe('batch_withdrawn');
    expect(await codeOf(withdraw(7))).toBe('unknown_batch');
    expect(await bring('L1,2026-03-01,a')).toMatchObject({ batch: 2, loaded: 1 });
  });
});

describe('a row that comes again', () => {
  it('counts anew when it was impossible on the day it first came', async () => {
    await bring('L1,2026-12-24,a');
    await studio.app.warehouse.write((transaction) =>
      transaction.run("update raw.leads set imported_on = date '2026-11-01', created_at = '2026-11-10'"),
    );
    expect(await bring('L1,2026-11-10,a', 'L2,2026-11-10,a')).toMatchObject({ loaded: 1, unchanged: 1 });
    expect(await standing()).toMatchObject([{ batch_id: 2 }, { batch_id: 2 }]);
    expect(await journeys()).toHaveLength(2);
    await withdraw(2);
    expect(await standing()).toEqual([{ lead_id: 'L1', channel: 'a', batch_id: 1 }]);
  });
});
