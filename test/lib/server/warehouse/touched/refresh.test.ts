import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { ofFamilies } from '#lib/server/warehouse/touched/sides.ts';
import { openInstallation } from '../../../../property/installation.ts';
import type { Installation } from '../../../../property/installation.ts';
import { bring, bringStock, differences, tablesOfModels } from '../../../../property/refresh.ts';
import type { Row } from '../../../../property/refresh.ts';
import type { TableName } from '../../../../property/studio.ts';

let app: Installation;
let built: object[];
beforeAll(async () => {
  app = await openInstallation('2025-05-10');
  await bringStock(app);
});
beforeEach(async () => {
  built = await tablesOfModels(app);
});
afterAll(() => app.close());

/** Brings one list; returns its batch. */
async function list(table: TableName, ...rows: Row[]): Promise<string> {
  await bring(app, [{ table, rows }]);
  const [last] = await app.warehouse.query<{ batch: string }>(
    'select max(batch_id)::varchar as batch from raw.batches',
  );
  return last?.batch ?? '';
}

const change = (sql: string) => app.warehouse.write((transaction) => transaction.run(sql));

/** Nothing was built anew whole, and yet everything is as if it had been. */
async function expectRefreshed(): Promise<void> {
  expect(await differences(app)).toEqual([]);
  expect(await tablesOfModels(app)).toEqual(built);
}

describe('a batch changes only what it touches, and that wholly:', () => {
  it('who brought a friend, when the friend buys', async () => {
    await list('orders', { order_id: 'A1', ordered_at: '2025-03-01', amount: '100', customer_id: 'anna' });
    await list('leads', {
      lead_id: 'B',
      created_at: '2025-03-10',
      customer_id: 'bert',
      referrer_customer_id: 'anna',
    });
    const friend = () =>
      app.warehouse.query(
        "select brought_friend_on::varchar as brought from journeys where journey_id = 'C:anna'",
      );
    expect(await friend()).toEqual([{ brought: null }]);
    const bought = await list('orders', {
      order_id: 'B1',
      ordered_at: '2025-03-20',
      amount: '100',
      lead_id: 'B',
    });
    expect(await friend()).toEqual([{ brought: '2025-03-20' }]);
    await expectRefreshed();
    await withdrawBatch(app, { batch: bought, by: null });
    expect(await friend()).toEqual([{ brought: null }]);
    await expectRefreshed();
  });

  it('an order without a lead, when a lead of its customer comes later', async () => {
    await list('orders', { order_id: 'C1', ordered_at: '2025-03-20', amount: '100', customer_id: 'cora' });
    await list('upsells', { upsell_id: 'C2', sold_at: '2025-04-01', amount: '50', order_id: 'C1' });
    await list('leads', { lead_id: 'C', created_at: '2025-03-10', customer_id: 'cora' });
    expect(
      await app.warehouse.query("select distinct journey_id from money_entries where order_id = 'C1'"),
    ).toEqual([{ journey_id: 'L:C' }]);
    expect(await app.warehouse.query("select 1 from journeys where journey_id = 'C:cora'")).toEqual([]);
    await expectRefreshed();
  });

  it('the journey before, when its customer buys again, and the one after, when it is a later one', async () => {
    await list('orders', { order_id: 'D1', ordered_at: '2025-03-01', amount: '100', customer_id: 'dora' });
    await list(
      'leads',
      { lead_id: 'D', created_at: '2025-03-10', customer_id: 'dora' },
      { lead_id: 'D0', created_at: '2025-03-09', customer_id: 'other' },
    );
    await list('orders', { order_id: 'D2', ordered_at: '2025-03-20', amount: '100', lead_id: 'D' });
    expect(
      await app.warehouse.query(
        `select j.journey_id, j.bought_again_on::varchar as again, j.returning from journeys j
         where j.journey_id in ('C:dora', 'L:D') order by 1`,
      ),
    ).toEqual([
      { journey_id: 'C:dora', again: '2025-03-20', returning: false },
      { journey_id: 'L:D', again: null, returning: true },
    ]);
    await expectRefreshed();
  });

  it('what was sold and paid before, when the order comes that it names', async () => {
    await list('upsells', { upsell_id: 'E2', sold_at: '2025-04-01', amount: '50', order_id: 'E1' });
    await list('payments', { payment_id: 'E3', paid_at: '2025-04-02', amount: '20', order_id: 'E1' });
    await list('orders', {
      order_id: 'E1',
      ordered_at: '2025-03-30',
      amount: '100',
      customer_id: 'emil',
      store: 'west',
    });
    expect(
      await app.warehouse.query(
        "select balance::varchar as balance, store from open_balances where entry_id = 'order:E1' order by from_on desc limit 1",
      ),
    ).toEqual([{ balance: '130.00', store: 'west' }]);
    await expectRefreshed();
  });

  it('the last moment of a day, when the list that had it is withdrawn', async () => {
    const last = () =>
      app.warehouse.query(
        "select last_at::varchar as last_at from table_days where table_name = 'leads' and store = 'west' and day = '2025-03-04'",
      );
    const before = await last();
    expect(before).toMatchObject([{ last_at: '2025-03-04 18:00:00' }]);
    const late = await list('leads', { lead_id: 'F', created_at: '2025-03-04T21:30:00', store: 'west' });
    expect(await last()).toMatchObject([{ last_at: '2025-03-04 21:30:00' }]);
    await withdrawBatch(app, { batch: late, by: null });
    expect(await last()).toEqual(before);
    await expectRefreshed();
  });
});

describe('a batch that touches nothing', () => {
  it('leaves the models alone, but not the checks of the ledger', async () => {
    const lead = { lead_id: 'G', created_at: '2025-03-10', channel: 'douyin' };
    const first = await list('leads', lead);
    await list('leads', lead);
    await expectRefreshed();
    await change(`update raw.batches set read = read + 1 where batch_id = ${first}`);
    await expect(list('leads', lead)).rejects.toMatchObject({
      code: 'check_failed',
      params: { rows: 1 },
      cause: expect.stringContaining('batches_add_up') as string,
    });
    await change(`update raw.batches set read = read - 1 where batch_id = ${first}`);
  });
});

describe('everything is built anew', () => {
  it('when a great share of all rows is touched', async () => {
    await list(
      'payments',
      ...Array.from({ length: 3000 }, (_, no) => ({
        payment_id: `H${no}`,
        paid_at: '2025-04-02',
        amount: '20',
        order_id: null,
      })),
    );
    expect(await tablesOfModels(app)).not.toEqual(built);
    expect(await differences(app)).toEqual([]);
  });

  it('when the models were built from other texts', async () => {
    const [kept] = await app.warehouse.query<{ models: string }>('select models from state.built');
    await change("update state.built set models = 'others'");
    await list('leads', { lead_id: 'I', created_at: '2025-03-10' });
    expect(await tablesOfModels(app)).not.toEqual(built);
    await change(`update state.built set models = '${kept?.models}'`);
  });

  it('of a model whose stored rows are not what the lists say they were', async () => {
    await list('orders', { order_id: 'J1', ordered_at: '2025-03-01', amount: '100', customer_id: 'jo' });
    await change("delete from paths where journey_id = 'C:jo'");
    await list('orders', { order_id: 'J2', ordered_at: '2025-03-05', amount: '100', customer_id: 'jo' });
    expect(await differences(app)).toEqual([]);
  });
});

describe('a text on families alone', () => {
  it('is refused when it reads a list whose rows are of no families', async () => {
    const text = 'select f.followup_id as followup_id from exports.followups f';
    await expect(ofFamilies(app.warehouse, text, 'after', new Map())).rejects.toThrow('exports.followups');
  });
});
