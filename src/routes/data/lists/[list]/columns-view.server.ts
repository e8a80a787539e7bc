import type { Answer } from '#lib/server/reports/answer.ts';
import type { CompletenessRow } from '#lib/server/reports.gen.ts';
import { longDay } from '#lib/ui/dates.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { columnLabel, columnLink } from '../../columns.server.ts';

/** One column of the list: how many rows have a value, now and before, each number with what opens it. */
export type ColumnRow = {
  name: string;
  label: string;
  /** Filled in later than its row: its last four weeks lie further back. */
  later: boolean;
  /** What has changed, in words; null where nothing has. */
  state: string | null;
  filled: Opened;
  share: Opened;
  recent: Opened;
  earlier: string;
  last: string;
};

type Opened = { text: string; link: string };

/** Which rows are looked at: those of all stores, of one, or those that name none. */
export type StoreChoice = { words: string; href: string; here: boolean };

/** The rows of one scope: undefined the whole list, null rows without a store. */
export function rowsOf(
  rows: readonly CompletenessRow[],
  store: string | null | undefined,
): CompletenessRow[] {
  return rows
    .filter((row) =>
      store === undefined ? row.scope === 'list' : row.scope === 'store' && row.store === store,
    )
    .sort((a, b) => a.column_no - b.column_no);
}

/** The columns in the order of the list. */
export function columnRows(
  locale: Locale,
  params: LinkParameters,
  rows: readonly CompletenessRow[],
): ColumnRow[] {
  const [key] = rows;
  return rows.map((row) => ({
    name: row.column_name,
    label: columnLabel(locale, row),
    later: row.judged_to !== key?.judged_to,
    state: ['stopped', 'fallen'].includes(row.state) ? word(locale, `code.state.${row.state}`) : null,
    filled: { text: count(locale, row.filled), link: columnLink(params, row, 'filled') },
    share: { text: shareOf(locale, row.share), link: columnLink(params, row, 'share') },
    recent: { text: shareOf(locale, row.recent_share), link: columnLink(params, row, 'recent_share') },
    earlier: shareOf(locale, row.earlier_share),
    last: lastOf(locale, row),
  }));
}

/** Links to the same list store by store; none where its rows name no store. */
export function storeChoices(
  locale: Locale,
  list: string,
  rows: readonly CompletenessRow[],
  store: string | null | undefined,
): StoreChoice[] {
  const stores = [...new Set(rows.filter(({ scope }) => scope === 'store').map((row) => row.store))];
  if (stores.length === 0) return [];
  return [
    {
      words: word(locale, 'data.columns.all_stores'),
      href: `/data/lists/${list}`,
      here: store === undefined,
    },
    ...stores.map((name) => ({
      words: name ?? word(locale, 'data.fresh.no_store'),
      href: `/data/lists/${list}?store=${encodeURIComponent(name ?? '')}`,
      here: store === name,
    })),
  ];
}

/** How many rows there are and up to which day. */
export function leadOf(locale: Locale, { as_of }: Answer<CompletenessRow>, rows: readonly CompletenessRow[]) {
  const [first] = rows;
  if (first === undefined) return null;
  const last = as_of !== null && first.judged_to > as_of ? as_of : first.judged_to;
  return word(locale, 'data.columns.lead', { count: count(locale, first.rows), day: longDay(locale, last) });
}

function lastOf(locale: Locale, { filled, last_filled_on }: CompletenessRow): string {
  if (filled === 0) return word(locale, 'data.columns.never');
  return last_filled_on === null ? word(locale, 'data.columns.long_ago') : longDay(locale, last_filled_on);
}

function shareOf(locale: Locale, share: number | null): string {
  return share === null ? '—' : percent(locale, share);
}
