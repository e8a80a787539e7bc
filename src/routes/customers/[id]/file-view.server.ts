import { fieldLabel } from '#lib/exports/field-label.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field, TableName } from '#lib/exports/tables.ts';
import { visible } from '#lib/exports/visible.ts';
import type { Held } from '#lib/server/customers/held.ts';
import type { Reader } from '#lib/server/figures/words.ts';
import { fileLink } from '#lib/ui/customer-link.ts';
import { longDay } from '#lib/ui/dates.ts';
import { amount } from '#lib/ui/numbers.ts';
import { word } from '#lib/words/word.ts';

/** One record of a file: when, which list, and what it says. */
export type EntryView = {
  list: string;
  day: string | null;
  clock: string | null;
  facts: { name: string; value: string }[];
  /** The file of somebody whom this customer brought. */
  href: string | null;
};

/** What a file begins with: how somebody is called and reached. */
export type HeadView = { name: string | null; phones: string[]; wechat: string[] };

/** A record for the page. `staff` are the names of the staff by their numbers. */
export function entryView(reader: Reader, staff: ReadonlyMap<string, string>, held: Held): EntryView {
  const { locale } = reader;
  const { list, at, fields, extra } = held;
  const table: TableName = list === 'referred' ? 'leads' : list;
  const known = fieldsOf(table).flatMap((field) => {
    const value = fields[field.name] ?? null;
    if (value === null || isMoment(field)) return [];
    return [{ name: fieldLabel(locale, table, field.name), value: valueText(reader, staff, field, value) }];
  });
  const more = Object.entries(extra).flatMap(([name, value]) =>
    value === null ? [] : [{ name: visible(name), value: visible(value) }],
  );
  const time = at?.slice(11, 16) ?? '';
  return {
    list: list === 'referred' ? word(locale, 'customer.referred') : word(locale, `data.table.${list}`),
    day: at === null ? null : longDay(locale, at.slice(0, 10)),
    clock: time === '' || time === '00:00' ? null : time,
    facts: [...known, ...more],
    href: list === 'referred' ? fileLink(`L:${fields['lead_id'] ?? ''}`) : null,
  };
}

/** The name and contacts that the records give, the latest first. */
export function headView(held: readonly Held[]): HeadView {
  const all = (...names: string[]) => [
    ...new Set(held.toReversed().flatMap(({ fields }) => names.flatMap((name) => fields[name] ?? []))),
  ];
  const [name = null] = [...named(held, 'customers', 'name'), ...named(held, 'leads', 'customer_name')];
  return { name, phones: all('phone'), wechat: all('wechat') };
}

/** Who brought them, as their leads say: the customers' numbers and files. */
export function broughtBy(held: readonly Held[]): { number: string; href: string }[] {
  const numbers = named(held, 'leads', 'referrer_customer_id');
  return [...new Set(numbers)].map((number) => ({ number, href: fileLink(`C:${number}`) }));
}

const named = (held: readonly Held[], list: Held['list'], field: string): string[] =>
  held
    .filter((one) => one.list === list)
    .toReversed()
    .flatMap(({ fields }) => fields[field] ?? []);

/** The moment of a record stands before it. */
const isMoment = ({ required, key, type }: Field): boolean =>
  required && !key && (type === 'instant' || type === 'day');

function valueText(
  { locale, currency }: Reader,
  staff: ReadonlyMap<string, string>,
  { name, type }: Field,
  value: string,
): string {
  if (type === 'money') return amount(locale, currency, value);
  if (type === 'choice') return word(locale, `choice.${value}`);
  if (type === 'day') return longDay(locale, value);
  if (type === 'instant') return [longDay(locale, value.slice(0, 10)), value.slice(11, 16)].join(' ');
  const person = name.endsWith('staff_id') || name === 'inviter' ? staff.get(value) : undefined;
  return visible(person === undefined ? value : `${person} (${value})`);
}
