import { buckets, type Bucket } from './buckets.ts';
import { addDays, dayOf, earlierDay } from './days.ts';
import { askedEntries, cancelledOn, entries, homes, isIn, segmentOf } from './entries.ts';
import type { Entry, Home, MoneyQuestion } from './entries.ts';
import type { Path } from './journeys.ts';
import { decimal } from './money.ts';
import type { Facts, Text } from './tables.ts';

export type Grain = 'all' | 'day' | 'week' | 'month';

/** One row of the report `money`, named like its columns. */
export interface MoneyRow {
  segment: Text;
  starts_on: string;
  ends_on: string;
  orders: number | null;
  signed: Text;
  taken_back: Text;
  net: Text;
  upsold: Text;
  collected: Text;
  outstanding_0_15: Text;
  outstanding_16_60: Text;
  outstanding_over_60: Text;
  overpaid: Text;
  unassigned: Text;
  ticket: Text;
  payment_stores: number;
  all_stores: number;
}

/** What is open at the end of a day: what orders owe by age, what they paid too much, what belongs to no order. */
interface Open {
  young: bigint;
  middle: bigint;
  old: bigint;
  overpaid: bigint;
  unassigned: bigint;
}

interface Room {
  facts: Facts;
  question: MoneyQuestion;
  all: Entry[];
  asked: Entry[];
}

/** The report `money`, added up by going through everything (domain.md §5). */
export function moneyOf(facts: Facts, everyPath: Path[], question: MoneyQuestion, grain: Grain): MoneyRow[] {
  const all = entries(facts, homes(everyPath));
  const room = { facts, question, all, asked: askedEntries(all, question) };
  const periods = periodsOf(question, grain);
  const names = new Set(room.asked.map((entry) => segmentOf(entry.home, question.by)));
  if (!question.by) names.add('all');
  return [...names].flatMap((segment) => {
    const own = room.asked.filter((entry) => segmentOf(entry.home, question.by) === segment);
    const rows = periods.map((period) => ({ row: rowOf(room, segment, own, period), period }));
    const isSeen =
      !question.by ||
      own.some((entry) => isIn(entry.day, question)) ||
      periods.some((period) => isAnythingOpen(room, own, lastOf(period, question)));
    return isSeen ? rows.map(({ row }) => row) : [];
  });
}

/** The whole period, or its days, or its parts of weeks or months; those that have begun by as_of. */
export function periodsOf({ from, to, as_of }: MoneyQuestion, grain: Grain): Bucket[] {
  if (grain === 'all') return [{ from, to }];
  if (grain === 'day') {
    const found: Bucket[] = [];
    for (let day = from; day <= to && day <= as_of; day = addDays(day, 1)) found.push({ from: day, to: day });
    return found;
  }
  return buckets(from, to, grain)
    .map((bucket) => ({ from: bucket.from < from ? from : bucket.from, to: earlierDay(bucket.to, to) }))
    .filter((bucket) => bucket.from <= as_of);
}

function rowOf(room: Room, segment: Text, own: Entry[], period: Bucket): MoneyRow {
  const { question, all } = room;
  const inPeriod = own.filter(({ day }) => isIn(day, { ...question, ...period }));
  const orders = inPeriod.filter(({ kind }) => kind === 'order');
  const sum = (kind: Entry['kind']) => total(inPeriod.filter((entry) => entry.kind === kind));
  const past = own.filter(({ day }) => day <= earlierDay(question.to, question.as_of));
  const stores = storesOf(past.filter(({ kind }) => kind === 'order'));
  const paying = stores.filter((store) => isPaying(room, store));
  const pays = past.some(({ kind, home }) => kind === 'payment' || isPaying(room, home?.store ?? null));
  const upsells = past.some(({ kind, home }) => kind === 'upsell' || isUpselling(room, home?.store ?? null));
  const known = all.some(({ kind, day }) => kind === 'order' && day <= question.as_of);
  const open = openOf(room, own, lastOf(period, question));
  const text = (value: bigint, isKnown: boolean) => (isKnown ? decimal(value) : null);
  return {
    segment,
    starts_on: period.from,
    ends_on: period.to,
    orders: known ? orders.length : null,
    signed: text(sum('order'), known),
    taken_back: text(sum('taken_back'), known),
    net: text(sum('order') + sum('taken_back'), known),
    upsold: text(sum('upsell'), upsells),
    collected: text(sum('payment'), pays),
    outstanding_0_15: text(open.young, paying.length > 0),
    outstanding_16_60: text(open.middle, paying.length > 0),
    outstanding_over_60: text(open.old, paying.length > 0),
    overpaid: text(open.overpaid, paying.length > 0),
    unassigned: text(open.unassigned, pays),
    ticket: text(perOne(sum('order'), orders.length), orders.length > 0),
    payment_stores: paying.length,
    all_stores: stores.length,
  };
}

function lastOf(period: Bucket, question: MoneyQuestion): string {
  return earlierDay(period.to, question.as_of);
}

/** Order by order, all that was signed, sold, taken back and paid up to the day. */
function openOf(room: Room, own: Entry[], day: string): Open {
  const open: Open = { young: 0n, middle: 0n, old: 0n, overpaid: 0n, unassigned: 0n };
  const past = own.filter((entry) => entry.day <= day);
  for (const entry of past)
    if (entry.kind === 'payment' && !isSigned(entry.home, day)) open.unassigned += entry.cents;
  for (const { home, kind } of past) {
    if (kind !== 'order' || !home || !isPaying(room, home.store)) continue;
    const balance = balanceOf(room, home, day);
    const signedOn = dayOf(home.order.ordered_at);
    if (balance < 0n) open.overpaid += balance;
    else if (addDays(signedOn, 15) >= day) open.young += balance;
    else if (addDays(signedOn, 60) >= day) open.middle += balance;
    else open.old += balance;
  }
  return open;
}

function isAnythingOpen(room: Room, own: Entry[], day: string): boolean {
  return own.some(
    ({ kind, home, day: happened, cents }) =>
      happened <= day &&
      (kind === 'order'
        ? home !== null && isPaying(room, home.store) && balanceOf(room, home, day) !== 0n
        : kind === 'payment' && !isSigned(home, day) && cents !== 0n),
  );
}

function balanceOf({ all, facts }: Room, home: Home, day: string): bigint {
  const own = all.filter((entry) => entry.home === home && entry.day <= day);
  const cancelled = cancelledOn(home.order, facts);
  const paid = total(own.filter(({ kind }) => kind === 'payment'));
  if (cancelled !== null && cancelled <= day) return -paid;
  return total(own.filter(({ kind }) => kind !== 'payment')) - paid;
}

function isSigned(home: Home | null, day: string): boolean {
  return home !== null && dayOf(home.order.ordered_at) <= day;
}

/** Whether the store recorded a payment for an order by as_of. */
function isPaying({ all, question }: Room, store: Text): boolean {
  return all.some(
    ({ kind, home, day }) => kind === 'payment' && home?.store === store && day <= question.as_of,
  );
}

/** Whether a store with orders recorded by as_of that something was sold or declined. */
function isUpselling({ all, facts, question }: Room, store: Text): boolean {
  const known = all.flatMap(({ home }) => (home ? [home] : []));
  return (
    known.some((home) => home.store === store) &&
    facts.upsells.some(
      (row) =>
        dayOf(row.sold_at) <= question.as_of &&
        (known.find(({ order }) => order.order_id === row.order_id)?.store ?? null) === store,
    )
  );
}

function storesOf(list: Entry[]): Text[] {
  return [...new Set(list.map(({ home }) => home?.store ?? null))];
}

function total(list: Entry[]): bigint {
  return list.reduce((sum, entry) => sum + entry.cents, 0n);
}

/** A share of an amount, to the cent, halves away from zero. */
export function perOne(amount: bigint, count: number): bigint {
  if (count === 0) return 0n;
  const [size, sign] = amount < 0n ? [-amount, -1n] : [amount, 1n];
  return sign * ((size * 2n + BigInt(count)) / (2n * BigInt(count)));
}
