import { addDays, dayOf } from './days.ts';
import type { Path } from './journeys.ts';
import { storeOf } from './sources.ts';
import type { Text } from './tables.ts';

/** A run of days on which a store recorded nothing of a step although at least 7 rows were to be expected. */
export interface Gap {
  store: Text;
  step: 2 | 3 | 4;
  from: string;
  to: string;
}

const ENOUGH = 7;
const WEEKS = 8;

/** Every gap of leads, visits and orders, up to the last day that any store has data (domain.md, calendar). */
export function gaps(everyPath: Path[]): Gap[] {
  const marks = everyPath.flatMap((path) => {
    const store = storeOf(path);
    return [
      ...(path.lead ? [{ store, step: 2 as const, day: dayOf(path.beganAt) }] : []),
      ...path.facts.map((fact) => ({ store, step: fact.step, day: dayOf(fact.happenedAt) })),
    ];
  });
  const lastDay =
    marks
      .map(({ day }) => day)
      .sort()
      .at(-1) ?? '';
  const lists = Map.groupBy(marks, ({ store, step }) => JSON.stringify([store, step]));
  return [...lists.values()].flatMap((list) => {
    const rows = Map.groupBy(list, ({ day }) => day);
    const firstDay = [...rows.keys()].sort()[0] ?? lastDay;
    const expected = (day: string) => {
      const earlier = Array.from({ length: WEEKS }, (_, place) => addDays(day, -7 * (place + 1))).filter(
        (other) => other >= firstDay,
      );
      const sum = earlier.reduce((total, other) => total + (rows.get(other)?.length ?? 0), 0);
      return earlier.length > 0 ? sum / earlier.length : 0;
    };
    const runs: Gap[] = [];
    let run: string[] = [];
    const close = () => {
      const [from, to] = [run[0], run.at(-1)];
      const enough = run.reduce((total, day) => total + expected(day), 0) >= ENOUGH;
      const [first] = list;
      if (from && to && first && enough) runs.push({ store: first.store, step: first.step, from, to });
      run = [];
    };
    for (let day = firstDay; day <= lastDay; day = addDays(day, 1))
      if (rows.has(day)) close();
      else run.push(day);
    close();
    return runs;
  });
}

/** Stores with a gap in one of these periods; a store silent for 26 weeks has no source and misses nothing. */
export function gapStores(everyPath: Path[], periods: { from: string; to: string }[]): Text[] {
  const found = gaps(everyPath).filter((gap) =>
    periods.some(
      ({ from, to }) => gap.from <= to && gap.to >= from && (gap.to < to || gap.from >= addDays(to, -180)),
    ),
  );
  return [...new Set(found.map(({ store }) => store))];
}
