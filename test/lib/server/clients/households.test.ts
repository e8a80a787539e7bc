import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCustomers } from '#lib/server/customers/find.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { findings } from '#lib/server/reports.gen.ts';
import { openInstallation } from '../../../property/installation.ts';
import type { Installation } from '../../../property/installation.ts';
import { bring, differences } from '../../../property/refresh.ts';

const [one, two, three] = ['13800000001', '13900000002', '13700000003'];
const lead = (lead_id: string, phone: string, customer_id: string | null = null) => ({
  lead_id,
  created_at: '2026-01-05T10:00:00',
  customer_id,
  phone,
});

let app: Installation;
beforeEach(async () => {
  app = await openInstallation('2026-05-01');
});
afterEach(() => app.close());

const bringLeads = (...rows: ReturnType<typeof lead>[]) => bring(app, [{ table: 'leads', rows }]);
const links = async () => {
  const rows = await app.warehouse.query<{ one: string }>(
    "select person_id || '=' || client_id as one from client_links order by 1",
  );
  return rows.map((row) => row.one);
};

describe('two telephones in one cell', () => {
  it.each(['/', '、', ';', '; ', ',', '，', ' ', '\n', ' / ', '或'])(
    'are a household, parted by %j',
    async (parted) => {
      await bringLeads(lead('L1', one, 'C1'), lead('L2', `${one}${parted}${two}`), lead('L3', two));
      expect(await links()).toEqual(['L:L2=C:C1', 'L:L3=C:C1']);
    },
  );

  it('join those who came before and after them, as a rebuild would, and stay as they were typed', async () => {
    await bringLeads(lead('L1', one, 'C1'));
    await bringLeads(lead('L3', two));
    expect(await links()).toEqual([]);
    const typed = `138 0000 0001/ +86-${two}`;
    await bringLeads(lead('L2', typed));
    expect(await links()).toEqual(['L:L2=C:C1', 'L:L3=C:C1']);
    expect(await differences(app)).toEqual([]);
    await bringLeads(lead('L4', two));
    expect(await links()).toEqual(['L:L2=C:C1', 'L:L3=C:C1', 'L:L4=C:C1']);
    expect(await differences(app)).toEqual([]);
    await bringLeads(lead('L2', three));
    expect(await links()).toEqual(['L:L4=L:L3']);
    expect(await differences(app)).toEqual([]);
    await bringLeads(lead('L2', typed));
    expect(await app.warehouse.query("select phone from exports.leads where lead_id = 'L2'")).toEqual([
      { phone: typed },
    ]);
  });

  it('make journeys without a customer one client, over several cells', async () => {
    await bringLeads(
      lead('L1', one),
      lead('L2', `${one}/${two}`),
      lead('L3', `${two}/${three}`),
      lead('L4', three),
    );
    expect(await links()).toEqual(['L:L2=L:L1', 'L:L3=L:L1', 'L:L4=L:L1']);
  });

  it('of two customers are neither’s, and take nothing from what each number says alone', async () => {
    await bringLeads(
      lead('L1', one, 'C1'),
      lead('L2', two, 'C2'),
      lead('L3', `${one}/${two}`),
      lead('L4', one),
      lead('L5', two),
    );
    expect(await links()).toEqual(['L:L4=C:C1', 'L:L5=C:C2']);
  });

  it('are told after the import, by how many records, and found by either', async () => {
    await bringLeads(lead('L1', `${one}/${two}`), lead('L2', `${two} ${three}`), lead('L3', `call ${one}`));
    const [batch] = await app.warehouse.query<{ batch_id: number }>(
      'select max(batch_id) as batch_id from raw.batches',
    );
    const { rows } = await findings(asOwner(app), { batch: batch?.batch_id ?? 0 });
    expect(rows).toMatchObject([
      { kind: 'several_phones', table_name: 'leads', column_name: 'phone', rows: 2 },
    ]);
    const found = await findCustomers(asOwner(app), two);
    expect(found.map(({ key }) => key).toSorted()).toEqual(['L:L1', 'L:L2']);
  });
});
