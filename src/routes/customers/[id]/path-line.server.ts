import type { Held } from '#lib/server/customers/held.ts';
import { longDay } from '#lib/ui/dates.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/**
 * The whole path of a client on one line of time: a lane for each kind of record, a mark for each, `at` from 0 to 100; `no` is the
 * place of the record in what is held.
 */
export type PathLine = {
  first: string;
  last: string;
  lanes: { name: string; marks: { no: number; at: number; day: string }[] }[];
};

/** The lanes from the top, as a client goes through them. */
const LANES = [
  'leads',
  'visits',
  'appointments',
  'orders',
  'upsells',
  'payments',
  'followups',
  'complaints',
  'surveys',
  'cards',
  'referred',
  'referral_rewards',
  'events',
] as const satisfies readonly Held['list'][];

const DAY_MS = 86_400_000;
const timeOf = (at: string): number => Date.parse(`${at.slice(0, 10)}T00:00:00Z`) / DAY_MS;

/** The path of what is held on a client; null where nothing has a day, or all has the same. */
export function pathLine(locale: Locale, held: readonly Held[]): PathLine | null {
  const drawn = new Set<Held['list']>(LANES);
  const dated = held
    .flatMap(({ list, at }, no) => (at === null || !drawn.has(list) ? [] : [{ no, list, at }]))
    .toSorted(byTime);
  const [first, last] = [dated[0], dated.at(-1)];
  if (!first || !last) return null;
  const [from, to] = [timeOf(first.at), timeOf(last.at)];
  if (from === to) return null;
  const lanes = LANES.map((list) => ({
    name: word(locale, list === 'referred' ? 'customer.referred' : `data.table.${list}`),
    marks: dated
      .filter((one) => one.list === list)
      .map(({ no, at }) => ({
        no,
        at: (100 * (timeOf(at) - from)) / (to - from),
        day: longDay(locale, at.slice(0, 10)),
      })),
  }));
  return {
    first: longDay(locale, first.at.slice(0, 10)),
    last: longDay(locale, last.at.slice(0, 10)),
    lanes: lanes.filter(({ marks }) => marks.length > 0),
  };
}

const byTime = (a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
