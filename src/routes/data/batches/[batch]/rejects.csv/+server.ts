import { asCsv, BYTE_ORDER_MARK } from '#lib/server/reports/csv.ts';
import { visible } from '#lib/exports/visible.ts';
import { allRejects } from '#lib/server/import/all-rejects.ts';
import type { WholeReject } from '#lib/server/import/all-rejects.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { refused } from '../../../../api/refused.server.ts';
import type { RequestHandler } from './$types';

/** Every rejected record of an import, to mend them by: number, column, reason, and the record as it stands, unmasked. */
export const GET: RequestHandler = async ({ params: { batch }, locals: { app, locale }, request }) => {
  try {
    const rows = await allRejects(app.warehouse, batch, request.signal);
    return new Response(BYTE_ORDER_MARK + tableOf(locale, rows), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="rejected-${batch}.csv"`,
        'cache-control': 'private, no-store',
      },
    });
  } catch (error) {
    return refused(error, locale);
  }
};

function tableOf(locale: Locale, rows: readonly WholeReject[]): string {
  const titles = ['line', 'column_name', 'reason', 'raw_text'].map((column) =>
    word(locale, `report.rejects.${column}`),
  );
  const cells = rows.map(({ line, column_name, reason, raw_text }) => [
    line,
    column_name === null ? word(locale, 'data.batch.whole') : visible(column_name),
    word(locale, `reject.${reason}`),
    visible(raw_text ?? ''),
  ]);
  return asCsv(titles, cells);
}
