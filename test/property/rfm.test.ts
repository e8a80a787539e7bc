import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { rfm, rfmClients } from '#lib/server/reports.gen.ts';
import type { RfmClientsRow } from '#lib/server/reports.gen.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import type { Raw } from '../oracle/tables.ts';
import { openEmptyWarehouse } from '../queries/fill.ts';
import { fillExports } from './exports.ts';
import { runs } from './runs.ts';
import { baseDay, studios } from './studio.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

/** 1 + the whole part of 5 × those who are worse ÷ all. */
const scoreOf = (value: number, all: readonly number[]) =>
  1 + Math.floor((5 * all.filter((other) => other < value).length) / all.length);

const cents = (amount: string | number) => Math.round(Number(amount) * 100);

test('every client who named themselves and ordered is in one cell of RFM, with the score that their rank gives, and cells sum to all', async () => {
  const seen = { clients: 0, ties: 0 };
  await fc.assert(
    fc.asyncProperty(studios, async (raw: Raw) => {
      await warehouse.write(async (transaction) => {
        await fillExports(transaction, raw);
        await rebuildModels(transaction);
      });
      const asker = asOwner({ warehouse });
      const as_of = addDays(baseDay, 90);
      const { rows: clients } = await rfmClients(asker, { as_of, limit: 100_000 });
      const buyers = await warehouse.query<{ client_id: string; orders: number }>(
        `select client_id, count(*)::int as orders from client_acts
         where kind = 'order' and happened_on <= '${as_of}' and client_id not like 'O:%' group by client_id`,
      );
      expect(clients.map(({ client_id, orders }) => [client_id, orders]).sort()).toEqual(
        buyers.map(({ client_id, orders }) => [client_id, orders]).sort(),
      );
      const recency = clients.map(({ recency_days }) => -recency_days);
      const orders = clients.map((client) => client.orders);
      const money = clients.map(({ revenue }) => cents(revenue));
      for (const client of clients)
        expect([client.r_score, client.f_score, client.m_score]).toEqual([
          scoreOf(-client.recency_days, recency),
          scoreOf(client.orders, orders),
          scoreOf(cents(client.revenue), money),
        ]);
      for (const question of [{ as_of }, { as_of, by: 'store' }]) {
        const { rows } = await rfm(asker, question);
        for (const row of rows.filter((cell) => cell.clients > 0 && !('by' in question))) {
          const members: RfmClientsRow[] = clients.filter(
            ({ r_score, f_score }) => r_score === row.recency_score && f_score === row.frequency_score,
          );
          expect(row.clients).toBe(members.length);
          expect(cents(row.revenue)).toBe(members.reduce((sum, { revenue }) => sum + cents(revenue), 0));
          if (members.length > 1) seen.ties += 1;
        }
        expect(rows.reduce((sum, row) => sum + row.clients, 0)).toBe(clients.length);
        expect(rows.reduce((sum, row) => sum + cents(row.revenue), 0)).toBe(
          money.reduce((sum, one) => sum + one, 0),
        );
      }
      seen.clients += clients.length;
    }),
    runs(24, 400),
  );
  expect(seen.clients).toBeGreaterThan(20);
  expect(seen.ties).toBeGreaterThan(0);
});
