import { dayOf, earlierDay, within } from './days.ts';
import { homes, segmentOf, valueOf } from './entries.ts';
import type { Path } from './journeys.ts';
import { decimal } from './money.ts';
import { perOne } from './money-report.ts';
import { passes, type Question } from './scope.ts';
import { sourceWindow } from './sources.ts';
import type { Facts, Text } from './tables.ts';
import { touches, type Touch } from './touches.ts';
import { wilson } from './wilson.ts';

/** What the ladder may be divided by beside the fields of journeys. */
export const ownSegments = ['item', 'upsell_seller'] as const;

export type LadderQuestion = Omit<Question, 'by'> & {
  by?: Question['by'] | (typeof ownSegments)[number];
};

/** One row of the report `upsell_ladder`, named like its columns. */
export interface LadderRow {
  segment: Text;
  touchpoint_no: number;
  touchpoint: Text;
  reached: number | null;
  offered: number | null;
  sold_orders: number | null;
  attach_hits: number | null;
  attach_rate: number | null;
  attach_low: number | null;
  attach_high: number | null;
  rate_note: Text;
  pieces: number | null;
  amount: Text;
  amount_per_sold: Text;
  amount_per_reached: Text;
  unfinished: number | null;
}

const names = ['order', 'sale', 'shoot', 'viewing', 'pickup', null, 'total'];

/** The touches of a question, and those that say which stores can tell who came where. */
export interface Room {
  question: LadderQuestion;
  all: Touch[];
  /** Touches that the filters leave, by as_of. */
  asked: Touch[];
  /** Those of them that the view counts. */
  counted: Touch[];
}

/** The report `upsell_ladder`, counted by going through everything. */
export function ladderOf(facts: Facts, everyPath: Path[], question: LadderQuestion): LadderRow[] {
  const room = roomOf(facts, everyPath, question);
  const { asked, counted } = room;
  const { by } = question;
  if (by === 'item' || by === 'upsell_seller') {
    const of = (touch: Touch) => (by === 'item' ? touch.item : touch.staff);
    const own = by === 'item' ? counted.filter(isOffer) : counted;
    return [...new Set(own.map(of))].flatMap((segment) =>
      [1, 2, 3, 4, 5].flatMap((level) => {
        const here = own.filter((touch) => of(touch) === segment && touch.touchpoint === level);
        const reachedBy = by === 'item' ? counted.filter((touch) => touch.touchpoint === level) : here;
        return here.length > 0 ? [ownRow(room, segment, level, here, reachedBy)] : [];
      }),
    );
  }
  const found = new Set([...counted.map(({ home }) => segmentOf(home, by)), ...(by ? [] : ['all'])]);
  return [...found].flatMap((segment) => {
    const own = counted.filter(({ home }) => segmentOf(home, by) === segment);
    const levels = [0, 1, 2, 3, 4, ...(own.some(({ touchpoint }) => touchpoint === 5) ? [5] : []), 6];
    const stores = asked
      .filter(({ kind, home }) => kind === 'signed' && segmentOf(home, by) === segment)
      .map(storeOf);
    return levels.map((level) => fieldRow(room, segment, level, own, stores));
  });
}

/** What a question of the ladder is answered from. */
export function roomOf(facts: Facts, everyPath: Path[], question: LadderQuestion): Room {
  const all = touches(facts, homes(everyPath));
  const asked = all.filter(
    ({ home, day }) => day <= question.as_of && passes((field) => valueOf(home, field), question.where ?? []),
  );
  return { question, all, asked, counted: asked.filter((touch) => isCounted(touch, question)) };
}

function isCounted({ day, home }: Touch, { view, from, to, as_of }: LadderQuestion): boolean {
  const counts = view === 'period' ? day : home && dayOf(home.order.ordered_at);
  return counts !== null && within(counts, from, earlierDay(to, as_of));
}

/** A row by person or item: only what happened at the touchpoint counts. */
function ownRow(room: Room, segment: Text, level: number, here: Touch[], reachedBy: Touch[]): LadderRow {
  const reached = ordersOf(reachedBy.filter((touch) => hasSource(room, touch, level))).size;
  return rowOf(room, segment, level, {
    here,
    reached: reached > 0 ? reached : null,
    hasList: reached > 0 || here.some(isOffer),
    unfinished: 0,
  });
}

/** A row by a field of journeys, or of all. */
function fieldRow(room: Room, segment: Text, level: number, own: Touch[], stores: Text[]): LadderRow {
  const source = level === 6 ? 1 : level;
  const isKnown = stores.some((store) => isSource(room, store, source));
  const signed = own.filter(({ kind }) => kind === 'signed');
  const here =
    level === 0
      ? signed
      : level === 6
        ? own.filter(({ kind }) => kind !== 'visit')
        : own.filter(({ touchpoint }) => touchpoint === level);
  const arrived = level === 6 ? signed : here;
  const reached = ordersOf(arrived.filter((touch) => hasSource(room, touch, source)));
  const waiting = signed.filter(
    (touch) =>
      hasSource(room, touch, source) &&
      !reached.has(touch.orderId) &&
      (touch.cancelledOn === null || touch.cancelledOn > room.question.as_of),
  );
  return rowOf(room, segment, level, {
    here,
    reached: isKnown ? reached.size : null,
    hasList: here.some(isOffer) || stores.some((store) => isSource(room, store, 1)),
    unfinished: waiting.length,
    reachedOrders: reached,
  });
}

interface Found {
  here: Touch[];
  reached: number | null;
  hasList: boolean;
  unfinished: number;
  /** Orders that reached the level; by default every order here. */
  reachedOrders?: Set<string>;
}

function rowOf(room: Room, segment: Text, level: number, found: Found): LadderRow {
  const { here, reached, hasList } = found;
  const { view, by } = room.question;
  const isMixed = level === 6 && view === 'period';
  const sold = here.filter(({ kind }) => kind === 'sold');
  const withSource = here.filter((touch) => hasSource(room, touch, level === 6 ? 1 : level));
  const hits = [...ordersOf(withSource.filter(({ kind }) => kind === 'sold'))].filter(
    (id) => !found.reachedOrders || found.reachedOrders.has(id),
  ).length;
  const amount = total(here);
  const interval = level > 0 && !isMixed && reached ? wilson(hits, reached) : { low: null, high: null };
  const inList = <T>(value: T) => (level > 0 && hasList ? value : null);
  return {
    segment,
    touchpoint_no: level,
    touchpoint: names[level] ?? null,
    reached,
    offered: inList(here.filter(isOffer).length),
    sold_orders: inList(ordersOf(sold).size),
    attach_hits: level > 0 && reached !== null && !isMixed ? hits : null,
    attach_rate: level > 0 && !isMixed && reached ? hits / reached : null,
    attach_low: interval.low,
    attach_high: interval.high,
    rate_note: noteOf(level, reached, isMixed),
    pieces: inList(sold.reduce((sum, { pieces }) => sum + pieces, 0)),
    amount: level === 0 || hasList ? decimal(level === 0 || level === 6 ? amount : total(sold)) : null,
    amount_per_sold:
      level >= 1 && level <= 5 && sold.length > 0 ? decimal(perOne(total(sold), ordersOf(sold).size)) : null,
    amount_per_reached:
      !isMixed && reached
        ? decimal(
            perOne(
              total(
                level === 0 || level === 6 ? withSource : withSource.filter(({ kind }) => kind === 'sold'),
              ),
              reached,
            ),
          )
        : null,
    unfinished:
      level >= 1 && level <= 4 && view === 'cohort' && reached !== null
        ? by === 'item' || by === 'upsell_seller'
          ? null
          : found.unfinished
        : null,
  };
}

function noteOf(level: number, reached: number | null, isMixed: boolean): Text {
  if (level === 0) return null;
  if (reached === null) return 'no_source';
  if (isMixed) return 'not_nested';
  return reached === 0 ? 'zero_base' : null;
}

/** Whether the store of a touch can say who reached a level. */
export function hasSource(room: Room, touch: Touch, level: number): boolean {
  return isSource(room, storeOf(touch), level);
}

/** Whether a store with orders can say who reached a level. */
function isSource({ all, question }: Room, store: Text, level: number): boolean {
  const { from, to } = sourceWindow(question);
  const own = all.filter((touch) => storeOf(touch) === store && touch.day <= question.as_of);
  const isStore = all.some(({ home }) => home !== null && home.store === store);
  if (level === 0) return own.some(({ kind }) => kind === 'signed');
  if (level === 5 || !isStore || !own.some(isOffer)) return false;
  if (level === 1) return true;
  return own.some(
    ({ kind, touchpoint, day, staff }) =>
      kind === 'visit' &&
      touchpoint === level &&
      within(day, from, to) &&
      (question.by !== 'upsell_seller' || staff !== null),
  );
}

/** Whether something was offered, sold or not. */
export function isOffer({ kind }: Touch): boolean {
  return kind === 'sold' || kind === 'declined';
}

function storeOf({ home }: Touch): Text {
  return home?.store ?? null;
}

function ordersOf(list: Touch[]): Set<string> {
  return new Set(list.map(({ orderId }) => orderId));
}

function total(list: Touch[]): bigint {
  return list.reduce((sum, { cents }) => sum + cents, 0n);
}
