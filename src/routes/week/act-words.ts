import { m } from '#lib/paraglide/messages.js';
import type { CallView, DropView, WatchItem } from './act.ts';
import { listName } from './list-words.ts';
import { storeName } from './sentence-words.ts';
import { rateNames, stepNames } from './step-words.ts';
import { termReason } from './term-words.ts';

/** The lists that lack, each with its days; those of the same days together. */
export function missingWords(lists: readonly { table: string; days: string }[]): string {
  return [...new Set(lists.map(({ days }) => days))]
    .map((days) => {
      const names = lists.filter((list) => list.days === days).map(({ table }) => listName(table));
      return m['act.missing.list']({ list: names.join(m['lead.join']()), days });
    })
    .join(m['lead.join']());
}

/** Whom the reason can be looked for in: those who did not go on, whether or not somebody is left to call. */
const looks: Readonly<Record<string, () => string>> = {
  visit_rate: m['act.watch.visit_rate'],
  closing_rate: m['act.watch.closing_rate'],
  booking_rate: m['act.watch.booking_rate'],
};

const calls: Readonly<Record<string, (inputs: { open: string }) => string>> = {
  visit_rate: m['act.call.visit_rate'],
  closing_rate: m['act.call.closing_rate'],
  booking_rate: m['act.call.booking_rate'],
};

type Standing = { stopped: string; wentOn: string; lost: string };

const standings: Readonly<Record<string, (inputs: Standing) => string>> = {
  visit_rate: m['act.call.of.visit_rate'],
  closing_rate: m['act.call.of.closing_rate'],
  booking_rate: m['act.call.of.booking_rate'],
};

const earlier: Readonly<Record<string, (inputs: { earlier: string }) => string>> = {
  visit_rate: m['act.call.earlier.visit_rate'],
  closing_rate: m['act.call.earlier.closing_rate'],
  booking_rate: m['act.call.earlier.booking_rate'],
};

/** The reason of a fall as something to do: what it is, what to do about it, and how much it is about. */
export function watchWords(item: WatchItem, hasStores: boolean): { what: string; verb: string; why: string } {
  const reason = termReason(item.term, 'down');
  const change =
    item.people === null
      ? m['act.watch.from'](item)
      : m['act.watch.people']({ ...item, people: item.people });
  const why = m['act.watch.why']({ change, effect: item.effect });
  const also = item.drop ? m['act.watch.drop']({ drop: dropWords(item.drop) }) : '';
  return {
    what:
      item.store && hasStores ? m['because.at']({ store: storeName(item.store.name), what: reason }) : reason,
    verb: (item.call && calls[item.term]?.(item.call)) ?? (looks[item.term] ?? m['act.drop.verb'])(),
    why: why + also + (item.called ? m['act.watch.called']() : ''),
  };
}

/** What has become of those who did not go on, and who went on instead, from earlier weeks. */
export function callWords(term: string, call: CallView): string {
  const stood = standings[term]?.(call) ?? '';
  return call.earlier === null ? stood : stood + (earlier[term]?.({ earlier: call.earlier }) ?? '');
}

/** From what to what a figure fell. */
export function dropWords({ figure, no, before, value }: DropView): string {
  return m['act.drop']({
    figure: (figure === 'rate' ? rateNames : stepNames)[no]?.() ?? '',
    before,
    value,
  });
}
