import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { campaignProgress, campaigns, segmentCrowds } from '#lib/server/reports.gen.ts';
import { addDays } from '../oracle/days.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { runs } from './runs.ts';
import { baseDay, busyStudios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const days = fc.record({
  from: fc.integer({ min: -30, max: 5 }).map((offset) => addDays(baseDay, offset)),
  to: fc.integer({ min: 6, max: 40 }).map((offset) => addDays(baseDay, offset)),
  as_of: fc.integer({ min: 20, max: 60 }).map((offset) => addDays(baseDay, offset)),
});
const marketer: Viewer = { kind: 'person', id: 'm', name: 'm', role: 'marketer' };
const total = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0);

describe('campaigns', () => {
  test('share all journeys of the period among them and the row without one, each in the order Q2 ≥ Q4 ≥ Q6', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(busyStudios, days, async (raw, asked) => {
        await laboratory.load(raw);
        const asker = asOwner({ warehouse: laboratory.warehouse });
        const { rows } = await campaigns(asker, asked);
        const crowds = await segmentCrowds(asker, { ...asked, view: 'cohort', by: 'campaign' });
        expect(total(rows, ({ leads }) => leads)).toBe(total(crowds.rows, ({ people }) => people));
        for (const row of rows) {
          expect(row.leads).toBeGreaterThanOrEqual(Math.max(row.visits ?? 0, row.orders ?? 0));
          expect(row.orders ?? 0).toBeGreaterThanOrEqual(row.friends ?? 0);
          expect(row.coming ?? 0).toBeLessThanOrEqual(row.open_leads + 1e-9);
          expect(row.ripe_share ?? 0).toBeLessThanOrEqual(1 + 1e-9);
          for (const [low, at, high] of [
            [row.i3_low, row.i3, row.i3_high],
            [row.i4_low, row.i4, row.i4_high],
            [row.i6_low, row.i6, row.i6_high],
          ])
            if (at !== null && at !== undefined)
              expect(Number(low) <= at + 1e-9 && at <= Number(high) + 1e-9).toBe(true);
        }
        seen += rows.filter(({ campaign, leads }) => campaign !== null && leads > 0).length;
      }),
      runs(8, 200),
    );
    expect(seen).toBeGreaterThan(0);
  });

  test('come day by day, and week by week, to the people and the money that they are said to have brought', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, days, async (raw, asked) => {
        await laboratory.load(raw);
        const asker = asOwner({ warehouse: laboratory.warehouse });
        const { rows } = await campaigns(asker, asked);
        for (const every of ['day', 'week'] as const) {
          const steps = (await campaignProgress(asker, { ...asked, every })).rows;
          for (const { campaign, leads, revenue, aware } of rows) {
            const own = steps.filter((step) => step.campaign === campaign);
            expect(own.at(-1)?.leads_so_far ?? 0).toBe(leads);
            expect(own.at(-1)?.revenue_so_far ?? '0.00').toBe(revenue);
            expect(own.at(-1)?.aware_so_far ?? null).toBe(aware);
            expect(total(own, (step) => step.leads)).toBe(leads);
          }
        }
      }),
      runs(6, 150),
    );
  });

  test('are told to a marketer with at least five leads each, or together with others, and add up all the same', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, days, async (raw, asked) => {
        await laboratory.load(raw);
        const { warehouse } = laboratory;
        const { rows } = await campaigns({ warehouse, viewer: marketer }, asked);
        const all = (await campaigns(asOwner({ warehouse }), asked)).rows;
        expect(total(rows, ({ leads }) => leads)).toBe(total(all, ({ leads }) => leads));
        for (const { campaign, leads } of rows) if (campaign !== 'too_few') expect(leads).toBeGreaterThan(4);
        const steps = (await campaignProgress({ warehouse, viewer: marketer }, asked)).rows;
        for (const step of steps) {
          expect(step.revenue).toBeNull();
          for (const told of [step.leads, step.visits, step.orders, step.orders_so_far])
            expect(told % 5).toBe(0);
        }
      }),
      runs(6, 150),
    );
  });
});
