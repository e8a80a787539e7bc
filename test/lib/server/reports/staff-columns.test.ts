import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import { segmentFields } from '#lib/server/reports/segments.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import type { GivenRow } from '../../../queries/case.ts';
import { fill, openEmptyWarehouse } from '../../../queries/fill.ts';

/** What an export brings along beside the contract: who carried it, under an innocent header; who did, under a plain one; a room. */
const extras = [
  { 来源二: '林静', 化妆师: '小甲', 房间: '红' },
  { 来源二: 'S2', 化妆师: '小乙', 房间: '蓝' },
  { 来源二: '电话', 化妆师: '小甲', 房间: '红' },
];
const STAFF = ['来源二', '化妆师'];

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
  const row = (line: number, cells: Record<string, string>): GivenRow => ({
    batch_id: '1',
    line: String(line),
    imported_on: '2026-04-30',
    ...cells,
  });
  const leads = Array.from({ length: 18 }, (_, at) =>
    row(at + 1, {
      lead_id: `L${at + 1}`,
      created_at: '2026-03-02 10:00:00',
      staff_id: 'S2',
      extra: JSON.stringify(extras[at % 3]),
    }),
  );
  await fill(
    warehouse,
    new Map([
      ['leads', leads],
      ['staff', [row(1, { staff_id: 'S1', name: '林静' })]],
    ]),
  );
});
afterAll(() => warehouse.close());

const marketer: Viewer = { kind: 'person', id: 'm', name: 'm', role: 'marketer' };
const refusal = async (viewer: Viewer, raw: RawParameters) =>
  askByName({ warehouse, viewer }, 'funnel', raw).then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error : null),
  );

test('an unknown column that names staff, by its values or its header, divides and filters for whoever may see them, and for nobody else', async () => {
  const owner = asOwner({ warehouse }).viewer;
  for (const field of STAFF) {
    const questions: RawParameters[] = [{ by: field }, { where: `${field}=S2` }, { where: `${field}=小甲` }];
    for (const raw of questions) {
      expect([field, (await refusal(marketer, raw))?.code]).toEqual([field, 'not_your_segment']);
      expect([field, (await refusal(owner, raw))?.code ?? 'unknown_value']).toEqual([field, 'unknown_value']);
    }
  }
  for (const viewer of [owner, marketer]) expect(await refusal(viewer, { by: '房间' })).toBeNull();
});

test('neither a menu nor a refusal names to a marketer what she may not divide by', async () => {
  const known = String((await refusal(marketer, { by: 'nothing' }))?.params['known']);
  const menu = await segmentFields({ warehouse, viewer: marketer });
  for (const field of [...STAFF, 'staff', 'inviter', 'seller', 'upsell_seller']) {
    expect(known.split(', ')).not.toContain(field);
    expect(menu).not.toContain(field);
  }
  expect(known.split(', ')).toContain('房间');
  expect(await segmentFields(asOwner({ warehouse }))).toEqual(expect.arrayContaining(STAFF));
  const ladder = await askByName({ warehouse, viewer: marketer }, 'upsell_ladder', { by: 'nothing' }).catch(
    (error: unknown) => error,
  );
  expect(ladder instanceof Refusal && String(ladder.params['known']).split(', ')).not.toContain(
    'upsell_seller',
  );
});
