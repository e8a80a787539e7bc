import { addDays, dayOf, within } from './days.ts';
import { closure, springs } from './festivals.ts';
import { handedIn, type HandedIn } from './handed-in.ts';
import type { Path } from './journeys.ts';
import { storeOf } from './sources.ts';
import type { Facts, Text } from './tables.ts';

/** A run of days on which a list of a store lacks although rows were to be expected. */
export interface Gap {
  store: Text;
  step: 2 | 3 | 4;
  from: string;
  to: string;
  everyList: boolean;
}

interface Span {
  from: string;
  to: string;
}

const ENOUGH = 7;
const ENOUGH_OF_FEW_DAYS = 14;
const WEEK = 7;
const WEEKS = 8;

/** Every gap of leads, visits and orders, up to the last day that any store has data (domain.md, calendar). */
export function gaps(facts: Facts, everyPath: Path[]): Gap[] {
  const rows = handedIn(facts, everyPath);
  const lastDay = latest(rows);
  const closed = closedDays(rows);
  return [...Map.groupBy(rows, ({ store }) => store)].flatMap(([store, own]) => {
    const lists = [...Map.groupBy(own, ({ list }) => list)].map(([step, list]) => ({
      step,
      ...listOf(list),
    }));
    const first = lists.map(({ firstDay }) => firstDay).sort()[0] ?? lastDay;
    const expectedIn = (day: string) => lists.reduce((sum, { expected }) => sum + expected(day), 0);
    const isOpen = (day: string) => !closed.has(day);
    const missing = runsOf(
      first,
      lastDay,
      (day) => isOpen(day) && lists.every(({ count }) => count(day) === 0),
    ).filter((run) => sumOver(run, expectedIn) >= (daysIn(run).length >= WEEK ? ENOUGH : ENOUGH_OF_FEW_DAYS));
    const isMissing = (day: string) => missing.some(({ from, to }) => within(day, from, to));
    return lists.flatMap(({ step, firstDay, count, expected }) => {
      const gap =
        (everyList: boolean) =>
        ({ from, to }: Span): Gap => ({ store, step, from, to, everyList });
      const ofOne = runsOf(firstDay, lastDay, (day) => isOpen(day) && !isMissing(day) && count(day) === 0);
      return [
        ...missing.filter((run) => sumOver(run, expected) > 0).map(gap(true)),
        ...ofOne
          .filter((run) => daysIn(run).length >= WEEK && sumOver(run, expected) >= ENOUGH)
          .map(gap(false)),
      ];
    });
  });
}

/** Rows of a list per day, and how many the same weekdays of the 8 weeks before let expect. */
function listOf(list: HandedIn[]) {
  const rows = Map.groupBy(list, ({ day }) => day);
  const firstDay = [...rows.keys()].sort()[0] ?? '';
  const count = (day: string) => rows.get(day)?.length ?? 0;
  const expected = (day: string) => {
    if (day < firstDay) return 0;
    const earlier = Array.from({ length: WEEKS }, (_, place) => addDays(day, -7 * (place + 1))).filter(
      (other) => other >= firstDay,
    );
    return earlier.length > 0 ? earlier.reduce((sum, other) => sum + count(other), 0) / earlier.length : 0;
  };
  return { firstDay, count, expected };
}

/** Days around a 春节 on which at least half of the stores that usually see somebody saw nobody. */
function closedDays(rows: HandedIn[]): Set<string> {
  const stores = [...Map.groupBy(rows, ({ store }) => store).values()].map((own) => ({
    first: own.map(({ day }) => day).sort()[0] ?? '',
    last: latest(own),
    any: new Set(own.map(({ day }) => day)),
    guests: new Set(own.filter(({ list }) => list !== 2).map(({ day }) => day)),
  }));
  const closed = springs.slice(1).flatMap((spring) => {
    const { from, to } = closure(spring);
    const asked = stores
      .filter(({ first }) => first < from)
      .map(({ first, last, any, guests }) => {
        const eightWeeks = addDays(from, -56);
        const before = daysIn({ from: first > eightWeeks ? first : eightWeeks, to: addDays(from, -1) });
        const isUsual = (days: Set<string>) =>
          2 * before.filter((day) => days.has(day)).length >= before.length;
        return { last, days: isUsual(guests) ? guests : isUsual(any) ? any : null };
      });
    return daysIn({ from, to }).filter((day) => {
      const open = asked.flatMap(({ last, days }) => (days && day <= last ? [days.has(day)] : []));
      return open.length > 0 && 2 * open.filter(Boolean).length <= open.length;
    });
  });
  return new Set(closed);
}

function runsOf(first: string, last: string, isEmpty: (day: string) => boolean): Span[] {
  const runs: Span[] = [];
  for (const day of daysIn({ from: first, to: last })) {
    if (!isEmpty(day)) continue;
    const run = runs.at(-1);
    if (run && addDays(run.to, 1) === day) run.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs;
}

function daysIn({ from, to }: Span): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

const sumOver = (run: Span, value: (day: string) => number) =>
  daysIn(run).reduce((sum, day) => sum + value(day), 0);

const latest = (rows: HandedIn[]) => rows.reduce((last, { day }) => (day > last ? day : last), '');

/** Whether a gap touches a period; a list silent for 26 weeks has no source and lacks nothing. */
export function touches(gap: Gap, { from, to }: Span): boolean {
  return gap.from <= to && gap.to >= from && (gap.to < to || gap.from >= addDays(to, -180));
}

/**
 * Stores that lack a list in one of these periods, but none where no store of `asked` that records anything would be left
 * to compare.
 */
export function gapStores(facts: Facts, everyPath: Path[], asked: Path[], periods: Span[]): Text[] {
  const found = gaps(facts, everyPath).filter((gap) => periods.some((period) => touches(gap, period)));
  const gone = [...new Set(found.map(({ store }) => store))];
  const isRecording = (store: Text) =>
    everyPath.some((path) => storeOf(path) === store && periods.some((period) => marksIn(path, period)));
  const present = [...new Set(asked.map(storeOf))];
  return present.some((store) => isRecording(store) && !gone.includes(store)) ? gone : [];
}

/** Whether a journey left a lead, consultation or order in the 26 weeks up to a period's end. */
function marksIn(path: Path, { to }: Span): boolean {
  const days = [...(path.lead ? [path.beganAt] : []), ...path.facts.map(({ happenedAt }) => happenedAt)];
  return days.some((instant) => within(dayOf(instant), addDays(to, -181), to));
}
