import { Refusal } from '#lib/errors/refusal.ts';
import { fieldsOf, isTableName } from '#lib/exports/tables.ts';
import { visible } from '#lib/exports/visible.ts';
import { batches, rejects } from '#lib/server/reports.gen.ts';
import type { BatchesRow, RejectsRow } from '#lib/server/reports.gen.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { orErrorPage } from '../../../refuse.ts';
import { batchView } from '../../history.server.ts';
import { pageIn, paging } from '../../paging.ts';
import type { PageServerLoad } from './$types';

const PROBLEMS = 50;

/** One file that came in: what became of its records, how its columns were taken, and what was rejected. */
export const load: PageServerLoad = ({ params, url, locals: { app, locale } }) =>
  orErrorPage(locale, async () => {
    const batch = numberIn(params.batch);
    const page = pageIn(url.searchParams);
    const [{ rows }, found] = await Promise.all([
      batches(app, { batch }),
      rejects(app, { batch, page, page_size: PROBLEMS }),
    ]);
    const row = rows[0];
    if (!row) throw new Refusal('unknown_batch', { batch: params.batch });
    const [first] = found.rows;
    return {
      batch: batchView(locale, app.settings.get('time_zone'), row),
      columns: columnsOf(locale, row),
      rejects: found.rows.map((reject) => rejectView(locale, reject)),
      problems: count(locale, first?.all_problems ?? 0),
      records: count(locale, first?.all_records ?? 0),
      paging: paging(locale, page, PROBLEMS, first?.all_problems ?? 0),
    };
  });

function numberIn(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Refusal('unknown_batch', { batch: text });
  return Number(text);
}

/** The fields of the list in their own order, with the headers that fed them. */
function columnsOf(locale: Locale, { table_name, mapping }: BatchesRow): { field: string; header: string }[] {
  const headers = JSON.parse(mapping) as Record<string, string>;
  const fields = isTableName(table_name) ? fieldsOf(table_name) : [];
  return fields
    .filter(({ name }) => headers[name] !== undefined)
    .map(({ name, synonyms }) => ({
      field: synonyms[locale][0] ?? name,
      header: visible(headers[name] ?? ''),
    }));
}

function rejectView(locale: Locale, reject: RejectsRow) {
  return {
    number: reject.reject_no,
    line: count(locale, reject.line),
    column: reject.column_name === null ? null : visible(reject.column_name),
    reason: word(locale, `reject.${reject.reason}`),
    raw: visible(reject.raw_text ?? ''),
  };
}
