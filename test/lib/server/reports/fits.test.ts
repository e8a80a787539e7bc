import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { clientValues, customerValueFit } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { simulatedOrders } from '../../stats/simulated-orders.ts';
import type { GivenRow } from '../../../queries/case.ts';
import { fill, openEmptyWarehouse } from '../../../queries/fill.ts';

const until = '2025-03-31';

/** The orders of simulated clients, as the export that they would come in. */
function ordersOf(people: number): GivenRow[] {
  const [header = '', ...lines] = simulatedOrders(people).split('\n');
  const names = header.split(',');
  return lines.map((line, at) => ({
    ...Object.fromEntries(line.split(',').map((value, place) => [names[place] ?? '', value])),
    status: 'active',
    batch_id: '1',
    line: String(at + 1),
    imported_on: until,
  }));
}

let warehouse: Warehouse;
let owner: Asker;
/** What the threads were begun for. */
let threads: (string | null)[];
const seen = ({ threadName }: Worker) => void threads.push(threadName);
const fits = () => threads.filter((name) => name === 'valueModels').length;

beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
  owner = asOwner({ warehouse });
});
afterAll(() => warehouse.close());
beforeEach(async () => {
  await fill(warehouse, new Map([['orders', ordersOf(400)]]));
  threads = [];
  process.on('worker', seen);
});
afterEach(() => process.off('worker', seen));

const worthOf = async (client: string) =>
  (await clientValues(owner, { until, client_id: `C:${client}` })).rows;

test('models of value are fitted once to the data as they are, whoever is asked for, and once more when the data have changed', async () => {
  const all = (await clientValues(owner, { until, limit: 400 })).rows;
  for (const client of ['C3', 'C7'])
    expect(await worthOf(client)).toEqual([
      { ...all.find(({ customer_id }) => customer_id === client), row_no: 1, all_rows: 1 },
    ]);
  expect((await customerValueFit(owner, { until })).rows.map(({ converged }) => converged)).toEqual([
    true,
    true,
  ]);
  expect(fits()).toBe(1);

  const before = await worthOf('C3');
  await fill(warehouse, new Map([['orders', ordersOf(450)]]));
  const [changed, others] = await Promise.all([worthOf('C3'), worthOf('C7')]);
  expect(fits()).toBe(2);
  expect(changed[0]?.orders).toBe(before[0]?.orders);
  expect(changed[0]?.expected_orders).not.toBe(before[0]?.expected_orders);

  const anew = await openEmptyWarehouse();
  try {
    await fill(anew, new Map([['orders', ordersOf(450)]]));
    const asked = async (client: string) =>
      (await clientValues(asOwner({ warehouse: anew }), { until, client_id: `C:${client}` })).rows;
    expect([changed, others]).toEqual([await asked('C3'), await asked('C7')]);
  } finally {
    await anew.close();
  }
});

test('another last day and another unit are other models; another page of the list is not', async () => {
  await clientValues(owner, { until, limit: 5 });
  await clientValues(owner, { until, limit: 5, offset: 5 });
  expect(fits()).toBe(1);
  await clientValues(owner, { until, unit: 'day', limit: 5 });
  await clientValues(owner, { until: '2025-02-28', limit: 5 });
  expect(fits()).toBe(3);
});

test('whoever goes away before models are fitted leaves nothing behind that others would be told', async () => {
  const leaving = new AbortController();
  const left = clientValues(owner, { until, client_id: 'C:C3' }, { signal: leaving.signal });
  await once(process, 'worker');
  leaving.abort();
  await expect(left).rejects.toMatchObject({ code: 'query_cancelled' });
  expect((await worthOf('C3'))[0]?.alive).toBeGreaterThan(0);
  expect(fits()).toBe(2);
});
