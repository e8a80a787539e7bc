import { visible } from '#lib/exports/visible.ts';
import { allRejects } from '#lib/server/import/all-rejects.ts';
import { asCsv, BYTE_ORDER_MARK } from '#lib/server/reports/csv.ts';
import type { SheetColumn } from '#lib/server/reports/sheet.ts';
import { asWorkbook, WORKBOOK_TYPE } from '#lib/server/reports/workbook.ts';
import type { App } from '#lib/server/app.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

type Table = { columns: SheetColumn[]; rows: (string | number)[][] };

/**
 * Every rejected record of an import, to mend them by: number, column, reason, and the record as it stands, unmasked.
 * Throws Refusal unknown_batch, sheet_too_long.
 */
export async function rejectsFile(
  { warehouse }: App,
  locale: Locale,
  { batch, format, signal }: { batch: string; format: 'csv' | 'xlsx'; signal: AbortSignal },
): Promise<Response> {
  const { columns, rows } = await tableOf(warehouse, locale, batch, signal);
  const titles = columns.map(({ title }) => title);
  const body = format === 'csv' ? BYTE_ORDER_MARK + asCsv(titles, rows) : await asWorkbook(columns, rows);
  return new Response(body as BodyInit, {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : WORKBOOK_TYPE,
      'content-disposition': `attachment; filename="rejected-${batch}.${format}"`,
      'cache-control': 'private, no-store',
    },
  });
}

async function tableOf(
  warehouse: App['warehouse'],
  locale: Locale,
  batch: string,
  signal: AbortSignal,
): Promise<Table> {
  const rejects = await allRejects(warehouse, batch, signal);
  const names = ['line', 'column_name', 'reason', 'raw_text'] as const;
  return {
    columns: names.map((name) => ({
      title: word(locale, `report.rejects.${name}`),
      type: name === 'line' ? 'bigint' : 'varchar',
    })),
    rows: rejects.map(({ line, column_name, reason, raw_text }) => [
      line,
      column_name === null ? word(locale, 'data.batch.whole') : visible(column_name),
      word(locale, `reject.${reason}`),
      visible(raw_text ?? ''),
    ]),
  };
}
