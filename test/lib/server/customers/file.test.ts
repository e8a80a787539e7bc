import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonViewer } from '#lib/access/viewer.ts';
import { findCustomers } from '#lib/server/customers/find.ts';
import { heldOn } from '#lib/server/customers/held.ts';
import { idsOf } from '#lib/server/customers/ids.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import { bringInto, codeOf } from '../import/bring.ts';
import { studioFolder } from '../import/studio-folder.ts';
import type { StudioFolder } from '../import/studio-folder.ts';

const leads = `lead_id,created_at,store,staff_id,customer_id,customer_name,phone,referrer_customer_id
L1,2026-03-01,东店,S1,C1,王小雪,13800001111,
L2,2026-06-01,西店,S2,C1,王小雪,13800001111,
L3,2026-04-01,西店,S2,,李明,13900002222,C1`;
const orders = `order_id,ordered_at,amount,lead_id,store,staff_id
O1,2026-03-05,4664.50,L1,东店,S5
O2,2026-06-05,1000,L2,西店,S6`;
const payments = `payment_id,paid_at,amount,order_id
P1,2026-03-06,1000,O1
P2,2026-06-06,500,O2`;
const surveys = `survey_id,answered_at,order_id,score
V1,2026-03-20,O1,4`;

const person = (standing: object) => ({ kind: 'person', id: 'p', name: '', ...standing }) as PersonViewer;
const owner = person({ role: 'owner' });
const east = person({ role: 'manager', stores: ['东店'] });
const west = person({ role: 'manager', stores: ['西店'] });
const inviter = person({ role: 'staff', staffId: 'S1' });
const seller = person({ role: 'staff', staffId: 'S5' });
const other = person({ role: 'staff', staffId: 'S9' });
const marketer = person({ role: 'marketer' });
const nowhere = person({ role: 'manager', stores: [] });

let studio: StudioFolder;
beforeAll(async () => {
  studio = await studioFolder();
  await bringInto(studio, leads, {}, 'leads.csv');
  await bringInto(studio, orders, {}, 'orders.csv');
  await bringInto(studio, payments, {}, 'payments.csv');
  await bringInto(studio, surveys, {}, 'surveys.csv');
});
afterAll(() => studio.close());

const askerOf = (viewer: PersonViewer) => ({ warehouse: studio.app.warehouse, viewer });

async function held(viewer: PersonViewer, id: string): Promise<string[]> {
  const subject = await subjectFor(askerOf(viewer), id);
  const records = await heldOn(studio.app.warehouse, subject, await idsOf(studio.app.warehouse, subject));
  return records.map(({ list, fields }) => `${list} ${Object.values(fields)[0]}`);
}

describe("a customer's file", () => {
  it('holds for the owner all that any list says of them, in the order of time', async () => {
    const all = [
      'leads L1',
      'orders O1',
      'payments P1',
      'surveys V1',
      'referred L3',
      'leads L2',
      'orders O2',
      'payments P2',
    ];
    expect(await held(owner, 'C:C1')).toEqual(all);
    expect(await held(owner, 'L:L2')).toEqual(all);
  });

  it.each([
    ['a manager those of the own stores', east],
    ['the inviter', inviter],
    ['the seller', seller],
  ])('gives %s the journeys that are theirs, and nothing of the others', async (_, viewer) => {
    expect(await held(viewer, 'C:C1')).toEqual(['leads L1', 'orders O1', 'payments P1', 'surveys V1']);
  });

  it.each([
    ['a manager of the store they came to', west],
    ['whoever invited them', person({ role: 'staff', staffId: 'S2' })],
  ])('tells %s whom the customer brought', async (_, viewer) => {
    expect(await held(viewer, 'C:C1')).toEqual(['referred L3', 'leads L2', 'orders O2', 'payments P2']);
  });

  it('is of a lead alone where nobody knows the customer', async () => {
    expect(await subjectFor(askerOf(west), 'L:L3')).toMatchObject({ key: 'L:L3', customerId: null });
    expect(await held(west, 'L:L3')).toEqual(['leads L3']);
  });

  it.each([
    ['another store', east, 'L:L3'],
    ['a journey of another store', east, 'L:L2'],
    ['somebody else of the staff', other, 'C:C1'],
    ['the inviter of another journey', inviter, 'L:L3'],
    ['a marketer', marketer, 'C:C1'],
    ['a manager of no store', nowhere, 'C:C1'],
    ['a number that nobody has, for the owner', owner, 'C:C9'],
    ['a number that nobody has', east, 'C:C9'],
    ['no key at all', owner, "x' or true --"],
  ])('is for %s the same as one that is not there', async (_, viewer, id) => {
    expect(await codeOf(subjectFor(askerOf(viewer), id))).toBe('unknown_customer');
  });
});

describe('looking a customer up', () => {
  it.each(['13800001111', '+86 138-0000-1111', '王小雪', 'C1', 'L1', 'O1'])(
    'finds them by %s, masked, the same person once',
    async (wanted) => {
      expect(await findCustomers(askerOf(owner), wanted)).toMatchObject([
        { key: 'C:C1', name: '王**', phone: '138****1111' },
      ]);
    },
  );

  it('finds nobody of other stores, and nobody by a part', async () => {
    expect(await findCustomers(askerOf(east), '13900002222')).toEqual([]);
    expect(await findCustomers(askerOf(inviter), '李明')).toEqual([]);
    expect(await findCustomers(askerOf(owner), '1380000')).toEqual([]);
    expect(await findCustomers(askerOf(owner), '')).toEqual([]);
  });
});
