import type { ClientDecisionsRow, ClientMatchesRow } from '#lib/server/reports.gen.ts';
import { fileLink, numberOf } from '#lib/ui/customer-link.ts';
import { longDay } from '#lib/ui/dates.ts';
import { count, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** One of the two of a pair. */
export type SideView = {
  id: string;
  heading: string;
  href: string;
  facts: { name: string; value: string }[];
};

/** What the page shows of a pair: both, how likely they are one, why, and what speaks against it. */
export function matchView(locale: Locale, row: ClientMatchesRow) {
  return {
    likely: word(locale, 'matches.likely', { percent: percent(locale, row.confidence) }),
    sides: [
      sideView(locale, word(locale, 'matches.one'), {
        id: row.client_a,
        name: row.name_a,
        phone: row.phone_a,
        store: row.store_a,
        began: row.began_on_a,
        journeys: row.journeys_a,
        orders: row.orders_a,
      }),
      sideView(locale, word(locale, 'matches.other'), {
        id: row.client_b,
        name: row.name_b,
        phone: row.phone_b,
        store: row.store_b,
        began: row.began_on_b,
        journeys: row.journeys_b,
        orders: row.orders_b,
      }),
    ],
    reasons: reasonsOf(locale, row),
    against: differencesOf(locale, row),
  };
}

type Side = {
  id: string;
  name: string | null;
  phone: string | null;
  store: string | null;
  began: string | null;
  journeys: number;
  orders: number;
};

function sideView(locale: Locale, heading: string, side: Side): SideView {
  const facts = [
    [word(locale, 'matches.known.as'), numberOf(side.id)],
    [word(locale, 'matches.name'), side.name],
    [word(locale, 'matches.phone'), side.phone],
    [word(locale, 'matches.store'), side.store],
    [word(locale, 'matches.began'), side.began === null ? null : longDay(locale, side.began)],
    [word(locale, 'matches.journeys'), count(locale, side.journeys)],
    [word(locale, 'matches.orders'), count(locale, side.orders)],
  ] as const;
  return {
    id: side.id,
    heading,
    href: fileLink(side.id),
    facts: facts.map(([name, value]) => ({ name, value: value ?? '—' })),
  };
}

function reasonsOf(locale: Locale, row: ClientMatchesRow): string[] {
  const order = row.shared_order;
  return [
    ...(order === null ? [] : [word(locale, 'matches.reason.order', { order })]),
    ...(row.phone_match === 'own' ? [word(locale, 'matches.reason.phone.own')] : []),
    ...(row.phone_match === 'partner' ? [word(locale, 'matches.reason.phone.partner')] : []),
    ...(row.wechat_match === 'same' ? [word(locale, 'matches.reason.wechat.same')] : []),
    ...(row.name_match === 'same'
      ? [word(locale, 'matches.reason.name.same', { count: count(locale, row.name_bearers ?? 0) })]
      : []),
    ...(row.store_match === 'same' ? [word(locale, 'matches.reason.store.same')] : []),
    ...(row.city_match === 'same' ? [word(locale, 'matches.reason.city.same')] : []),
    ...(row.wedding_match === 'same' ? [word(locale, 'matches.reason.wedding.same')] : []),
  ];
}

function differencesOf(locale: Locale, row: ClientMatchesRow): string[] {
  return [
    ...(row.phone_match === 'different' ? [word(locale, 'matches.reason.phone.different')] : []),
    ...(row.wechat_match === 'different' ? [word(locale, 'matches.reason.wechat.different')] : []),
    ...(row.name_match === 'different' ? [word(locale, 'matches.reason.name.different')] : []),
    ...(row.store_match === 'different' ? [word(locale, 'matches.reason.store.different')] : []),
    ...(row.city_match === 'different' ? [word(locale, 'matches.reason.city.different')] : []),
    ...(row.wedding_match === 'different' ? [word(locale, 'matches.reason.wedding.different')] : []),
  ];
}

/** A decision for the list of what was decided; `batch` names it where it can be undone here. */
export function decisionView(locale: Locale, row: ClientDecisionsRow, undoable: ReadonlySet<number>) {
  const called = (person: string, name: string | null, phone: string | null) =>
    [name, phone, numberOf(person)].filter((part) => part !== null).join(' · ');
  const [day, time] = [row.decided_at.slice(0, 10), row.decided_at.slice(11, 16)];
  return {
    no: row.row_no,
    decision: word(locale, row.decision === 'same' ? 'matches.same' : 'matches.different'),
    one: { text: called(row.person_a, row.name_a, row.phone_a), href: fileLink(row.person_a) },
    other: { text: called(row.person_b, row.name_b, row.phone_b), href: fileLink(row.person_b) },
    by: word(locale, 'matches.by', {
      name: row.decided_by ?? '—',
      when: `${longDay(locale, day)} ${time}`,
    }),
    standing: standingText(locale, row.standing),
    batch: undoable.has(row.batch_id) ? String(row.batch_id) : null,
  };
}

function standingText(locale: Locale, standing: string): string {
  if (standing === 'overruled') return word(locale, 'matches.standing.overruled');
  if (standing === 'outweighed') return word(locale, 'matches.standing.outweighed');
  return word(locale, 'matches.standing.holds');
}
