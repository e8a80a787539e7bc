import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterDecision } from '#lib/server/clients/decide.ts';
import { eraseSubject, previewErasing } from '#lib/server/customers/erase.ts';
import { exportedOf } from '#lib/server/customers/exported.ts';
import { personsOf } from '#lib/server/customers/persons.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { bringInto } from '../import/bring.ts';
import { studioFolder } from '../import/studio-folder.ts';
import type { StudioFolder } from '../import/studio-folder.ts';

/**
 * C1 is also L3 and L8 by telephone, L4 by the partner's telephone, and C6 by what somebody decided below; C7 shares a second
 * number of C1's and is somebody else, as is C5.
 */
const leads = `lead_id,created_at,customer_id,customer_name,phone,wechat,channel
L1,2026-03-01,C1,王小雪,13800001111,snow_w,douyin
L2,2026-03-02,C1,王小雪,13811110000,,douyin
L3,2026-03-03,,雪雪,13800001111,xue_3,walk-in
L4,2026-03-04,,赵强,13900003333,,walk-in
L5,2026-03-05,C5,李明,13600005555,,douyin
L6,2026-03-06,C6,王雪,13700006666,,douyin
L7,2026-03-07,C7,周婷,13811110000,ting_7,douyin
L8,2026-03-08,,陈晨,13800001111,chen_8,walk-in`;
const customers = `customer_id,name,phone,partner_name,partner_phone,address
C1,王小雪,13800001111,赵强,13900003333,中山路 7 号
C5,李明,13600005555,,,人民路 1 号
C7,周婷,13811110000,,,解放路 2 号`;
const orders = `order_id,ordered_at,amount,lead_id,付款人,对接
O1,2026-03-11,4664.50,L1,王小雪,王小雪本人
O3,2026-03-13,300,L3,雪雪家人,雪雪
O4,2026-03-14,400,L4,赵强父亲,小组
O5,2026-03-15,500,L5,李明,小组
O6,2026-03-16,600,L6,王雪母亲,小组
O7,2026-03-17,700,L7,周婷,小组
O8,2026-03-18,800,L8,陈晨家人,小组
O9,2026-03-19,900,,吴九,小组`;
const visits = `visit_id,visited_at,lead_id,联系人,reason
V3,2026-03-12,L3,雪雪家人,雪雪嫌贵
V9,2026-03-19,,孙七,嫌远`;
const payments = `payment_id,paid_at,amount,order_id,付款人
P3,2026-03-14,30,O3,雪雪家人
P4,2026-03-15,40,O4,赵强父亲
P5,2026-03-15,50,O5,李明
P9,2026-03-20,90,O9,吴九`;

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
  for (const [name, text] of Object.entries({ leads, customers, visits, orders, payments }))
    await bringInto(studio, text, {}, `${name}.csv`);
});
afterEach(() => studio.close());

const decide = (one: string, other: string, decision: 'same' | 'different') =>
  enterDecision(studio.app, { one, other, decision, by: null });
const clientOf = async (id: string) =>
  personsOf(asOwner(studio.app), await subjectFor(asOwner(studio.app), id));
const exported = async (id: string) => exportedOf(studio.app, await clientOf(id));
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

/** What is counted: journeys, orders and money. */
const counted = () =>
  rows(`select count(*)::integer as journeys, sum((select count(*) from acts a where a.journey_id = j.journey_id))::integer as acts,
    (select sum(o.amount)::varchar from exports.orders o) as signed, (select sum(p.amount)::varchar from exports.payments p) as paid
    from journeys j`);

describe('a client who is several persons of the lists', () => {
  beforeEach(async () => {
    await decide('C:C1', 'C:C6', 'same');
    await decide('C:C1', 'L:L8', 'different');
  });

  it('is erased wherever any of them is named, whichever of them was asked for, and whatever the lists bring again', async () => {
    const before = await counted();
    await erase('L:L3');
    const gone = /王小雪|雪雪|赵强|王雪|13800001111|13811110000|13900003333|13700006666|snow_w|xue_3|中山路/;
    expect((await everything()).match(gone)).toBeNull();
    expect(await everything()).toMatch(/李明[\s\S]*人民路|人民路[\s\S]*李明/);
    expect(await counted()).toEqual(before);
    for (const [name, text] of Object.entries({ leads, customers, visits, orders, payments }))
      await bringInto(studio, text, {}, `${name}.csv`);
    expect(await everything()).not.toMatch(gone);
    expect(await counted()).toEqual(before);
  });

  it('is handed all of theirs under every number, and of others only the telephone that they share', async () => {
    const asked = await exported('C:C1');
    expect(asked.persons).toEqual(['C:C1', 'C:C6', 'L:L3', 'L:L4']);
    const numbers = asked.records.map(({ list, fields }) => `${list} ${Object.values(fields)[0]}`).toSorted();
    const theirs = ['customers C1', 'leads L1', 'leads L2', 'leads L3', 'leads L4', 'leads L6'];
    expect(numbers.filter((one) => !one.startsWith('client_decisions'))).toEqual(
      [
        ...theirs,
        'orders O1',
        'orders O3',
        'orders O4',
        'orders O6',
        'payments P3',
        'payments P4',
        'visits V3',
      ].toSorted(),
    );
    expect(JSON.stringify(asked)).not.toMatch(/周婷|ting_7|解放路|李明|陈晨|chen_8|吴九|孙七/);
    expect(
      asked.kept.filter(({ by_contact }) => by_contact).map(({ list, fields }) => [list, fields]),
    ).toEqual([
      ['leads', { phone: '13811110000' }],
      ['leads', { phone: '13800001111' }],
      ['customers', { phone: '13811110000' }],
    ]);
    const whole = (id: string) => exported(id).then(({ records, kept }) => records.length + kept.length);
    expect(await whole('L:L4')).toBe(asked.records.length + asked.kept.length);
  });

  it('is told before whom it erases, as many records as it hands out', async () => {
    const { rows: erased, contacts } = await previewErasing(studio.app, await clientOf('C:C6'));
    const { records, kept } = await exported('C:C6');
    expect(erased.reduce((sum, { records: some }) => sum + some, 0)).toBe(records.length + kept.length);
    expect(contacts).toEqual(
      expect.arrayContaining(['13800001111', '13811110000', '13900003333', '13700006666', 'snow_w', 'xue_3']),
    );
  });
});

it('who was parted from a client is neither in their export nor takes anything of theirs along', async () => {
  await decide('C:C1', 'L:L3', 'different');
  const theirs = JSON.stringify(await exported('C:C1'));
  expect(theirs).not.toMatch(/雪雪|xue_3|O3|P3|V3/);
  const parted = await exported('L:L3');
  expect(parted.persons).toEqual(['L:L3']);
  expect(JSON.stringify(parted)).toMatch(/雪雪家人/);
  expect(JSON.stringify(parted)).not.toMatch(/王小雪|中山路|snow_w|赵强/);
});

it.each([
  ['V:V9', '孙七', ['visits V9']],
  ['O:O9', '吴九', ['orders O9', 'payments P9']],
])(
  'somebody of whom only one record tells (%s) is handed it, and erased from all that hangs on it',
  async (key, name, held) => {
    const before = await counted();
    const { records, kept } = await exported(key);
    expect(records.map(({ list, fields }) => `${list} ${Object.values(fields)[0]}`)).toEqual(held);
    expect(JSON.stringify(records)).toContain(name);
    expect(kept).toEqual([]);
    await erase(key);
    expect(await everything()).not.toContain(name);
    expect(await counted()).toEqual(before);
    await bringInto(studio, visits, {}, 'visits.csv');
    await bringInto(studio, orders, {}, 'orders.csv');
    await bringInto(studio, payments, {}, 'payments.csv');
    expect(await everything()).not.toContain(name);
  },
);

it('a saved view that is called after them is handed out, and told before they are erased', async () => {
  const owner = { kind: 'person', id: 'boss', name: 'boss', role: 'owner' } as const;
  const address = '/funnel/builder?steps=1';
  studio.app.views.save(owner, { name: '王小雪的漏斗', address, isShared: false });
  studio.app.views.save(owner, { name: '李明的漏斗', address, isShared: false });
  expect((await exported('C:C1')).views).toEqual([{ name: '王小雪的漏斗', address }]);
});
