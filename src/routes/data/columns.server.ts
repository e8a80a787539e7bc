import { fieldLabel } from '#lib/exports/field-label.ts';
import { isTableName } from '#lib/exports/tables.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Answer } from '#lib/server/reports/answer.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { completeness } from '#lib/server/reports.gen.ts';
import type { CompletenessParams, CompletenessRow } from '#lib/server/reports.gen.ts';
import { shortDay } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { tableName } from './table-names.server.ts';

/** A column that used to be filled and no longer is: what is said of it, and the rows behind that. */
export type Call = { key: string; sentence: string; rows: string; link: string; expected: string };

export type ColumnsView = {
  calls: Call[];
  /** Lists that have rows, each with the page of its columns. */
  lists: { name: string; label: string; href: string }[];
};

/** How complete the lists are; null while there are no leads, visits or orders. */
export async function askColumns(
  asker: Asker,
  params: CompletenessParams = {},
): Promise<Answer<CompletenessRow> | null> {
  try {
    return await completeness(asker, params);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'no_data_yet') return null;
    throw error;
  }
}

/** What the page says of it: columns that are no longer filled, and where the others can be seen. */
export function columnsView(locale: Locale, answer: Answer<CompletenessRow> | null): ColumnsView | null {
  if (answer === null || answer.rows.length === 0) return null;
  const names = [...new Set(answer.rows.map(({ table_name }) => table_name))];
  return {
    calls: callsOf(locale, answer),
    lists: names.map((name) => ({
      name,
      label: tableName(locale, name),
      href: `/data/lists/${name}`,
    })),
  };
}

/** The columns that are called out, in the report's order. */
export function callsOf(locale: Locale, answer: Answer<CompletenessRow>): Call[] {
  return answer.rows.filter(({ called }) => called).map((row) => callOf(locale, questionOf(answer), row));
}

function callOf(locale: Locale, params: LinkParameters, row: CompletenessRow): Call {
  const { table_name, column_name, scope, store, state } = row;
  const place = placeOf(locale, row);
  const column = columnLabel(locale, row);
  const stopped = state === 'stopped';
  const rows = stopped ? row.empty_rows : row.recent_rows;
  const sentence =
    stopped && row.empty_from !== null
      ? word(locale, 'data.columns.stopped', { place, column, day: shortDay(locale, row.empty_from) })
      : word(locale, 'data.columns.fallen', {
          place,
          column,
          recent: percent(locale, row.recent_share ?? 0),
          earlier: percent(locale, row.earlier_share ?? 0),
        });
  return {
    key: `${table_name} ${column_name} ${scope} ${store ?? ''}`,
    sentence,
    rows: word(locale, `data.columns.${state}.rows`, { count: count(locale, rows) }),
    link: columnLink(params, row, stopped ? 'empty_rows' : 'recent_rows'),
    expected: word(locale, `data.columns.${state}.expected`, {
      expected: count(locale, Math.round(row.expected_filled ?? 0)),
    }),
  };
}

/** What an answer was asked with, for the links that open its numbers. */
export function questionOf({ as_of, params }: Answer<CompletenessRow>): LinkParameters {
  const { table_name: list, stores } = params;
  return {
    as_of,
    table_name: typeof list === 'string' ? list : null,
    stores: typeof stores === 'string' ? stores : null,
  };
}

/** The link that opens a number of a column. */
export function columnLink(params: LinkParameters, row: CompletenessRow, figure: string): string {
  const { table_name, column_name, scope, store } = row;
  return figureLink('completeness', figure, params, { table_name, column_name, scope, store });
}

/** What the column is called in the reader's language. */
export function columnLabel(locale: Locale, { table_name, column_name }: CompletenessRow): string {
  return isTableName(table_name) ? fieldLabel(locale, table_name, column_name) : column_name;
}

function placeOf(locale: Locale, { table_name, scope, store }: CompletenessRow): string {
  const list = tableName(locale, table_name);
  if (scope === 'list') return list;
  return word(locale, 'data.columns.place', { store: store ?? word(locale, 'data.fresh.no_store'), list });
}
