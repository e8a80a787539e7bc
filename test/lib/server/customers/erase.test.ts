import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApp } from '#lib/server/app.ts';
import { eraseSubject, previewErasing } from '#lib/server/customers/erase.ts';
import { exportedOf } from '#lib/server/customers/exported.ts';
import { personsOf } from '#lib/server/customers/persons.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { bringInto, codeOf } from '../import/bring.ts';
import { studioFolder } from '../import/studio-folder.ts';
import type { StudioFolder } from '../import/studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const leads = `lead_id,created_at,customer_id,customer_name,phone,wechat,channel,lost_reason,备注
L1,2026-03-01,C1,王小雪,13800001111,snow_w,douyin,王小雪嫌贵,先生很急
L2,2026-03-02,C2,李明,13900002222,,douyin,嫌贵,
L3,2026-04-01,,小雪,138 0000 1111,,walk-in,,`;
const customers = `customer_id,name,phone,wechat,partner_name,partner_phone,birthday,address
C1,王小雪,13800001111,snow_w,赵强,13700003333,1996-05-04,中山路 7 号
C2,李明,13900002222,,王小雪,13800001111,1990-01-01,人民路 1 号`;
const orders = `order_id,ordered_at,amount,lead_id,customer_id,付款人
O1,2026-03-05,4664.50,L1,C1,王小雪
O2,2026-03-06,3000,L2,C2,李明`;
const payments = `payment_id,paid_at,amount,order_id,付款人
P1,2026-03-05,1000,O1,王小雪
P2,2026-03-06,500,O2,李明`;

const clientOf = async (id: string) =>
  personsOf(asOwner(studio.app), await subjectFor(asOwner(studio.app), id));
const erase = async (id: string) => eraseSubject(studio.app, await clientOf(id), () => undefined);
const rows = (sql: string) => studio.app.warehouse.query(sql);

/** Every text that the warehouse holds anywhere, models included. */
async function everything(): Promise<string> {
  const tables = await rows(
    `select schema_name || '.' || table_name as name from duckdb_tables() where not internal and not temporary order by name`,
  );
  const texts = await Promise.all(
    tables.map(({ name }) =>
      rows(`select coalesce(string_agg(t::varchar, chr(10)), '') as text from ${String(name)} t`),
    ),
  );
  return texts.map(([row]) => String(row?.['text'])).join('\n');
}

/** Every record of every import, and every rejected one, by its place. */
async function places(): Promise<Map<string, string>> {
  const lists = ['leads', 'customers', 'orders', 'payments', 'rejects', 'quarantine'];
  const found = await Promise.all(
    lists.map((list) =>
      rows(
        `select batch_id::varchar || ' ' || line::varchar as place, t::varchar as text from raw.${list} t`,
      ),
    ),
  );
  return new Map(
    found.flatMap((all, at) =>
      all.map(({ place, text }) => [
        `${lists[at] === 'quarantine' ? 'rejects' : lists[at]} ${String(place)}`,
        String(text),
      ]),
    ),
  );
}

describe('erasing a customer', () => {
  beforeEach(async () => {
    await bringInto(studio, leads, {}, 'leads.csv');
    await bringInto(studio, customers, {}, 'customers.csv');
    await bringInto(studio, orders, {}, 'orders.csv');
    await bringInto(studio, payments, {}, 'payments.csv');
  });

  it('leaves nothing that names them, in any table, and everything that names others', async () => {
    await bringInto(
      studio,
      'lead_id,created_at,customer_name,phone\nL1,never,王小雪,13800001111\nL9,never,张三,13600009999',
      {},
      'bad.csv',
    );
    await bringInto(
      studio,
      'lead_id,created_at,customer_name,phone\nL8,2026-03-01,"王小雪,13800001111\nL10,2026-03-01,王五,13600001010,too,many',
      {},
      'broken.csv',
    ).catch(() => null);
    await erase('C:C1');
    const text = await everything();
    for (const gone of [
      '王小雪',
      '小雪',
      '13800001111',
      '138 0000 1111',
      'snow_w',
      '赵强',
      '13700003333',
      '1996-05-04',
      '中山路',
    ])
      expect(text).not.toContain(gone);
    for (const stays of ['李明', '13900002222', '人民路', '嫌贵', '先生很急', '张三', 'L9', 'O1', '4664.50'])
      expect(text).toContain(stays);
  });

  it('finds the places that an export hands out: of withdrawn imports, replaced, rejected, as a partner, in notes', async () => {
    await bringInto(
      studio,
      'lead_id,created_at,customer_name,phone\nL1,2026-03-03,王小雪,13800001111',
      {},
      'later.csv',
    );
    const gone = await bringInto(
      studio,
      'order_id,ordered_at,amount,customer_id,付款人\nO7,2026-05-01,1,C1,王小雪\nO8,2026-05-01,1,C2,李明',
      {},
      'gone.csv',
    );
    await withdrawBatch(studio.app, { batch: String(gone.batch), by: null });
    await bringInto(
      studio,
      'lead_id,created_at,customer_name,phone\nL1,never,王小雪,13800001111\nL9,never,张三,13600009999',
      {},
      'bad.csv',
    );
    const owner = { kind: 'person', id: 'boss', name: 'boss', role: 'owner' } as const;
    for (const text of ['王小雪投诉', '李明投诉']) studio.app.notes.add(owner, { day: '2026-03-02', text });
    const client = await clientOf('C:C1');
    const before = await places();
    const exported = await exportedOf(studio.app, client);
    expect(await places()).toEqual(before);
    const kept = exported.kept.map(({ list, state, as_partner, fields }) => [
      list,
      as_partner ? 'partner' : state,
      Object.values(fields)[0],
    ]);
    expect(kept.toSorted()).toEqual([
      ['customers', 'partner', '王小雪'],
      ['leads', 'counts', 'L3'],
      ['leads', 'rejected', 'L1'],
      ['leads', 'replaced', 'L1'],
      ['orders', 'withdrawn', 'O7'],
    ]);
    expect(JSON.stringify(exported.kept)).not.toContain('李明');
    expect(exported.rejected).toMatchObject([{ file: 'bad.csv', line: 1, reasons: [expect.any(String)] }]);
    expect(exported.rejected[0]?.text).toContain('13800001111');
    expect(exported.notes).toEqual([{ week: '2026-03-02', text: '王小雪投诉' }]);

    const { rows: erased, rejected } = await erase('C:C1');
    const after = await places();
    const changed = [...before].filter(([place, row]) => after.get(place) !== row).map(([place]) => place);
    const given = new Set([
      ...[...exported.records, ...exported.kept].map((one) => `${one.list} ${one.import} ${one.line}`),
      ...exported.rejected.map((one) => `rejects ${one.import} ${one.line}`),
    ]);
    expect(changed.length).toBeGreaterThan(6);
    expect(changed.filter((place) => !given.has(place))).toEqual([]);
    const records = [...exported.records, ...exported.kept].filter(({ list }) => list !== 'referred');
    expect(erased.reduce((sum, { records: some }) => sum + some, 0)).toBe(records.length);
    expect(rejected).toBe(exported.rejected.length);
  });

  it('says before what would change, and changes nothing', async () => {
    const before = await everything();
    const preview = await previewErasing(studio.app, await clientOf('C:C1'));
    expect(preview).toMatchObject({
      rows: [
        { table: 'leads', records: 2 },
        { table: 'orders', records: 1 },
        { table: 'payments', records: 1 },
        { table: 'customers', records: 2 },
      ],
      rejected: 0,
      contacts: ['13800001111', 'snow_w'],
      names: ['王小雪'],
      telling: [],
    });
    expect(await everything()).toBe(before);
  });

  it('keeps them erased whatever is imported, withdrawn and imported again, and counts them as suppressed', async () => {
    await erase('C:C1');
    const standing = 'select * from exports.leads order by lead_id';
    const before = await rows(standing);
    expect(await bringInto(studio, leads, {}, 'leads.csv')).toMatchObject({
      read: 3,
      unchanged: 1,
      suppressed: 2,
    });
    expect(await rows(standing)).toEqual(before);
    const fresh =
      'lead_id,created_at,customer_name,phone,channel\nL7,2026-05-01,王小雪,+86 138-0000-1111,douyin\nL6,2026-05-01,陈晨,13500004444,douyin';
    expect(await bringInto(studio, fresh, {}, 'may.csv')).toMatchObject({
      read: 2,
      loaded: 1,
      suppressed: 1,
    });
    await withdrawBatch(studio.app, { batch: '1', by: null });
    await withdrawBatch(studio.app, { batch: '5', by: null });
    await bringInto(studio, leads, {}, 'leads.csv');
    expect(await everything()).not.toMatch(/王小雪|13800001111|snow_w/);
    expect(await rows('select count(*)::integer as n from journeys')).toEqual([{ n: 5 }]);
  });

  it('takes a list in whose rejected records they are named, and keeps nothing of them there either', async () => {
    await erase('C:C1');
    const broken = `${leads}\nL8,no day at all,C1,王小雪,13800001111,snow_w,douyin,,`;
    expect(await bringInto(studio, broken, {}, 'leads.csv')).toMatchObject({
      read: 4,
      rejected: 1,
      suppressed: 2,
    });
    expect(await rows('select line from raw.quarantine')).toEqual([{ line: 4 }]);
    expect(await everything()).not.toMatch(/王小雪|13800001111|snow_w/);
  });

  it('counts them as suppressed also in a list that has another record twice', async () => {
    await erase('C:C1');
    const twice = `${leads}\nL4,2026-04-02,C4,陈晨,13500004444,,douyin,,\nL4,2026-04-02,C4,陈晨,13500004444,,walk-in,,`;
    expect(await bringInto(studio, twice, {}, 'leads.csv')).toMatchObject({
      read: 5,
      loaded: 1,
      unchanged: 1,
      superseded: 1,
      suppressed: 2,
    });
  });

  it('is done again where an older copy of the warehouse is put back', async () => {
    const { data, clock, reader } = studio.app;
    await studio.app.close();
    cpSync(join(data, 'warehouse.duckdb'), join(data, 'older.duckdb'));
    studio.app = await openApp({ data, clock, reader });
    await erase('C:C1');
    await studio.app.close();
    rmSync(join(data, 'warehouse.duckdb'));
    cpSync(join(data, 'older.duckdb'), join(data, 'warehouse.duckdb'));
    studio.app = await openApp({ data, clock, reader });
    expect(await everything()).not.toMatch(/王小雪|13800001111|snow_w/);
  });

  it('refuses imports once the key is lost by which they would be known', async () => {
    await erase('C:C1');
    rmSync(join(studio.app.data, 'secret.key'));
    const { data, clock, reader } = studio.app;
    await studio.app.close();
    studio.app = await openApp({ data, clock, reader });
    expect(await codeOf(bringInto(studio, leads, {}, 'leads.csv'))).toBe('erased_key_lost');
  });
});
