import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFiles } from '#lib/server/import/import-files.ts';
import type { Style } from '#lib/exports/plan.ts';
import { bringInto, codeOf } from '../bring.ts';
import { studioFolder } from '../studio-folder.ts';
import type { StudioFolder } from '../studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const rows = (sql: string) => studio.app.warehouse.query(sql);
const list = (lines: readonly string[]) => ['order_id,ordered_at,amount', ...lines].join('\n');
const plainLines = Array.from(
  { length: 700 },
  (_, at) => `P${at},2026-01-0${(at % 9) + 1} 10:00:00,${at}.50`,
);

describe('an imported list', () => {
  it('is not imported at all while nothing decides between day and month', async () => {
    expect(await codeOf(bringInto(studio, list(['O1,03/04/2026,1', 'O2,05/06/2026,2'])))).toBe(
      'ambiguous_dates',
    );
    expect(await rows('select count(*) as batches from raw.batches')).toEqual([{ batches: 0 }]);
  });

  it('is read as a person said', async () => {
    const file = studio.file('list.csv', list(['O1,03/04/2026,1.500', 'O2,05/06/2026,"12,50"']));
    const styles: Record<string, Style> = { ordered_at: { order: 'dmy' }, amount: { decimal: ',' } };
    const columns = { order_id: 0, ordered_at: 1, amount: 2 };
    await importFiles(studio.app, [{ ...file, plan: { lists: [{ table: 'orders', columns, styles }] } }]);
    expect(await rows('select ordered_at, amount from exports.orders order by line')).toEqual([
      { ordered_at: '2026-04-03T00:00:00', amount: '1500.00' },
      { ordered_at: '2026-06-05T00:00:00', amount: '12.50' },
    ]);
  });

  it('is decided by all its values, also where the first hundreds of them are plain', async () => {
    const late = [...plainLines, 'O1,3/4/2026,7', 'O2,2026年1月5日 下午2:30,"1,234.50"', 'O3,3/25/2026,8'];
    expect(await bringInto(studio, list(late))).toMatchObject({ read: 703, loaded: 703 });
    expect(
      await rows(
        `select ordered_at, amount from exports.orders where starts_with(order_id, 'O') order by line`,
      ),
    ).toEqual([
      { ordered_at: '2026-03-04T00:00:00', amount: '7.00' },
      { ordered_at: '2026-01-05T14:30:00', amount: '1234.50' },
      { ordered_at: '2026-03-25T00:00:00', amount: '8.00' },
    ]);
    expect(await codeOf(bringInto(studio, list([...plainLines, 'O1,3/4/2026,7'])))).toBe('ambiguous_dates');
  });

  it('rejects what cannot be read in any style and keeps the rest, with the places of the lines', async () => {
    const broken = [...plainLines, 'O1,soon 5,7', 'O2,2026-02-30,8', 'O3,2026-01-05,about 9'];
    const { loaded, rejects } = await bringInto(studio, list(broken));
    expect(loaded).toBe(700);
    expect(rejects.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [701, 'ordered_at', 'instant'],
      [702, 'ordered_at', 'instant'],
      [703, 'amount', 'money'],
    ]);
  });

  it('tells of money with more than two decimals in every notation', async () => {
    await bringInto(
      studio,
      list(['O1,2026-01-05,"￥1,234.567"', 'O2,2026-01-05,"1,234.560"', 'O3,2026-01-05,1.005']),
    );
    expect(await rows('select rounded from raw.batches')).toEqual([{ rounded: 2 }]);
    expect(await rows('select amount from exports.orders order by line')).toEqual([
      { amount: '1234.57' },
      { amount: '1234.56' },
      { amount: '1.01' },
    ]);
  });

  it('comes again unchanged when the same phone numbers are written in another way', async () => {
    const leads = (phone: string) => `lead_id,created_at,phone\nL1,2026-01-05,${phone}\n`;
    await bringInto(studio, leads('+86 138-0013-8000'));
    expect(await bringInto(studio, leads('13800138000'))).toMatchObject({ unchanged: 1, replaced: 0 });
  });

  it('is decided by the dates of the other lists in the same sheet too', async () => {
    const wide = [
      '客资编号,创建时间,进店编号,进店时间,订单编号,下单时间,订单金额',
      'L1,03/04/2026 10:00,V1,05/04/2026 11:00,O1,25/04/2026 12:00,4664元',
      'L2,04/04/2026 10:00,,,,,',
    ].join('\n');
    await bringInto(studio, wide);
    expect(await rows('select created_at from exports.leads order by line')).toEqual([
      { created_at: '2026-04-03T10:00:00' },
      { created_at: '2026-04-04T10:00:00' },
    ]);
    expect(await rows('select visited_at from exports.visits')).toEqual([
      { visited_at: '2026-04-05T11:00:00' },
    ]);
  });

  it('needs no decision about decimals where its format has numbers', async () => {
    const text = JSON.stringify([{ order_id: 'O1', ordered_at: '2026-01-05', amount: 12.125 }]);
    await bringInto(studio, text, undefined, 'list.json');
    expect(await rows('select amount from exports.orders')).toEqual([{ amount: '12.13' }]);
  });
});
