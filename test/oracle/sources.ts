import { addDays, dayOf, earlierDay, within } from './days.ts';
import { ordersOf, type Path } from './journeys.ts';
import { segmentValue } from './segments.ts';
import type { Text } from './tables.ts';

/** The view of a report: journeys begun in the period, or steps reached in it. */
export type View = 'cohort' | 'period';

export interface Period {
  from: string;
  to: string;
  as_of: string;
  view: View;
}

/** Steps that have a source, per store; null is the store of journeys without one. */
export type Sources = Map<Text, Set<number>>;

const WEEKS_26 = 182;

/** The last day that is answered. */
export function lastDay(period: Period): string {
  return earlierDay(period.to, period.as_of);
}

/** The days in which a store must have at least one row of a step's table. */
export function sourceWindow(period: Period): { from: string; to: string } {
  return period.view === 'period'
    ? { from: addDays(lastDay(period), 1 - WEEKS_26), to: lastDay(period) }
    : { from: addDays(period.from, -WEEKS_26), to: period.as_of };
}

/** Which steps each store has a source for (domain.md §1: a step is empty). */
export function sources(journeys: Path[], period: Period): Sources {
  const window = sourceWindow(period);
  const inWindow = (instant: string) => within(dayOf(instant), window.from, window.to);
  const found: Sources = new Map();
  for (const journey of journeys) {
    const store = storeOf(journey);
    const steps = found.get(store) ?? new Set<number>();
    found.set(store, steps);
    if (journey.lead && inWindow(journey.lead.created_at)) {
      steps.add(2);
      if (journey.lead.referrer_customer_id !== null) steps.add(6);
    }
    if (journey.facts.some((fact) => fact.step === 3 && inWindow(fact.happenedAt))) steps.add(3);
    const orders = ordersOf(journey).filter((order) => inWindow(order.ordered_at));
    if (orders.length > 0) steps.add(4);
    if (orders.some((order) => order.customer_id !== null)) steps.add(5);
  }
  return found;
}

/** The store a journey is counted under. */
export function storeOf(journey: Path): Text {
  return segmentValue(journey, 'store').text;
}
