import { addDays, dayOf, earlierDay, mondayOf, monthOf, within } from './days.ts';
import { ordersOf, type Path } from './journeys.ts';
import { cents, decimal, takenBackOn } from './money.ts';
import { segmentValue } from './segments.ts';
import type { Facts, Order, Text } from './tables.ts';
import { wilson } from './wilson.ts';

/** Somebody took care of a lead. */
export interface Followup {
  followup_id: string;
  done_at: string;
  lead_id: Text;
  visit_id: Text;
  kind: string;
  staff_id: Text;
}

/** Lists of a studio with what only the desks need: follow-ups, and who sold an upsell with whom. */
export interface Desks {
  facts: Facts;
  everyPath: Path[];
  followups: Followup[];
  partners: Map<string, Text>;
}

export interface DeskQuestion {
  from: string;
  to: string;
  as_of: string;
  grain: 'all' | 'week' | 'month' | 'quarter';
}

/** Something somebody worked on, and whether it succeeded. */
interface Unit {
  figure: string;
  staff: Text;
  path: Path | null;
  day: string;
  /** Days within which success has to come. */
  window: number;
  hit: boolean;
  cents: bigint;
}

/** A row of `staff_figures` but for what the finish adds. */
export interface DeskRow {
  staff_id: string;
  figure: string;
  starts_on: string;
  ends_on: string;
  base: number;
  hits: number;
  unfinished: number;
  rate: number;
  rate_low: number;
  rate_high: number;
  amount: string;
  per_unit_error: number | null;
}

const WINDOW = 30;

/** The units of inviters, sellers, customer service and of upsells sold together; not those of the touchpoints. */
function unitsOf(
  { facts, everyPath, followups, partners }: Desks,
  { from, to, as_of }: DeskQuestion,
): Unit[] {
  const last = earlierDay(to, as_of);
  const signedIn = (path: Path, first: string, days: number): Order | undefined =>
    ordersOf(path).find((order) =>
      within(dayOf(order.ordered_at), first, earlierDay(addDays(first, days), as_of)),
    );
  const inWindow = (at: Text, day: string) =>
    at !== null && dayOf(at) <= earlierDay(addDays(day, WINDOW), as_of);
  const led = everyPath.flatMap((path): Unit[] => {
    if (!path.lead) return [];
    const day = dayOf(path.beganAt);
    const bought = inWindow(path.reached[4], day);
    const unit = {
      staff: path.lead.staff_id,
      path,
      day,
      window: WINDOW,
      cents: bought ? cents(path.firstOrder?.amount ?? '0') : 0n,
    };
    return [
      { ...unit, figure: 'lead_visits', hit: inWindow(path.reached[3], day) },
      { ...unit, figure: 'lead_orders', hit: bought },
    ];
  });
  const visited = everyPath.flatMap((path) =>
    path.facts.flatMap((fact): Unit[] => {
      if (fact.step !== 3) return [];
      const day = dayOf(fact.happenedAt);
      const order = signedIn(path, day, WINDOW);
      return [
        {
          figure: 'visit_orders',
          staff: fact.row.staff_id,
          path,
          day,
          window: WINDOW,
          hit: order !== undefined,
          cents: cents(order?.amount ?? '0'),
        },
      ];
    }),
  );
  const signed = everyPath.flatMap((path) =>
    ordersOf(path).map((order): Unit => {
      const day = dayOf(order.ordered_at);
      const hit = order.status === 'cancelled' && inWindow(takenBackOn(order, facts), day);
      return {
        figure: 'cancellations',
        staff: order.staff_id,
        path,
        day,
        window: WINDOW,
        hit,
        cents: cents(order.amount),
      };
    }),
  );
  const sold = facts.upsells
    .filter(({ outcome }) => outcome !== 'declined')
    .flatMap((row) => {
      const partner = partners.get(row.upsell_id) ?? null;
      const people = [...new Set([row.staff_id, partner])].filter((one) => one !== null);
      const path =
        everyPath.find((one) => ordersOf(one).some(({ order_id }) => order_id === row.order_id)) ?? null;
      return people.map((staff): Unit => ({
        figure: 'co_sold',
        staff,
        path,
        day: dayOf(row.sold_at),
        window: 0,
        hit: people.length === 2,
        cents: cents(row.amount),
      }));
    });
  return [...led, ...visited, ...signed, ...sold, ...recovered(everyPath, followups, as_of)].filter(
    ({ staff, day }) => staff !== null && within(day, from, last),
  );
}

/** Consultations without a sale, each with the first person who took it up again while there was no order. */
function recovered(everyPath: Path[], followups: Followup[], asOf: string): Unit[] {
  const failed = everyPath.flatMap((path) =>
    path.facts.flatMap((fact) =>
      fact.step === 3 && fact.row.outcome === 'no_sale' ? [{ id: fact.id, at: fact.happenedAt, path }] : [],
    ),
  );
  const answers = followups
    .filter(
      ({ kind, done_at }) => ['call', 'sms', 'letter', 'offer'].includes(kind) && dayOf(done_at) <= asOf,
    )
    .flatMap((followup) => {
      const [latest] = failed
        .filter(
          ({ id, at, path }) =>
            at <= followup.done_at &&
            (followup.visit_id === null
              ? path.id === `L:${String(followup.lead_id)}`
              : id === followup.visit_id),
        )
        .sort((a, b) => (a.at + a.id < b.at + b.id ? 1 : -1));
      return latest ? [{ visit: latest, followup }] : [];
    })
    .sort((a, b) =>
      a.followup.done_at + a.followup.followup_id < b.followup.done_at + b.followup.followup_id ? -1 : 1,
    );
  return failed.flatMap((visit): Unit[] => {
    const first = answers.find((answer) => answer.visit.id === visit.id);
    if (!first) return [];
    const { done_at: at, staff_id: staff } = first.followup;
    const orders = ordersOf(visit.path).filter(({ ordered_at }) => dayOf(ordered_at) <= asOf);
    if (orders.some(({ ordered_at }) => ordered_at >= visit.at && ordered_at <= at)) return [];
    const order = orders.find(
      ({ ordered_at }) => ordered_at > at && dayOf(ordered_at) <= addDays(dayOf(at), WINDOW),
    );
    return [
      {
        figure: 'recovered',
        staff,
        path: visit.path,
        day: dayOf(at),
        window: WINDOW,
        hit: order !== undefined,
        cents: cents(order?.amount ?? '0'),
      },
    ];
  });
}

/** The report `staff_figures` without the touchpoints, unit by unit. */
export function deskRowsOf(desks: Desks, question: DeskQuestion): DeskRow[] {
  const groups = new Map<string, { starts: string; ends: string; units: Unit[] }>();
  for (const unit of unitsOf(desks, question)) {
    const [starts, ends] = periodOf(unit.day, question);
    const key = [unit.staff, unit.figure, starts].join('\n');
    const group = groups.get(key) ?? { starts, ends, units: [] };
    group.units.push(unit);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ starts, ends, units }) => {
    const [first] = units;
    const base = units.length;
    const hits = units.filter(({ hit }) => hit).length;
    const { low, high } = wilson(hits, base);
    const mean = Number(units.reduce((sum, unit) => sum + unit.cents, 0n)) / 100 / base;
    const squares = units.reduce((sum, unit) => sum + (Number(unit.cents) / 100 - mean) ** 2, 0);
    return {
      staff_id: first?.staff ?? '',
      figure: first?.figure ?? '',
      starts_on: starts > question.from ? starts : question.from,
      ends_on: earlierDay(ends, question.to),
      base,
      hits,
      unfinished: units.filter(({ hit, window, day }) => !hit && addDays(day, window) > question.as_of)
        .length,
      rate: hits / base,
      rate_low: low,
      rate_high: high,
      amount: decimal(units.reduce((sum, unit) => sum + unit.cents, 0n)),
      per_unit_error: base > 1 ? Math.sqrt(squares / (base - 1) / base) : null,
    };
  });
}

function periodOf(day: string, { from, to, grain }: DeskQuestion): [string, string] {
  if (grain === 'week') return [mondayOf(day), addDays(mondayOf(day), 6)];
  if (grain === 'all') return [from, to];
  const quarter = Math.floor((Number(day.slice(5, 7)) - 1) / 3);
  const first =
    grain === 'month'
      ? monthOf(day).first
      : `${day.slice(0, 4)}-${String(quarter * 3 + 1).padStart(2, '0')}-01`;
  const next = grain === 'month' ? monthOf(day).next : monthOf(addDays(first, 62)).next;
  return [first, addDays(next, -1)];
}

/** A row of `staff_comparison` but for what the finish adds. */
export interface ExpectationRow {
  staff_id: string;
  base: number;
  hits: number;
  expected: number | null;
  fallback_base: number;
}

/** How many units others need for what they reach to be expected; and, where somebody of the staff asks, how many people. */
export interface Enough {
  units: number;
  people: number | null;
}

/** What is expected of everybody in `staff_comparison`, unit by unit (domain.md §5, staff). */
export function expectationsOf(
  desks: Desks,
  question: DeskQuestion,
  figure: string,
  { units: enough, people }: Enough,
): ExpectationRow[] {
  const units = unitsOf(desks, question).filter(
    (unit) => unit.figure === figure && addDays(unit.day, unit.window) <= question.as_of,
  );
  const place = ({ path }: Unit, field: 'channel' | 'store') =>
    path ? segmentValue(path, field).text : null;
  const share = (of: Unit[]) => of.filter(({ hit }) => hit).length / of.length;
  const suffices = (of: Unit[]) => of.length >= enough && (people === null || areMany(of, people));
  return [...new Set(units.map(({ staff }) => staff ?? ''))].map((staff) => {
    const own = units.filter((unit) => unit.staff === staff);
    const others = units.filter((unit) => unit.staff !== staff);
    const seen = own.map((unit) => {
      const channel = others.filter((other) => place(other, 'channel') === place(unit, 'channel'));
      const near = channel.filter((other) => place(other, 'store') === place(unit, 'store'));
      const group =
        [near, channel, others].find(suffices) ?? (people === null && others.length > 0 ? others : null);
      return { near: suffices(near), rate: group && share(group) };
    });
    const isOpen = seen.every(({ rate }) => rate !== null);
    return {
      staff_id: staff,
      base: own.length,
      hits: own.filter(({ hit }) => hit).length,
      expected: isOpen ? seen.reduce((sum, { rate }) => sum + (rate ?? 0), 0) / own.length : null,
      fallback_base: isOpen || people === null ? seen.filter(({ near }) => !near).length : own.length,
    };
  });
}

/** Whether units are of so many people, none of whom has more than half of them. */
function areMany(units: Unit[], people: number): boolean {
  const staff = units.map((unit) => unit.staff);
  const different = [...new Set(staff)];
  const most = Math.max(...different.map((one) => staff.filter((other) => other === one).length));
  return different.length >= people && most <= units.length / 2;
}
