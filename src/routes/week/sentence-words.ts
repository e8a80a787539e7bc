import { m } from '#lib/paraglide/messages.js';
import type { Comparison } from './choices.ts';
import { listName } from './list-words.ts';
import type { MissingView, SentenceReason, SentenceView } from './sentence.ts';
import { comparisonWords } from './step-words.ts';
import { termReason } from './term-words.ts';
import type { Verdict } from './verdict.ts';

const lists: Readonly<Record<number, string>> = { 2: 'leads', 3: 'visits', 4: 'orders' };

const verdicts: Readonly<Record<Exclude<Verdict, 'more_than_noise' | 'within_noise'>, () => string>> = {
  too_few: m['lead.verdict.too_few'],
  too_early: m['lead.verdict.too_early'],
  gap: m['lead.verdict.gap'],
  holiday: m['lead.verdict.holiday'],
};

const festivals: Readonly<Record<string, () => string>> = { spring_festival: m['festival.spring_festival'] };

/** What a movable festival is called; its key where nobody has named it. */
export function festivalName(key: string): string {
  return festivals[key]?.() ?? key;
}

/** What a store is called, also one whose name the lists do not give. */
export function storeName(store: string | null): string {
  return store ?? m['fresh.nostore']();
}

/** The week in a sentence, in the reader's language; what is wrong with the data and closed days go before it. */
export function spoken(view: SentenceView, compare: Comparison, hasStores: boolean): string {
  const reference = comparisonWords[compare]();
  return closedWords(view, compare) + missingWords(view.missing) + weekWords(view, reference, hasStores);
}

function closedWords({ closed }: SentenceView, compare: Comparison): string {
  if (!closed) return '';
  const festival = festivalName(closed.festival);
  if (closed.days !== null) return m['lead.closed']({ days: closed.days, festival });
  return compare === 'mean_of_four'
    ? m['lead.closed.before.mean']({ festival })
    : m['lead.closed.before']({ reference: comparisonWords[compare](), festival });
}

function missingWords(missing: MissingView | null): string {
  if (!missing) return '';
  const { step, days, others } = missing;
  const store = storeName(missing.store);
  const first =
    step === null
      ? m['lead.missing.all']({ store, days })
      : m['lead.missing']({ store, days, list: listName(lists[step] ?? '').toLowerCase() });
  const also =
    others.length === 0
      ? ''
      : m['lead.missing.others']({ stores: others.map(storeName).join(m['lead.join']()) });
  return first + also + m['lead.stop']();
}

function weekWords(view: SentenceView, reference: string, hasStores: boolean): string {
  if (!view.signed) return m['lead.nothing']();
  const signed = (view.signed.one ? m['lead.signed.one'] : m['lead.signed.many'])(view.signed);
  const begun = (view.running ? m['lead.running']() : '') + signed;
  if (view.base.kind === 'none') return begun + m['lead.uncompared']();
  return begun + ordersWords(view, reference) + revenueWords(view, hasStores) + verdictWords(view);
}

function ordersWords({ base, orders }: SentenceView, reference: string): string {
  if (!orders) return '';
  const { direction, count } = orders;
  const who = base.kind === 'part' ? partWords(base.stores) : m['lead.then']();
  if (direction === 'same') return who + m['lead.same']({ reference });
  return who + (direction === 'fewer' ? m['lead.fewer'] : m['lead.more'])({ reference, count });
}

function partWords(stores: number): string {
  return stores === 1 ? m['lead.part.one']() : m['lead.part']({ count: stores });
}

function revenueWords({ revenue }: SentenceView, hasStores: boolean): string {
  if (!revenue) return '';
  const { amount, direction, though, stores, reason } = revenue;
  const less = direction === 'less';
  if (!reason) return evenWords(amount, less, stores);
  const because = reasonWords(reason, hasStores);
  if (stores !== null)
    return (
      (less ? m['lead.revenue.part.less'] : m['lead.revenue.part.more'])({ amount, count: stores }) + because
    );
  if (though) return (less ? m['lead.revenue.yet.less'] : m['lead.revenue.yet.more'])({ amount }) + because;
  return (less ? m['lead.revenue.less'] : m['lead.revenue.more'])({ amount }) + because;
}

function evenWords(amount: string, less: boolean, stores: number | null): string {
  if (stores !== null)
    return (less ? m['lead.revenue.part.even.less'] : m['lead.revenue.part.even.more'])({
      amount,
      count: stores,
    });
  return (less ? m['lead.revenue.even.less'] : m['lead.revenue.even.more'])({ amount });
}

function reasonWords({ isMain, furthest, ...reason }: SentenceReason, hasStores: boolean): string {
  const what = { reason: causeWords(reason, hasStores) };
  const because = (isMain ? m['lead.because.main'] : m['lead.because.most'])(what);
  if (!furthest || !hasStores) return because;
  const also = reason.direction === 'down' ? m['lead.furthest.less'] : m['lead.furthest.more'];
  return because + also({ store: storeName(furthest.name) });
}

/** A cause and the store that it is found in: "北城店: fewer visits ended in an order". */
export function causeWords(
  {
    term,
    direction,
    store,
  }: { term: string; direction: 'down' | 'up'; store: { name: string | null } | null },
  hasStores: boolean,
): string {
  const what = termReason(term, direction);
  return store && hasStores ? m['because.at']({ store: storeName(store.name), what }) : what;
}

function verdictWords({ verdict, orders, isLarge, isElseCalled, revenue, missing }: SentenceView): string {
  if (verdict === null) return m['lead.stop']();
  if (verdict === 'gap' && revenue && missing)
    return m['lead.verdict.until']({ store: storeName(missing.store) });
  if (verdict === 'more_than_noise')
    return orders?.direction === 'fewer' ? m['lead.verdict.fall']() : m['lead.verdict.more_than_noise']();
  if (verdict !== 'within_noise') return verdicts[verdict]();
  if (revenue?.reason?.called) {
    const { term, direction } = revenue.reason;
    const but = direction === 'down' ? m['lead.verdict.but'] : m['lead.verdict.but_up'];
    return but({ reason: termReason(term, direction) });
  }
  if (isElseCalled) return orders?.direction === 'same' ? m['lead.stop']() : m['lead.verdict.orders']();
  if (isLarge) return m['lead.verdict.may_be_chance']();
  const isEven = orders?.direction === 'same' || (revenue !== null && revenue.reason === null);
  return isEven ? m['lead.stop']() : m['lead.verdict.within_noise']();
}
