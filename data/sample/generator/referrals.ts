import { dayOf, dayPart, instantText } from './calendar.ts';
import { openDay, type Journey } from './journeys.ts';
import type { Parameters } from './parameters.ts';
import { between, happens, stream, type Random } from './random.ts';
import type { Order } from './sales.ts';
import { numbered, within, type Tables } from './tables.ts';

/** Orders brought by a card's holder at which the card is upgraded. */
const levels = [
  { level: 'standard', orders: 0 },
  { level: 'silver', orders: 2 },
  { level: 'gold', orders: 4 },
] as const;

type Holder = { customer: string; store: string; zeal: number; since: number; card: string; brought: number };

export type Referrals = {
  /** Who sent a lead, and by which card; by the lead's number. */
  senders: Map<number, { customer: string; card: string }>;
  tables: Tables;
};

/** One of three holders met by chance, the most zealous: a few bring many, most bring nobody. */
function sender(random: Random, holders: Holder[]): Holder | undefined {
  const met = [0, 1, 2].map(() => holders[Math.floor(random.next() * holders.length)]);
  return met.filter((holder) => holder !== undefined).toSorted((a, b) => b.zeal - a.zeal)[0];
}

/** Cards handed to buyers, the leads they sent, and what they were given for orders that came of it. */
export function referralsOf(
  parameters: Parameters,
  seed: number,
  journeys: Journey[],
  orders: Order[],
): Referrals {
  const random = stream(seed, 'referrals');
  const last = dayOf(parameters.last_day);
  const orderOf = new Map(
    orders.flatMap((order, number) => (order.lead === null ? [] : [[order.lead, number] as const])),
  );
  const cards: Tables[string] = {
    columns: ['card_no', 'customer_id', 'issued_at', 'level', 'parent_card_no', 'staff_id', 'cost'],
    rows: [],
  };
  const rewards: Tables[string] = {
    columns: ['reward_id', 'given_at', 'referrer_customer_id', 'order_id', 'amount'],
    rows: [],
  };
  const issue = (holder: Holder, moment: number, level: string, staff: string) => {
    const number = numbered('K', 5, cards.rows.length);
    cards.rows.push([
      number,
      holder.customer,
      instantText(moment),
      level,
      holder.card || null,
      staff,
      level === 'standard' ? 2 : 8,
    ]);
    holder.card = number;
  };
  const holders = new Map<string, Holder[]>();
  const known = new Set<string>();
  const senders: Referrals['senders'] = new Map();
  const due = [...orders];
  journeys.forEach((journey, lead) => {
    while (due[0] !== undefined && due[0].at < journey.created - 5 * 1440) {
      const order = due.shift() as Order;
      if (known.has(order.customer) || order.cancelled !== null || !happens(random, 0.92)) continue;
      known.add(order.customer);
      const holder = {
        customer: order.customer,
        store: order.store,
        zeal: random.next() ** 3,
        since: order.at,
        card: '',
        brought: 0,
      };
      issue(holder, order.at + 20, 'standard', order.seller.id);
      holders.set(order.store, [...(holders.get(order.store) ?? []), holder].slice(-700));
    }
    if (journey.channel !== '转介绍') return;
    const holder = sender(random, holders.get(journey.store) ?? []);
    if (holder === undefined || happens(random, 0.03)) return;
    senders.set(lead, { customer: holder.customer, card: holder.card });
    const number = orderOf.get(lead);
    const order = number === undefined ? undefined : orders[number];
    if (number === undefined || order === undefined) return;
    holder.brought += 1;
    const promised = order.at + between(random, 1, 12) * 1440;
    const wait = openDay(parameters, order.store, dayPart(promised)) - dayPart(promised);
    const given = promised + wait * 1440;
    const level = levels.find(({ orders: threshold }) => threshold === holder.brought)?.level;
    if (level !== undefined && within(last, given)) issue(holder, given, level, order.seller.id);
    if (within(last, given) && happens(random, 0.88))
      rewards.rows.push([
        '',
        instantText(given),
        holder.customer,
        numbered('O', 5, number),
        holder.brought > 2 ? 300 : 200,
      ]);
  });
  rewards.rows.sort((a, b) => String(a[1]).localeCompare(String(b[1])));
  rewards.rows.forEach((row, position) => {
    row[0] = numbered('R', 4, position);
  });
  return { senders, tables: { cards, referral_rewards: rewards } };
}
