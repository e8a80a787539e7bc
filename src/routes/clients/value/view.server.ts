import type { ClientValuesRow, CustomerValueFitRow } from '#lib/server/reports.gen.ts';
import { fileLink, numberOf } from '#lib/ui/customer-link.ts';
import { longDay, weekday } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { count, measure, money, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { ValueAnswers } from './answers.server.ts';

const meanings = {
  r: 'value.r',
  alpha: 'value.alpha',
  a: 'value.a',
  b: 'value.b',
  p: 'value.p',
  q: 'value.q',
  v: 'value.v',
} as const;

/** The page of client value in the reader's language and figures, ready to be laid out. Server only. */
export function valueView(locale: Locale, { currency }: { currency: string }, answers: ValueAnswers) {
  return {
    upTo: weekday(locale, answers.lastDay),
    csv: {
      fit: reportLink('customer_value_fit', answers.asked, 'csv'),
      clients: reportLink('client_values', { ...answers.asked, limit: 100_000 }, 'csv'),
    },
    fits: answers.fits.map((row) => fitView(locale, row)),
    clients: clientsView(locale, currency, answers.clients),
  };
}

export type ValueView = ReturnType<typeof valueView>;

function fitView(locale: Locale, row: CustomerValueFitRow) {
  const isBuying = row.model === 'bg_nbd';
  const counted = { customers: count(locale, row.customers), back: count(locale, row.came_back) };
  const unfit = isBuying ? 'value.no_highest_point' : 'value.spent.no_highest_point';
  return {
    title: word(locale, isBuying ? 'value.back' : 'value.spent'),
    name: isBuying ? 'BG/NBD' : 'gamma–gamma',
    basis: word(locale, isBuying ? 'value.fit.basis' : 'value.fit.basis.spent', counted),
    refusal:
      row.reason === null ? null : word(locale, row.reason === 'too_few' ? 'value.too_few' : unfit, counted),
    parameters: Object.entries(meanings).flatMap(([name, meaning]) => {
      const value = row.parameters?.[name];
      if (value === undefined) return [];
      const told = (of: Readonly<Record<string, number>> | null) => measure(locale, of?.[name] ?? 0);
      return {
        name: name === 'alpha' ? 'α' : name,
        meaning: word(locale, meaning),
        value: measure(locale, value),
        error: told(row.standard_errors),
        interval: `${told(row.low)}–${told(row.high)}`,
      };
    }),
  };
}

/** The clients of the list; null where nothing can be expected of anybody. */
function clientsView(locale: Locale, currency: string, rows: readonly ClientValuesRow[]) {
  const all = rows[0]?.all_rows ?? 0;
  if (rows[0]?.expected_orders == null) return null;
  const inMoney = (amount: string | null) => (amount === null ? '—' : money(locale, currency, amount));
  const figure = (value: number | null) => (value === null ? '—' : measure(locale, value, 2));
  return {
    more: all > rows.length ? { count: count(locale, rows.length), all: count(locale, all) } : null,
    rows: rows.map((row) => ({
      no: row.row_no,
      href: fileLink(row.client_id),
      name: row.customer_name ?? numberOf(row.client_id),
      number: row.customer_name === null ? null : row.customer_id,
      orders: count(locale, row.orders),
      last: longDay(locale, row.last_on),
      alive: row.alive === null ? '—' : percent(locale, row.alive),
      ahead: {
        orders: figure(row.expected_orders),
        ordersRange: `${figure(row.orders_low)}–${figure(row.orders_high)}`,
        value: inMoney(row.expected_value),
        valueRange: row.value_low === null ? '' : `${inMoney(row.value_low)}–${inMoney(row.value_high)}`,
      },
    })),
  };
}
