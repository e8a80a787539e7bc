import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFiles } from '#lib/server/import/import-files.ts';
import type { App } from '#lib/server/app.ts';
import { withInstallation } from '../property/installation.ts';
import { clients, orders, writeOrders } from './clients-house.ts';
import { timeModels } from './model-times.ts';
import { median } from './quantile.ts';
import type { Measurement } from './table.ts';

const rounds = 7;
const rows = Math.round(orders / (6 * 365));
const target = 500;
/** Who is a client, what they did, and in which stage they stand. */
const lifecycleModels = ['client_acts', 'clients', 'client_stages'];

/**
 * What a day's orders, half of them of clients who are known, cost after they are stored: from the first model to the end of
 * the transaction, all models that follow from orders included. Throws when a day's clients are not in growth or maturity on it.
 */
export function lifecycleMillion(folder: string): Promise<Measurement[]> {
  return withInstallation('2026-01-31', async (app) => {
    const all = join(folder, 'orders.csv');
    await writeOrders(all);
    await importFiles(app, [{ name: 'orders.csv', path: all }]);
    const refreshes: number[] = [];
    const alone: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const day = `2026-01-${String(round + 1).padStart(2, '0')}`;
      const path = writeDay(join(folder, 'day.csv'), day, round);
      let begun = 0;
      const timed = timeModels(app);
      await importFiles(timed.app, [{ name: 'orders.csv', path }], {
        onProgress: ({ kind }) => {
          if (kind === 'building') begun = performance.now();
        },
      });
      refreshes.push(performance.now() - begun);
      alone.push(lifecycleModels.reduce((sum, name) => sum + (timed.times.get(name) ?? 0), 0));
      const stand = await buyersWhoStand(app, day);
      if (stand !== rows) throw new Error(`${stand} of ${rows} clients of ${day} stand in a stage that fits`);
    }
    return [
      {
        what: `models after a day's import of ${rows} orders, the life cycle of ${clients.toLocaleString('en')} clients with ${orders.toLocaleString('en')} orders among them`,
        measured: `${Math.round(median(refreshes))} ms`,
        target: `≤ ${target} ms`,
        met: median(refreshes) <= target,
      },
      {
        what: `of that the life cycle's own models (${lifecycleModels.join(', ')})`,
        measured: `${Math.round(median(alone))} ms`,
        target: `≤ ${target} ms`,
        met: median(alone) <= target,
      },
    ];
  });
}

async function buyersWhoStand({ warehouse }: App, day: string): Promise<number> {
  const [counted] = await warehouse.query<{ clients: number }>(
    `select count(distinct s.client_no)::int as clients from client_stages s
     join client_acts a on a.client_no = s.client_no and a.happened_on = $day::date
     where $day::date between s.from_on and coalesce(s.until_on, $day::date) and s.stage in ('B', 'C')`,
    { day },
  );
  return counted?.clients ?? 0;
}

function writeDay(file: string, day: string, round: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const client = at % 2 === 0 ? clients + rows * round + at : (613 * (rows * round + at)) % clients;
    return `N${round}-${at},${day} 12:00:00,${1000 + at},C${String(client).padStart(7, '0')},Store ${1 + (client % 5)},S${at % 40}`;
  });
  writeFileSync(file, `${['order_id,ordered_at,amount,customer_id,store,staff_id', ...lines].join('\n')}\n`);
  return file;
}
