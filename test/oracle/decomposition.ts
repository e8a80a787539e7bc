import { campaignValue } from './campaigns.ts';
import { addDays, dayOf, within } from './days.ts';
import type { Path } from './journeys.ts';
import { decimal } from './money.ts';
import {
  figuresOf,
  isKnownLate,
  leftOut,
  spans,
  type Figures,
  type RevenueQuestion,
  type Side,
  type Sides,
} from './revenue.ts';
import { passes } from './scope.ts';
import { storeOf } from './sources.ts';
import type { Facts, Text } from './tables.ts';

/** One effect, named like the columns of the report `revenue_change`. */
export interface Effect {
  term: string;
  segment: Text;
  factor_before: number | null;
  factor_after: number | null;
  factor_note: Text;
  amount_before: Text;
  amount_after: Text;
  value_before: Text;
  value_after: Text;
  effect_from: Text;
  effect: string;
}

/** A factor of the money of first orders in one segment; null where it divides by nothing. */
interface Factor {
  term: string;
  before: number | null;
  after: number | null;
}

/** A segment that is compared: its people (sums over the periods of a side) and its cents (means). */
interface Compared {
  segment: Text;
  leads: Sides;
  visits: Sides | null;
  orders: Sides;
  cents: Sides;
  reached: Sides;
  lateAfter: (step: number) => boolean;
}

/** Why revenue changed (domain.md §5): every effect, and what they add up to. */
export function revenueChange(
  facts: Facts,
  everyPath: Path[],
  asked: RevenueQuestion,
): { effects: Effect[]; before: number; after: number } {
  const figures = figuresOf(facts, everyPath, asked);
  const gone = leftOut(facts, everyPath, asked, figures);
  const mean = meanOf(asked);
  const stayed = figures.filter((one) => !gone.includes(one.store));
  const everyCent = figures.flatMap((one) => [...one.money.values()]).map(mean);
  return {
    before: total(everyCent.map(({ before }) => before)),
    after: total(everyCent.map(({ after }) => after)),
    effects: [
      ...gone.map((store) =>
        plain(
          'left_out',
          store,
          figures
            .filter((one) => one.store === store)
            .flatMap((one) => [...one.money.values()])
            .map(mean),
        ),
      ),
      ...firstOrderEffects(facts, everyPath, asked, stayed, gone.length > 0),
      ...otherMoney(stayed, mean),
    ],
  };
}

/** Cents of a kind in a store: those before as the mean of their periods, to the cent, half away from zero. */
function meanOf({ compare_periods }: RevenueQuestion): (sides: Sides) => Sides {
  const count = Math.max(compare_periods, 1);
  return ({ before, after }) => ({
    before: Math.sign(before) * Math.round(Math.abs(before) / count),
    after,
  });
}

function otherMoney(figures: Figures[], mean: (sides: Sides) => Sides): Effect[] {
  const entries = figures.flatMap((one) =>
    [...one.money]
      .filter(([kind]) => kind !== 'first_order')
      .map(([kind, sides]) => ({ kind, segment: one.segment, sides: mean(sides) })),
  );
  const groups = Map.groupBy(entries, ({ kind, segment }) => JSON.stringify([kind, segment]));
  return [...groups.values()].map((group) =>
    plain(
      group[0]?.kind ?? '',
      group[0]?.segment ?? null,
      group.map(({ sides }) => sides),
    ),
  );
}

function plain(term: string, segment: Text, amounts: Sides[]): Effect {
  const before = total(amounts.map((sides) => sides.before));
  const after = total(amounts.map((sides) => sides.after));
  return {
    term,
    segment,
    factor_before: null,
    factor_after: null,
    factor_note: null,
    amount_before: text(before),
    amount_after: text(after),
    value_before: null,
    value_after: null,
    effect_from: null,
    effect: text(after - before),
  };
}

function firstOrderEffects(
  facts: Facts,
  everyPath: Path[],
  asked: RevenueQuestion,
  figures: Figures[],
  isPartial: boolean,
): Effect[] {
  const mean = meanOf(asked);
  const withVisits = storesWithVisits(everyPath, asked);
  const segments = [...Map.groupBy(figures, ({ segment }) => segment)].map(([segment, own]): Compared => {
    const people = (step: 'leads' | 'visits' | 'orders') => addUp(own.map((one) => one.people[step]));
    return {
      segment,
      leads: people('leads'),
      visits: own.some((one) => withVisits.has(one.store)) ? people('visits') : null,
      orders: people('orders'),
      cents: addUp(own.map((one) => mean(one.money.get('first_order') ?? { before: 0, after: 0 }))),
      reached: reachedIn(facts, asked, segment),
      lateAfter: (step) => isKnownLate(everyPath, asked, segment, step),
    };
  });
  const playing = segments.filter(({ leads, cents }) =>
    [leads, cents].some(({ before, after }) => before !== 0 || after !== 0),
  );
  const isSplit = !isPartial && playing.every(({ reached }) => reached.before > 0 && reached.after > 0);
  const all = {
    leads: addUp(playing.map(({ leads }) => leads)),
    reached: addUp(playing.map(({ reached }) => reached)),
  };
  return playing
    .filter(({ cents }) => cents.before !== 0 || cents.after !== 0)
    .flatMap((one) => segmentEffects(one, isCarriedOver(one) ? null : factorsOf(one, all, isSplit, asked)));
}

/** Money without a lead or a visit in its period, or below zero, comes from earlier journeys as a whole. */
function isCarriedOver({ leads, visits, cents }: Compared): boolean {
  return (['before', 'after'] as const).some(
    (side) => cents[side] < 0 || (cents[side] !== 0 && (leads[side] === 0 || visits?.[side] === 0)),
  );
}

function factorsOf(
  one: Compared,
  all: Pick<Compared, 'leads' | 'reached'>,
  isSplit: boolean,
  asked: RevenueQuestion,
): Factor[] {
  const count = { before: Math.max(asked.compare_periods, 1), after: 1 };
  const factor = (term: string, value: (side: Side) => number | null): Factor => ({
    term,
    before: value('before'),
    after: value('after'),
  });
  return [
    ...(isSplit
      ? [
          factor('reach', (side) => all.reached[side] / count[side]),
          factor('leads_per_aware', (side) => over(all.leads[side], all.reached[side])),
        ]
      : [factor('volume', (side) => all.leads[side] / count[side])]),
    ...(asked.by ? [factor('mix', (side) => over(one.leads[side], all.leads[side]))] : []),
    ...(one.visits
      ? [
          factor('visit_rate', (side) => over(one.visits?.[side] ?? 0, one.leads[side])),
          factor('closing_rate', (side) => over(one.orders[side], one.visits?.[side] ?? 0)),
        ]
      : [factor('booking_rate', (side) => over(one.orders[side], one.leads[side]))]),
    factor('ticket', (side) => over((one.cents[side] / 100) * count[side], one.orders[side])),
  ];
}

function segmentEffects({ segment, cents, lateAfter }: Compared, factors: Factor[] | null): Effect[] {
  if (factors === null) return [plain('carried_over', segment, [cents])];
  const parts = factors.map((factor) => ({ term: factor.term, cents: partOf(factor, factors, cents) }));
  const rounded = byLargestRemainder(parts, cents.after - cents.before);
  const isLate = (term: string) => {
    const denominator = { visit_rate: 2, booking_rate: 2, closing_rate: 3 }[term];
    return denominator !== undefined && lateAfter(denominator);
  };
  return factors.map(({ term, before, after }) => ({
    term,
    segment,
    factor_before: isLate(term) ? null : before,
    factor_after: isLate(term) ? null : after,
    factor_note: isLate(term) ? 'known_after' : null,
    amount_before: null,
    amount_after: null,
    value_before: text(cents.before),
    value_after: text(cents.after),
    effect_from: isLate(term) ? null : wayOf(term, factors, cents),
    effect: text(rounded.get(term) ?? 0),
  }));
}

/** Whether an effect is L(V1, V0) · ln(x1/x0), or the whole difference of a segment without money on one side. */
function wayOf(term: string, factors: Factor[], { before, after }: Sides) {
  if (before !== 0 && after !== 0) return 'log_mean';
  const side = before === 0 ? 'before' : 'after';
  return factors.find((one) => one[side] === 0)?.term === term ? 'difference' : 'none';
}

function partOf(factor: Factor, factors: Factor[], cents: Sides): number {
  const { before, after } = cents;
  const way = wayOf(factor.term, factors, cents);
  if (way === 'none') return 0;
  if (way === 'difference') return after - before;
  const weight = before === after ? after : (after - before) / Math.log(after / before);
  return weight * Math.log((factor.after ?? NaN) / (factor.before ?? NaN));
}

/**
 * Whole cents that add up to the difference; of equal remainders the first name gains, the last in a decrease. Where the
 * difference is 0, the last factor that moved says which of the two it is.
 */
function byLargestRemainder(
  parts: { term: string; cents: number }[],
  difference: number,
): Map<string, number> {
  const named = [...parts].sort((a, b) => (a.term < b.term ? -1 : 1));
  const moved = parts.findLast((part) => Math.abs(part.cents) >= 1e-6)?.cents ?? 0;
  const isDecrease = (difference || moved) < 0;
  const rest = (part: { cents: number }) => Math.round((part.cents - Math.floor(part.cents)) * 1e6);
  const queue = (isDecrease ? named.reverse() : named).sort((a, b) => rest(b) - rest(a));
  const left = difference - total(queue.map((part) => Math.floor(part.cents)));
  return new Map(queue.map((part, place) => [part.term, Math.floor(part.cents) + (place < left ? 1 : 0)]));
}

/** Stores that recorded a visit in the 26 weeks up to the end of a period, on both sides. */
function storesWithVisits(everyPath: Path[], asked: RevenueQuestion): Set<Text> {
  const days = spans(asked);
  const isRecorded = (path: Path, side: Side) =>
    path.facts.some(
      (fact) =>
        fact.step === 3 && days[side].some(({ to }) => within(dayOf(fact.happenedAt), addDays(to, -181), to)),
    );
  const stores = (side: Side) => new Set(everyPath.filter((path) => isRecorded(path, side)).map(storeOf));
  return stores('before').intersection(stores('after'));
}

function reachedIn(facts: Facts, asked: RevenueQuestion, segment: Text): Sides {
  const days = spans(asked);
  const own = facts.campaign_days.filter(
    (row) =>
      passes((field) => campaignValue(row, field, facts), asked.where ?? []) &&
      (!asked.by || campaignValue(row, asked.by, facts) === segment),
  );
  const sum = (side: Side) =>
    total(
      own.map(
        (row) => (row.aware ?? 0) * days[side].filter(({ from, to }) => within(row.date, from, to)).length,
      ),
    );
  return { before: sum('before'), after: sum('after') };
}

function over(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function addUp(list: Sides[]): Sides {
  return { before: total(list.map(({ before }) => before)), after: total(list.map(({ after }) => after)) };
}

function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function text(value: number): string {
  return decimal(BigInt(value));
}
