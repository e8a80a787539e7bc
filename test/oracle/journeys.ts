import { dayOf } from './days.ts';
import type { Facts, Lead, Order, Text, Visit } from './tables.ts';

/** A consultation visit (step 3) or an order (step 4), in the form journeys are made of. */
export type Fact =
  | { step: 3; id: string; happenedAt: string; row: Visit }
  | { step: 4; id: string; happenedAt: string; row: Order };

/** One path through the steps: a lead row and its facts, or facts that nobody announced. */
export interface Journey {
  id: string;
  kind: 'lead' | 'unannounced';
  lead: Lead | null;
  customer: Text;
  beganAt: string;
  /** Visits and orders in order of time, visits before orders, then by id. */
  facts: Fact[];
}

/** A journey with the instants at which it reached each step, null where it has not. */
export interface Path extends Journey {
  firstVisitAt: Text;
  firstOrder: Order | null;
  reached: Record<2 | 3 | 4 | 5 | 6, Text>;
  returning: boolean;
}

/** Every journey with its steps (domain.md §1: journey, closure, Q5, Q6, returning). */
export function paths(facts: Facts): Path[] {
  const journeys = assign(facts);
  const orders = journeys.flatMap((journey) =>
    ordersOf(journey).map((order) => ({ order, party: partyOf(order, journey) })),
  );
  return journeys.map((journey) => {
    const firstVisitAt = journey.facts.find((fact) => fact.step === 3)?.happenedAt ?? null;
    const firstOrder = ordersOf(journey)[0] ?? null;
    const orderedAt = firstOrder?.ordered_at ?? null;
    return {
      ...journey,
      firstVisitAt,
      firstOrder,
      reached: {
        2: journey.beganAt,
        3: earliest([firstVisitAt, orderedAt]),
        4: orderedAt,
        5: firstOrder && nextOrderAt(firstOrder, partyOf(firstOrder, journey), orders),
        6: firstOrder && referredAt(journey, firstOrder, journeys),
      },
      returning:
        journey.customer !== null &&
        journeys.some((other) => other.customer === journey.customer && beganBefore(other, journey)),
    };
  });
}

/** The orders of a journey, the first one first. */
export function ordersOf(journey: Journey): Order[] {
  return journey.facts.flatMap((fact) => (fact.step === 4 ? [fact.row] : []));
}

/** Which journey each lead, consultation visit and order belongs to. */
function assign(facts: Facts): Journey[] {
  const everyFact: Fact[] = [
    ...facts.visits
      .filter((row) => row.purpose === 'consult')
      .map((row): Fact => ({ step: 3, id: row.visit_id, happenedAt: row.visited_at, row })),
    ...facts.orders.map((row): Fact => ({ step: 4, id: row.order_id, happenedAt: row.ordered_at, row })),
  ].sort(inOrder);

  const announced = leadIds(facts, everyFact).map((leadId): Journey => {
    const lead = facts.leads.find((row) => row.lead_id === leadId) ?? null;
    const own = everyFact.filter((fact) => fact.row.lead_id === leadId);
    const customer = lead?.customer_id ?? own.find((fact) => fact.row.customer_id)?.row.customer_id ?? null;
    return journeyOf(`L:${leadId}`, lead, customer, own);
  });

  const homes = new Map<string, Fact[]>(announced.map((journey) => [journey.id, journey.facts]));
  const strangers = new Map<string, Fact[]>();
  for (const fact of everyFact.filter((f) => f.row.lead_id === null)) {
    const home = latestHome(fact, announced);
    const id = home?.id ?? strangerId(fact);
    const list = (home ? homes : strangers).get(id);
    if (list) list.push(fact);
    else strangers.set(id, [fact]);
  }
  return [
    ...announced.map((journey) =>
      journeyOf(journey.id, journey.lead, journey.customer, journey.facts.sort(inOrder)),
    ),
    ...[...strangers].map(([id, own]) => journeyOf(id, null, own[0]?.row.customer_id ?? null, own)),
  ];
}

function leadIds(facts: Facts, everyFact: Fact[]): string[] {
  const ids = [...facts.leads.map((row) => row.lead_id), ...everyFact.map((fact) => fact.row.lead_id)];
  return [...new Set(ids)].filter((id) => id !== null);
}

/** The customer's latest journey with a lead id that began on or before the fact's day. */
function latestHome(fact: Fact, announced: Journey[]): Journey | undefined {
  const customer = fact.row.customer_id;
  if (customer === null) return undefined;
  return announced
    .filter((journey) => journey.customer === customer && dayOf(journey.beganAt) <= dayOf(fact.happenedAt))
    .sort((a, b) => (beganBefore(a, b) ? 1 : -1))[0];
}

function strangerId(fact: Fact): string {
  if (fact.row.customer_id !== null) return `C:${fact.row.customer_id}`;
  return `${fact.step === 3 ? 'V' : 'O'}:${fact.id}`;
}

function journeyOf(id: string, lead: Lead | null, customer: Text, own: Fact[]): Journey {
  const beganAt = lead?.created_at ?? own[0]?.happenedAt;
  if (beganAt === undefined) throw new Error(`journey ${id} has no fact`);
  return { id, kind: lead ? 'lead' : 'unannounced', lead, customer, beganAt, facts: own };
}

function inOrder(a: Fact, b: Fact): number {
  return compare(a.happenedAt, b.happenedAt) || a.step - b.step || compare(a.id, b.id);
}

function beganBefore(a: Journey, b: Journey): boolean {
  return (compare(a.beganAt, b.beganAt) || compare(a.id, b.id)) < 0;
}

/** Who an order is counted for when the next one is looked for. */
function partyOf(order: Order, journey: Journey): string {
  return order.customer_id ?? journey.customer ?? journey.id;
}

function nextOrderAt(first: Order, party: string, orders: { order: Order; party: string }[]): Text {
  const later = orders.filter(
    (entry) =>
      entry.party === party &&
      (compare(entry.order.ordered_at, first.ordered_at) || compare(entry.order.order_id, first.order_id)) >
        0,
  );
  return earliest(later.map((entry) => entry.order.ordered_at));
}

/** When the first order came out of a lead that this buyer referred (nobody refers themselves). */
function referredAt(journey: Journey, first: Order, journeys: Journey[]): Text {
  const buyer = journey.customer ?? first.customer_id;
  if (buyer === null) return null;
  const referred = journeys.filter(
    (other) =>
      other.id !== journey.id && other.lead?.referrer_customer_id === buyer && other.customer !== buyer,
  );
  return earliest(
    referred
      .map((other) => ordersOf(other)[0]?.ordered_at ?? null)
      .filter((orderedAt) => orderedAt !== null && orderedAt >= first.ordered_at),
  );
}

function earliest(instants: Text[]): Text {
  return instants.filter((instant) => instant !== null).sort(compare)[0] ?? null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
