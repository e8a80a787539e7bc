import { at, dayOf, dayPart, monday, type Day } from './calendar.ts';
import { laterOn, openDay, type Journey } from './journeys.ts';
import { isGap, present } from './mix.ts';
import type { Parameters } from './parameters.ts';
import { between, happens, logNormal, oneOf, stream, type Random } from './random.ts';
import { consultation, order, type Consultation, type Order } from './sales.ts';
import { stores, type Store } from './studio.ts';
import { numbered, within } from './tables.ts';

/** Consultations and orders of everybody, by time; customers are numbered in the order they are met. */
export type Selling = { consultations: Consultation[]; orders: Order[]; customers: number };

type Desk = { parameters: Parameters; last: Day; selling: Selling };

const newCustomer = ({ selling }: Desk): string => {
  selling.customers += 1;
  return numbered('C', 5, selling.customers - 1);
};

/** A lead's visits and its order. Who signs another day mostly comes again to do so. */
function serve(desk: Desk, random: Random, journey: Journey, lead: number): void {
  const { consultations, orders } = desk.selling;
  const { store, seller, visited, ordered, channel } = journey;
  const met = { lead, customer: null, store, seller };
  const signsAtOnce = visited !== null && ordered !== null && dayPart(visited) === dayPart(ordered);
  if (visited !== null && within(desk.last, visited))
    consultations.push(consultation(random, { ...met, at: visited }, signsAtOnce));
  if (ordered === null || !within(desk.last, ordered)) return;
  if (visited !== null && !signsAtOnce && happens(random, 0.85))
    consultations.push(consultation(random, { ...met, at: ordered - between(random, 20, 60) }, true));
  orders.push(order(random, { at: ordered, lead, customer: newCustomer(desk), store, seller, channel }));
}

/** A day's stranger at a store: nobody when the store leaves no rows that day. */
function strangers(desk: Desk, random: Random): void {
  const { parameters, last, selling } = desk;
  for (let day = dayOf(parameters.first_day); day <= last; day += 1) {
    const store: Store = oneOf(random, stores);
    const comes = happens(random, 0.5);
    const calls = happens(random, 0.03);
    const signs = happens(random, 0.38);
    const seller = oneOf(random, present(parameters, 'seller', store, monday(day)));
    const moment = laterOn(random, day, at(day, 0));
    if ((!comes && !calls) || isGap(parameters, store, day)) continue;
    const customer = newCustomer(desk);
    if (comes)
      selling.consultations.push(
        consultation(random, { at: moment, lead: null, customer, store, seller }, signs),
      );
    if (!comes || signs)
      selling.orders.push(
        order(random, { at: moment + 50, lead: null, customer, store, seller, channel: null }),
      );
  }
}

/** Buyers who come back months later for another set of photographs: an anniversary, a child. */
function returning(desk: Desk, random: Random): void {
  const { parameters, last, selling } = desk;
  for (const first of [...selling.orders]) {
    if (!happens(random, 0.13) || first.cancelled !== null) continue;
    const wait = 30 + Math.floor(logNormal(random, 230, 0.6));
    const day = openDay(parameters, first.store, dayPart(first.at) + wait);
    const byPhone = happens(random, 0.1);
    if (day > last) continue;
    const sellers = present(parameters, 'seller', first.store, monday(day));
    const facts = {
      lead: null,
      customer: first.customer,
      store: first.store,
      seller: oneOf(random, sellers),
    };
    const moment = laterOn(random, day, first.at);
    if (!byPhone) selling.consultations.push(consultation(random, { ...facts, at: moment }, true));
    selling.orders.push(order(random, { ...facts, at: moment + 45, channel: first.channel }));
  }
}

/** Everything that was signed or refused at the order desk up to the last day. */
export function sellingOf(parameters: Parameters, seed: number, journeys: Journey[]): Selling {
  const last = dayOf(parameters.last_day);
  const desk: Desk = { parameters, last, selling: { consultations: [], orders: [], customers: 0 } };
  const random = stream(seed, 'selling');
  journeys.forEach((journey, lead) => serve(desk, random, journey, lead));
  strangers(desk, stream(seed, 'strangers'));
  returning(desk, stream(seed, 'returning'));
  const { consultations, orders, customers } = desk.selling;
  return {
    consultations: consultations.toSorted((a, b) => a.at - b.at),
    orders: orders.toSorted((a, b) => a.at - b.at),
    customers,
  };
}
