import { at, dayOf, dayPart, monday, weekday, type Day, type Instant } from './calendar.ts';
import type { Journey } from './journeys.ts';
import { expectedLeads, isGap, present } from './mix.ts';
import { isHoliday, laterOn, openDay, towardsWeekend } from './opening.ts';
import type { Parameters } from './parameters.ts';
import { between, happens, logNormal, oneOf, poisson, stream, type Random } from './random.ts';
import { consultation, order, type Consultation, type Order } from './sales.ts';
import type { Member } from './staff.ts';
import { stores, type Store } from './studio.ts';
import { numbered, within } from './tables.ts';

/** Consultations and orders of everybody, by time; customers are numbered in the order they are met. */
export type Selling = { consultations: Consultation[]; orders: Order[]; customers: number };

type Desk = { parameters: Parameters; last: Day; selling: Selling };

const newCustomer = ({ selling }: Desk): string => {
  selling.customers += 1;
  return numbered('C', 5, selling.customers - 1);
};

/** The seller of a journey, or a colleague when she has left by then. */
function whoServes(
  { parameters }: Desk,
  random: Random,
  { seller, store }: Journey,
  moment: Instant,
): Member {
  const stays = seller.left_on === null || dayPart(moment) <= dayOf(seller.left_on);
  return stays ? seller : oneOf(random, present(parameters, 'seller', store, monday(dayPart(moment))));
}

/** A lead's visits and its order. Who signs another day mostly comes again to do so. */
function serve(desk: Desk, random: Random, journey: Journey, lead: number): void {
  const { consultations, orders } = desk.selling;
  const { store, visited, ordered, channel } = journey;
  const met = (moment: Instant) => ({
    at: moment,
    lead,
    customer: null,
    store,
    seller: whoServes(desk, random, journey, moment),
  });
  const signsAtOnce = visited !== null && ordered !== null && dayPart(visited) === dayPart(ordered);
  if (visited !== null && within(desk.last, visited))
    consultations.push(consultation(random, met(visited), signsAtOnce));
  if (ordered === null || !within(desk.last, ordered)) return;
  if (visited !== null && !signsAtOnce && happens(random, 0.85))
    consultations.push(consultation(random, met(ordered - between(random, 20, 60)), true));
  orders.push(order(random, { ...met(ordered), customer: newCustomer(desk), channel }));
}

/** Strangers for each lead of a usual day: people who walk in, and people who order by a call. */
const strangersPerLead = { walkIn: 0.03, call: 0.0015 };

/** Somebody nobody knew: who walks in signs or not, who calls orders. */
function stranger(desk: Desk, random: Random, day: Day, calls: boolean): void {
  const { parameters, selling } = desk;
  const store: Store = oneOf(random, stores);
  const signs = calls || happens(random, 0.38);
  const facts = {
    lead: null,
    store,
    seller: oneOf(random, present(parameters, 'seller', store, monday(day))),
  };
  const moment = laterOn(random, day, at(day, 0));
  if (isGap(parameters, store, day)) return;
  const known = { ...facts, customer: newCustomer(desk) };
  if (!calls) selling.consultations.push(consultation(random, { ...known, at: moment }, signs));
  if (signs) selling.orders.push(order(random, { ...known, at: moment + 50, channel: null }));
}

/** The strangers of every open day: as many as the season and the weekday bring. */
function strangers(desk: Desk, random: Random): void {
  const { parameters, last } = desk;
  for (let day = dayOf(parameters.first_day); day <= last; day += 1) {
    const usual =
      (expectedLeads(parameters, monday(day)) * (parameters.weekday_factor[weekday(day)] ?? 1)) / 7;
    const walkIns = poisson(random, usual * strangersPerLead.walkIn);
    const calls = poisson(random, usual * strangersPerLead.call);
    if (isHoliday(parameters, day)) continue;
    for (let number = 0; number < walkIns + calls; number += 1)
      stranger(desk, random, day, number >= walkIns);
  }
}

/** Buyers who come back months later for another set of photographs: an anniversary, a child. */
function returning(desk: Desk, random: Random): void {
  const { parameters, last, selling } = desk;
  for (const first of [...selling.orders]) {
    if (!happens(random, 0.13) || first.cancelled !== null) continue;
    const wait = 30 + Math.floor(logNormal(random, 230, 0.6));
    const planned = towardsWeekend(random, 0.35, dayPart(first.at) + wait);
    const day = openDay(parameters, first.store, planned);
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
