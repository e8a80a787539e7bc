import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonViewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { partPersons } from '#lib/server/clients/part.ts';
import { personsOf } from '#lib/server/customers/persons.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import { openInstallation } from '../../../property/installation.ts';
import type { Installation } from '../../../property/installation.ts';
import { bring } from '../../../property/refresh.ts';

const person = (standing: object) => ({ kind: 'person', id: 'p', name: '陈', ...standing }) as PersonViewer;
const owner = person({ role: 'owner' });
const east = person({ role: 'manager', stores: ['东店'] });
const west = person({ role: 'manager', stores: ['西店'] });
const inviter = person({ role: 'staff', staffId: 'S1' });
const phone = '13800000001';

/** C1 came to 东店; L2 and L3 of 西店 and 东店 name no customer and bear C1's telephone; L4 is somebody else. */
let app: Installation;
beforeEach(async () => {
  app = await openInstallation('2026-05-01');
  const lead = (
    lead_id: string,
    store: string,
    staff_id: string,
    customer_id: string | null,
    own = phone,
  ) => ({
    lead_id,
    created_at: '2026-01-05T10:00:00',
    store,
    staff_id,
    customer_id,
    phone: own,
  });
  await bring(app, [
    {
      table: 'leads',
      rows: [
        lead('L1', '东店', 'S2', 'C1'),
        lead('L2', '西店', 'S2', null),
        lead('L3', '东店', 'S1', null),
        lead('L4', '东店', 'S1', null, '13900000009'),
      ],
    },
  ]);
});
afterEach(() => app.close());

const asker = (viewer: PersonViewer) => ({ warehouse: app.warehouse, viewer });
async function keys(viewer: PersonViewer, id: string): Promise<string[]> {
  const persons = await personsOf(asker(viewer), await subjectFor(asker(viewer), id));
  return persons.map(({ key }) => key);
}
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

describe("a client's file", () => {
  it('is of everybody who is the same client, whoever of them is named', async () => {
    expect(await keys(owner, 'C:C1')).toEqual(['C:C1', 'L:L2', 'L:L3']);
    expect(await keys(owner, 'L:L1')).toEqual(['C:C1', 'L:L2', 'L:L3']);
    expect(await keys(owner, 'L:L3')).toEqual(['L:L3', 'C:C1', 'L:L2']);
    expect(await keys(owner, 'L:L4')).toEqual(['L:L4']);
  });

  it('is for managers and staff of those alone whom they may see', async () => {
    expect(await keys(east, 'C:C1')).toEqual(['C:C1', 'L:L3']);
    expect(await keys(west, 'L:L2')).toEqual(['L:L2']);
    expect(await keys(inviter, 'L:L3')).toEqual(['L:L3']);
    expect(await codeOf(keys(west, 'C:C1'))).toBe('unknown_customer');
  });

  it('loses whoever is said to be a different client, which only those may say who see both', async () => {
    const part = async (viewer: PersonViewer, one: string, other: string) =>
      partPersons(app, asker(viewer), await subjectFor(asker(viewer), one), other);
    expect(await codeOf(part(east, 'C:C1', 'L:L2'))).toBe('unknown_match');
    expect(await codeOf(part(owner, 'C:C1', 'L:L4'))).toBe('unknown_match');
    expect(await codeOf(part(owner, 'C:C1', 'C:C1'))).toBe('unknown_match');
    await part(owner, 'C:C1', 'L:L3');
    expect(await keys(owner, 'C:C1')).toEqual(['C:C1', 'L:L2']);
    expect(await keys(owner, 'L:L3')).toEqual(['L:L3']);
  });
});
