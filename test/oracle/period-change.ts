import { addDays, dayOf, earlierDay, within } from './days.ts';
import { gapStores } from './gaps.ts';
import type { Path } from './journeys.ts';
import { cents } from './money.ts';
import { daysFrom, isKnownLate, spans, type RevenueQuestion } from './revenue.ts';
import { passes } from './scope.ts';
import { segmentValue } from './segments.ts';
import { sources, storeOf } from './sources.ts';
import type { Facts, Text } from './tables.ts';

export type Figure = 'rate' | 'people' | 'money';

export interface ChangeQuestion extends RevenueQuestion {
  figure: Figure;
  from_step: 2 | 3 | 4;
  step: 3 | 4 | 5 | 6;
}

/**
 * An effect of a change, not rounded: in percentage points, people or units of money; beside it what its factor was
 * on either side, null where that is of nobody or where factors cannot be told apart.
 */
export interface PartOfChange {
  effect: string;
  segment: Text;
  amount: number;
  factors: readonly [number | null, number | null];
}

interface Group {
  entered: number;
  reached: number;
  money: number;
}
const nobody: Group = { entered: 0, reached: 0, money: 0 };

/**
 * Why a figure differs between two cohorts at equal age, journey by journey; each factor's effect is the mean over all
 * orders in which the factors can be replaced one after the other, which is what the symmetric formulas come to.
 */
export function periodChange(facts: Facts, everyPath: Path[], asked: ChangeQuestion): PartOfChange[] {
  const { before, after } = cohorts(facts, everyPath, asked);
  const segments = [...new Set([...before.groups.keys(), ...after.groups.keys()])];
  const [b, a] = [total(before.groups), total(after.groups)];
  const days = before.days === after.days ? before.days : 7;
  const size = { before: (b.entered * days) / before.days, after: (a.entered * days) / after.days };
  const gain = (group: Group) => (asked.figure === 'money' ? group.money : group.reached);
  const [meanBefore, meanAfter] = known(quotient(gain(b), b.entered), quotient(gain(a), a.entered));
  if (meanBefore === null || meanAfter === null) return [];
  const mean = (meanBefore + meanAfter) / 2;
  const scale = asked.figure === 'rate' ? 100 : (size.before + size.after) / 2;
  const parts = segments.flatMap((segment) => {
    const x = before.groups.get(segment) ?? nobody;
    const y = after.groups.get(segment) ?? nobody;
    const share = [quotient(x.entered, b.entered), quotient(y.entered, a.entered)] as const;
    const rate = [quotient(x.reached, x.entered), quotient(y.reached, y.entered)] as const;
    const ticket =
      asked.figure === 'money'
        ? ([quotient(x.money, x.reached), quotient(y.money, y.reached)] as const)
        : ([1, 1] as const);
    const [mix, rates, tickets] = nested(complete(share), complete(rate), complete(ticket), mean);
    const late = asked.from_step < 4 && isKnownLate(everyPath, asked, segment, asked.from_step);
    const own = late
      ? [{ effect: 'together', amount: mix + rates + tickets, factors: [null, null] as const }]
      : [
          { effect: 'mix', amount: mix, factors: share },
          { effect: 'rate', amount: rates, factors: rate },
          ...(asked.figure === 'money' ? [{ effect: 'ticket', amount: tickets, factors: ticket }] : []),
        ];
    return own.map(({ effect, amount, factors }) => ({ effect, segment, amount: scale * amount, factors }));
  });
  const volume = (size.after - size.before) * mean;
  const factors = [size.before, size.after] as const;
  return asked.figure === 'rate'
    ? parts
    : [{ effect: 'volume', segment: null, amount: volume, factors }, ...parts];
}

/** The figure of each side; null where nobody entered. */
export function totals(facts: Facts, everyPath: Path[], asked: ChangeQuestion) {
  const sides = cohorts(facts, everyPath, asked);
  const days = sides.before.days === sides.after.days ? sides.before.days : 7;
  const of = ({ groups, days: own }: Cohort) => {
    const all = total(groups);
    if (asked.figure === 'rate') return all.entered === 0 ? null : (100 * all.reached) / all.entered;
    return ((asked.figure === 'money' ? all.money : all.reached) * days) / own;
  };
  return { before: of(sides.before), after: of(sides.after) };
}

interface Cohort {
  groups: Map<Text, Group>;
  days: number;
}

function cohorts(facts: Facts, everyPath: Path[], asked: ChangeQuestion): { before: Cohort; after: Cohort } {
  const days = spans(asked);
  const [before, after] = [days.before[0], days.after[0]];
  if (!before || !after) throw new Error('a comparison has two sides');
  const age = daysFrom(before.to > after.to ? before.to : after.to, asked.as_of);
  const present = everyPath.filter((path) =>
    passes((field) => segmentValue(path, field).text, asked.where ?? []),
  );
  const begun = present.filter(({ beganAt }) => dayOf(beganAt) <= asked.as_of);
  const gone = gapStores(facts, everyPath, begun, [before, after]);
  const step = asked.figure === 'money' ? 4 : asked.step;
  const cohort = ({ from, to }: { from: string; to: string }): Cohort => {
    const has = sources(everyPath, {
      from,
      to: earlierDay(to, asked.as_of),
      as_of: asked.as_of,
      view: 'cohort',
    });
    const groups = new Map<Text, Group>();
    for (const path of begun) {
      const store = storeOf(path);
      if (!within(dayOf(path.beganAt), from, to) || gone.includes(store)) continue;
      if (![asked.from_step, step].every((one) => has.get(store)?.has(one))) continue;
      const isIn = (at: 2 | 3 | 4 | 5 | 6) => {
        const instant = path.reached[at];
        return instant !== null && dayOf(instant) <= addDays(dayOf(path.beganAt), age);
      };
      if (!isIn(asked.from_step)) continue;
      const segment = asked.by ? segmentValue(path, asked.by).text : 'all';
      const own = groups.get(segment) ?? nobody;
      const money = isIn(step) && path.firstOrder ? Number(cents(path.firstOrder.amount)) / 100 : 0;
      groups.set(segment, {
        entered: own.entered + 1,
        reached: own.reached + Number(isIn(step)),
        money: own.money + money,
      });
    }
    return { groups, days: daysFrom(from, to) + 1 };
  };
  return { before: cohort(before), after: cohort(after) };
}

/** Share against yield first (two orders), then rate against money per order within the yield (two orders). */
function nested(share: Pair, rate: Pair, ticket: Pair, mean: number): [number, number, number] {
  const [s, r, t] = [share, rate, ticket];
  const worth = (side: 0 | 1) => r[side] * t[side] - mean;
  const mix = average((s[1] - s[0]) * worth(0), (s[1] - s[0]) * worth(1));
  const held = average(...s);
  const byRate = held * average((r[1] - r[0]) * t[0], (r[1] - r[0]) * t[1]);
  const byTicket = held * average((t[1] - t[0]) * r[0], (t[1] - t[0]) * r[1]);
  return [mix, byRate, byTicket];
}

type Pair = readonly [number, number];

const average = (a: number, b: number) => (a + b) / 2;
const quotient = (a: number, b: number) => (b === 0 ? null : a / b);
/** What one side lacks is that of the other. */
const known = (a: number | null, b: number | null) => [a ?? b, b ?? a] as const;
const complete = ([a, b]: readonly [number | null, number | null]): Pair => {
  const [before, after] = known(a, b);
  return [before ?? 0, after ?? 0];
};
const total = (groups: Map<Text, Group>): Group =>
  [...groups.values()].reduce(
    (sum, one) => ({
      entered: sum.entered + one.entered,
      reached: sum.reached + one.reached,
      money: sum.money + one.money,
    }),
    nobody,
  );
