import type { Access } from '#lib/server/customers/access-log.ts';
import { fileLink } from '#lib/ui/customer-link.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { moment } from '../data/moment.ts';
import { pageIn, paging } from '../data/paging.ts';
import { askedIn } from './asked.ts';
import type { PageServerLoad } from './$types';

const SIZE = 50;

/** Who opened whose file, when and why, the latest first. */
export const load: PageServerLoad = ({ url: { searchParams }, locals: { app, locale } }) => {
  const { accessLog, settings } = app;
  const asked = askedIn(searchParams);
  const page = pageIn(searchParams);
  const { lines, all } = accessLog.page(asked, { page, size: SIZE });
  const zone = settings.get('time_zone');
  const link = (to: number | null) =>
    to === null ? null : `/access-log?${new URLSearchParams({ ...asked, page: String(to) })}`;
  const place = paging(locale, page, SIZE, all);
  return {
    asked,
    names: accessLog.names(),
    all: count(locale, all),
    lines: lines.map((line) => lineView(locale, zone, line)),
    newer: link(place?.previous ?? null),
    older: link(place?.next ?? null),
    csv: `/access-log/file.csv?${new URLSearchParams(asked)}`,
  };
};

function lineView(locale: Locale, zone: string, { no, at, who, kind, customer, reason }: Access) {
  return {
    no,
    when: moment(locale, zone, at.slice(0, 19)),
    who: who.name,
    role: word(locale, who.id === null ? 'access.command' : `role.${who.role}`),
    kind: word(locale, `access.${kind}`),
    customer,
    href: kind === 'looked_as' ? `/me?staff=${encodeURIComponent(customer.slice(2))}` : fileLink(customer),
    reason,
  };
}
