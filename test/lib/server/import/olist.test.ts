import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import type { Mapping } from '#lib/exports/mapping.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import { referenceData } from '../../../run/reference-data.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

const { folder, present } = referenceData(join(import.meta.dirname, '..', '..', '..', '..'));
const olist = (name: string) => ({ name, path: join(folder, 'real', 'olist', name) });

const asLeads = mappingByHeader('leads', {
  lead_id: 'mql_id',
  created_at: 'first_contact_date',
  channel: 'origin',
});
const asOrders = mappingByHeader('orders', {
  order_id: 'mql_id',
  lead_id: 'mql_id',
  ordered_at: 'won_date',
  staff_id: 'sr_id',
  amount: 'declared_monthly_revenue',
});
describe.runIf(present)('a real list of leads and deals', () => {
  let studio: StudioFolder;
  beforeEach(async () => {
    studio = await studioFolder();
  });
  afterEach(() => studio.close());

  const bring = async (name: string, mapping: Mapping, into = studio) =>
    (await importFiles(into.app, [{ ...olist(name), mapping }])).summaries[0];
  const rows = (sql: string, from = studio) => from.app.warehouse.query(sql);

  it('comes in by a mapping, every record and every column', async () => {
    expect(await bring('olist_marketing_qualified_leads_dataset.csv', asLeads)).toMatchObject({
      table: 'leads',
      read: 8000,
      loaded: 8000,
      rejected: 0,
    });
    expect(await bring('olist_closed_deals_dataset.csv', asOrders)).toMatchObject({
      table: 'orders',
      read: 842,
      loaded: 842,
      rejected: 0,
    });
    expect(
      await rows(
        `select count(*) filter (channel is null) as without_channel, count(distinct extra->>'landing_page_id') as pages, min(created_at) as first from exports.leads`,
      ),
    ).toEqual([{ without_channel: 60, pages: 495, first: '2017-06-14T00:00:00' }]);
    expect(
      await rows(
        'select count(*) as won, max(o.ordered_at) as last from exports.leads l join exports.orders o on o.lead_id = l.lead_id',
      ),
    ).toEqual([{ won: 842, last: '2018-11-14T18:04:19' }]);
  });

  it('gives the same figures when Excel has saved it again with the day first, cut to the minute', async () => {
    const again = await studioFolder();
    try {
      await bring('olist_marketing_qualified_leads_dataset.csv', asLeads);
      await bring('olist_closed_deals_dataset.csv', asOrders);
      expect(await bring('messy/mql_excel_ddmmyyyy.csv', asLeads, again)).toMatchObject({
        loaded: 8000,
        rejected: 0,
      });
      expect(await bring('messy/closed_deals_excel_ddmmyyyy.csv', asOrders, again)).toMatchObject({
        loaded: 842,
        rejected: 0,
      });
      const leads = 'select lead_id, created_at, channel, extra from exports.leads order by line';
      expect(await rows(leads, again)).toEqual(await rows(leads));
      const orders = (at: string) =>
        `select order_id, lead_id, ${at} as ordered_at, amount, staff_id from exports.orders order by line`;
      expect(await rows(orders('ordered_at'), again)).toEqual(
        await rows(orders(`date_trunc('minute', ordered_at)`)),
      );
      for (const view of ['cohort', 'period']) {
        const asked = { from: '2017-06-14', to: '2018-11-14', view, by: 'channel' };
        const figures = await askByName(asOwner(studio.app), 'funnel', asked);
        if (view === 'cohort')
          expect(figures.rows).toContainEqual(
            expect.objectContaining({ segment: 'paid_search', step: 'bought', people: 195 }),
          );
        expect((await askByName(asOwner(again.app), 'funnel', asked)).rows).toEqual(figures.rows);
      }
    } finally {
      await again.close();
    }
  });

  it('counts the same funnel when Excel has saved it again with the month first and the amounts are lost', async () => {
    const columns = { order_id: 0, lead_id: 0, staff_id: 3, ordered_at: 4 };
    const plan = { lists: [{ table: 'orders', columns, constants: { amount: '0' } }] };
    const deals = async (name: string, into: StudioFolder) =>
      (await importFiles(into.app, [{ ...olist(name), plan }])).summaries[0];
    const again = await studioFolder();
    try {
      await bring('olist_marketing_qualified_leads_dataset.csv', asLeads);
      await bring('messy/mql_excel_ddmmyyyy.csv', asLeads, again);
      const whole = { read: 842, loaded: 842, rejected: 0 };
      expect(await deals('olist_closed_deals_dataset.csv', studio)).toMatchObject(whole);
      expect(await deals('messy/closed_deals_excel_us_mdyyyy.csv', again)).toMatchObject(whole);
      const orders = (at: string) =>
        `select order_id, ${at} as ordered_at, staff_id from exports.orders order by order_id`;
      expect(await rows(orders('ordered_at'), again)).toEqual(
        await rows(orders(`date_trunc('minute', ordered_at)`)),
      );
      const asked = { from: '2017-06-14', to: '2018-11-14', view: 'period', by: 'channel' };
      const figures = (await askByName(asOwner(again.app), 'funnel', asked)).rows;
      expect(figures).toEqual((await askByName(asOwner(studio.app), 'funnel', asked)).rows);
    } finally {
      await again.close();
    }
  });
});
