import { dayOf, dayPart, instantText, type Instant } from './calendar.ts';
import type { Journey } from './journeys.ts';
import { openDay } from './opening.ts';
import type { Parameters } from './parameters.ts';
import { between, happens, stream, type Random } from './random.ts';
import type { Order } from './sales.ts';
import { numbered, within, type Cell, type Table } from './tables.ts';

/** Orders brought at which a holder's card is upgraded. */
const upgrades: Record<number, string> = { 2: 'silver', 4: 'gold' };

type Holder = { customer: string; zeal: number };
type Card = {
  number: string;
  customer: string;
  issued: Instant;
  level: string;
  parent: string | null;
  staff: string;
};
type Reward = { given: Instant; customer: string; order: number; amount: number };

export type Referrals = {
  /** Who sent a lead and by which card, by the lead's number. */
  senders: Map<number, { customer: string; card: string }>;
  cards: Card[];
  rewards: Reward[];
};

/** The most zealous of three holders met by chance: a few bring many, most bring nobody. */
function sender(random: Random, holders: Holder[]): Holder | undefined {
  const met = [0, 1, 2].map(() => holders[Math.floor(random.next() * holders.length)]);
  return met.filter((holder) => holder !== undefined).toSorted((a, b) => b.zeal - a.zeal)[0];
}

/** First cards: most first orders that stand, handed over before the buyers leave. */
function firstCards(random: Random, orders: Order[]): Card[] {
  const known = new Set<string>();
  return orders.flatMap(({ customer, at, seller, cancelled }): Card[] => {
    if (known.has(customer) || cancelled !== null || !happens(random, 0.92)) return [];
    known.add(customer);
    return [{ number: '', customer, issued: at + 20, level: 'standard', parent: null, staff: seller.id }];
  });
}

/** Which customer sent each lead of 转介绍: a buyer of the same store among its last 700. */
function sendersOf(random: Random, journeys: Journey[], orders: Order[], cards: Card[]): Map<number, string> {
  const storeOf = new Map(orders.map(({ customer, store }) => [customer, store]));
  const holders = new Map<string, Holder[]>();
  const senders = new Map<number, string>();
  let known = 0;
  journeys.forEach(({ channel, store, created }, lead) => {
    for (
      let card = cards[known];
      card !== undefined && card.issued < created - 5 * 1440;
      card = cards[known]
    ) {
      const home = storeOf.get(card.customer) ?? store;
      holders.set(
        home,
        [...(holders.get(home) ?? []), { customer: card.customer, zeal: random.next() ** 3 }].slice(-700),
      );
      known += 1;
    }
    const holder = channel === '转介绍' ? sender(random, holders.get(store) ?? []) : undefined;
    if (holder !== undefined && !happens(random, 0.03)) senders.set(lead, holder.customer);
  });
  return senders;
}

/** Rewards for referred orders in the order they are signed, and the better cards that some of them earn. */
function earned(parameters: Parameters, random: Random, orders: Order[], senders: Map<number, string>) {
  const last = dayOf(parameters.last_day);
  const brought = new Map<string, number>();
  const better: Card[] = [];
  const rewards: Reward[] = [];
  orders.forEach((order, number) => {
    const customer = order.lead === null ? undefined : senders.get(order.lead);
    if (customer === undefined) return;
    const count = (brought.get(customer) ?? 0) + 1;
    brought.set(customer, count);
    const promised = order.at + between(random, 1, 12) * 1440;
    const given = promised + (openDay(parameters, order.store, dayPart(promised)) - dayPart(promised)) * 1440;
    const collected = happens(random, 0.88);
    if (!within(last, given)) return;
    const level = upgrades[count];
    if (level !== undefined)
      better.push({ number: '', customer, issued: given, level, parent: null, staff: order.seller.id });
    if (collected) rewards.push({ given, customer, order: number, amount: count > 2 ? 300 : 200 });
  });
  return { better, rewards: rewards.toSorted((a, b) => a.given - b.given) };
}

/** Cards handed to buyers, the leads they sent, and what they were given for the orders that came of it. */
export function referralsOf(
  parameters: Parameters,
  seed: number,
  journeys: Journey[],
  orders: Order[],
): Referrals {
  const random = stream(seed, 'referrals');
  const first = firstCards(random, orders);
  const senders = sendersOf(random, journeys, orders, first);
  const { better, rewards } = earned(parameters, random, orders, senders);
  const held = new Map<string, Card[]>();
  const cards = [...first, ...better]
    .toSorted((a, b) => a.issued - b.issued)
    .map((card, position) => {
      const before = held.get(card.customer) ?? [];
      const own = { ...card, number: numbered('K', 5, position), parent: before.at(-1)?.number ?? null };
      held.set(card.customer, [...before, own]);
      return own;
    });
  const cardOn = (customer: string, moment: Instant): string =>
    held.get(customer)?.findLast(({ issued }) => issued <= moment)?.number ?? '';
  return {
    senders: new Map(
      [...senders].map(([lead, customer]) => [
        lead,
        { customer, card: cardOn(customer, journeys[lead]?.created ?? 0) },
      ]),
    ),
    cards,
    rewards,
  };
}

/** Cards by the time they were handed over. */
export const cardsTable = ({ cards }: Referrals): Table => ({
  columns: ['card_no', 'customer_id', 'issued_at', 'level', 'parent_card_no', 'staff_id', 'cost'],
  rows: cards.map(({ number, customer, issued, level, parent, staff }): Cell[] => [
    number,
    customer,
    instantText(issued),
    level,
    parent,
    staff,
    level === 'standard' ? 2 : 8,
  ]),
});

/** Rewards by the time they were given. */
export const rewardsTable = ({ rewards }: Referrals): Table => ({
  columns: ['reward_id', 'given_at', 'referrer_customer_id', 'order_id', 'amount'],
  rows: rewards.map(({ given, customer, order, amount }, position): Cell[] => [
    numbered('R', 4, position),
    instantText(given),
    customer,
    numbered('O', 5, order),
    amount,
  ]),
});
