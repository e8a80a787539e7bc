import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFiles } from '#lib/server/import/import-files.ts';
import { referenceData } from '../../../run/reference-data.ts';
import { studioFolder } from './studio-folder.ts';

const { folder, present } = referenceData(join(import.meta.dirname, '..', '..', '..', '..'));
const olist = (name: string) => ({ name, path: join(folder, 'real', 'olist', name) });

describe.runIf(present)('a real list of leads and deals', () => {
  it('comes in by a mapping, every record and every column', async () => {
    const studio = await studioFolder();
    try {
      const map = { lead_id: 'mql_id', created_at: 'first_contact_date', channel: 'origin' };
      const leads = await importFiles(studio.app, [olist('olist_marketing_qualified_leads_dataset.csv')], {
        table: 'leads',
        map,
      });
      expect(leads.summaries).toMatchObject([{ table: 'leads', read: 8000, loaded: 8000, rejected: 0 }]);
      const dealMap = {
        order_id: 'mql_id',
        lead_id: 'mql_id',
        ordered_at: 'won_date',
        staff_id: 'sr_id',
        amount: 'declared_monthly_revenue',
      };
      const deals = await importFiles(studio.app, [olist('olist_closed_deals_dataset.csv')], {
        table: 'orders',
        map: dealMap,
      });
      expect(deals.summaries).toMatchObject([{ table: 'orders', read: 842, loaded: 842, rejected: 0 }]);
      expect(
        await studio.app.warehouse.query(
          `select count(*) filter (channel is null) as without_channel, count(distinct extra->>'landing_page_id') as pages, min(created_at) as first from exports.leads`,
        ),
      ).toEqual([{ without_channel: 60, pages: 495, first: '2017-06-14T00:00:00' }]);
      const funnel = await studio.app.warehouse.query(
        `select count(*) as won, max(o.ordered_at) as last from exports.leads l join exports.orders o on o.lead_id = l.lead_id`,
      );
      expect(funnel).toEqual([{ won: 842, last: '2018-11-14T18:04:19' }]);
    } finally {
      await studio.close();
    }
  });
});
