import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { ownPageOf } from '#lib/server/access/view-as.ts';
import type { Log, LookedAs } from '#lib/server/log/log.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { staffComparison, staffFigures, targetPace } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { askMe } from '../../../../src/routes/me/answers.server.ts';
import { openSample } from '../../../property/sample.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openSample();
});
afterAll(() => warehouse.close());

const kept = globalThis as { sevenStepsLog?: Log };
let logged: LookedAs[];
beforeEach(() => {
  logged = [];
  const quiet = { answered: () => undefined, fault: () => undefined };
  kept.sevenStepsLog = { ...quiet, lookedAs: (look) => void logged.push(look) };
});
afterEach(() => {
  delete kept.sevenStepsLog;
});

const person = { kind: 'person', id: 'p', name: '' } as const;
const owner: Viewer = { ...person, role: 'owner' };
const manager: Viewer = { ...person, role: 'manager', stores: ['中山路店'] };
const seller: Viewer = { ...person, role: 'staff', staffId: 'S11' };
const others: Viewer[] = [
  { ...person, role: 'marketer' },
  { kind: 'stranger' },
  { kind: 'token', id: 1, name: '', tables: [], reads: { role: 'owner' } },
];

const open = (viewer: Viewer, named: string | null) => ownPageOf({ warehouse, viewer }, named);
const refusalOf = (viewer: Viewer, named: string | null) =>
  open(viewer, named).then(
    () => 'opened',
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );
const never = new AbortController().signal;

describe('the page of one of the staff', () => {
  test('is read by owner and manager with that person bound as the viewer, and it is logged who looked as whom', async () => {
    for (const viewer of [owner, manager]) {
      const page = await open(viewer, 'S11');
      expect(page?.asker.viewer).toEqual({ ...person, role: 'staff', staffId: 'S11' });
      expect(page?.isOther).toBe(true);
    }
    expect(logged).toEqual([
      { who: 'p', as: 'S11' },
      { who: 'p', as: 'S11' },
    ]);
  });

  test('shows whoever looks exactly what that person sees', async () => {
    const page = await open(owner, 'S11');
    if (page === null) throw new Error('somebody was named');
    const question = { span: 'month', staff: 'S11' } as const;
    expect(await askMe(page.asker, question, never)).toEqual(
      await askMe({ warehouse, viewer: seller }, question, never),
    );
  });

  test('gives a manager nothing that the own stores do not give as well', async () => {
    const page = await open(manager, 'S11');
    const asked = { staff: 'S11' };
    for (const report of [staffFigures, targetPace, staffComparison]) {
      const own = await report(page?.asker ?? asOwner({ warehouse }), asked);
      expect((await report({ warehouse, viewer: manager }, asked)).rows).toEqual(own.rows);
    }
  });

  test('is the own one for staff, who are refused anybody else’s', async () => {
    expect(await open(seller, null)).toMatchObject({ staffId: 'S11', isOther: false });
    expect(await open(seller, 'S11')).toMatchObject({ staffId: 'S11', isOther: false });
    expect(await refusalOf(seller, 'S12')).toBe('not_for_you');
    expect(logged).toEqual([]);
  });

  test('is refused to a manager of other stores as if there were no such person', async () => {
    expect(await refusalOf(manager, 'S14')).toBe('not_your_person');
    expect(await refusalOf(manager, 'nobody')).toBe('not_your_person');
    expect(await refusalOf(owner, "S11' or true")).toBe('not_your_person');
    expect(logged).toEqual([]);
  });

  test('is refused to everybody else', async () => {
    for (const viewer of others) {
      expect(await refusalOf(viewer, 'S11')).toBe('not_for_you');
      expect(await refusalOf(viewer, null)).toBe('not_for_you');
    }
  });

  test('is nobody’s while owner or manager have named nobody', async () => {
    expect(await open(owner, null)).toBeNull();
    expect(await open(manager, null)).toBeNull();
  });
});
