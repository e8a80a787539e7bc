import { Refusal } from '#lib/errors/refusal.ts';
import { isTableName, tableNames } from '#lib/exports/tables.ts';
import { completeness } from '#lib/server/reports.gen.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { orErrorPage } from '../../../refuse.ts';
import { callsOf, questionOf } from '../../columns.server.ts';
import { tableName } from '../../table-names.server.ts';
import type { PageServerLoad } from './$types';
import { columnRows, leadOf, rowsOf, storeChoices } from './columns-view.server.ts';

/** One list column by column: how much of each is filled, of all stores or of one. */
export const load: PageServerLoad = ({ params: { list }, url, locals: { asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    if (!isTableName(list) || list === 'client_decisions')
      throw new Refusal('unknown_table', { table: list, tables: tableNames.join(', ') });
    const answer = await completeness(asker, { table_name: list, stores: 'all' }, { signal: request.signal });
    const store = storeIn(url.searchParams);
    const rows = rowsOf(answer.rows, store);
    return {
      list: tableName(locale, list),
      lead: leadOf(locale, answer, rows),
      calls: callsOf(locale, answer),
      stores: storeChoices(locale, list, answer.rows, store),
      columns: columnRows(locale, questionOf(answer), rows),
      csv: reportLink('completeness', { table_name: list, stores: 'all' }, 'csv'),
    };
  });

/** Undefined for all stores, null for rows that name none. */
function storeIn(search: URLSearchParams): string | null | undefined {
  const text = search.get('store');
  return text === null ? undefined : text || null;
}
