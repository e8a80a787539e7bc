import { addDays, dayOf, elapsedDays } from './days.ts';
import { ordersOf } from './journeys.ts';
import type { Path } from './journeys.ts';
import { cents } from './money.ts';
import type { Text } from './tables.ts';

/** What is asked of the report attribution; everything happens without follow-ups and the list events. */
export interface CreditQuestion {
  from: string;
  to: string;
  as_of: string;
  by: 'channel' | 'campaign';
  window_days: number;
  half_life_days: number;
}

/** An order with the channels that touched its client before it, or the touches of somebody who has not ordered since. */
export interface Walk {
  channels: string[];
  /** How many days before the end of the walk each touch was. */
  ages: number[];
  ordered: boolean;
  cents: bigint;
}

interface Moment {
  at: string;
  id: string;
  client: string;
  /** Null for an order. */
  channel: Text;
  cents: bigint;
}

/** Every walk of the period, order by order and client by client. */
export function walks(
  journeys: readonly Path[],
  links: ReadonlyMap<string, string>,
  question: CreditQuestion,
): Walk[] {
  const known = momentsOf(journeys, links, question.by).filter(({ at }) => dayOf(at) <= question.as_of);
  const inPeriod = (at: string) => dayOf(at) >= question.from && dayOf(at) <= question.to;
  return [...Map.groupBy(known, ({ client }) => client).values()].flatMap((moments) => {
    const orders = moments.filter(({ channel }) => channel === null).sort(inTime);
    const touches = moments.filter(({ channel }) => channel !== null).sort(inTime);
    const found: Walk[] = [];
    for (const [place, order] of orders.entries()) {
      const before = orders[place - 1];
      const own = touches.filter(({ at }) => at <= order.at && (before === undefined || at > before.at));
      if (inPeriod(order.at)) found.push(walkOf(own, order.at, order, question));
    }
    const lastOrder = orders.at(-1);
    const since = touches.filter(({ at }) => lastOrder === undefined || at > lastOrder.at);
    const end = since.at(-1);
    if (end !== undefined && inPeriod(end.at)) found.push(walkOf(since, end.at, null, question));
    return found;
  });
}

function walkOf(
  touches: readonly Moment[],
  end: string,
  order: Moment | null,
  { window_days: days }: CreditQuestion,
): Walk {
  const near = touches.filter(({ at }) => dayOf(at) >= addDays(dayOf(end), -days));
  return {
    channels: near.map(({ channel }) => channel ?? ''),
    ages: near.map(({ at }) => elapsedDays(dayOf(at), dayOf(end))),
    ordered: order !== null,
    cents: order?.cents ?? 0n,
  };
}

function momentsOf(
  journeys: readonly Path[],
  links: ReadonlyMap<string, string>,
  by: CreditQuestion['by'],
): Moment[] {
  const clientOf = (customer: Text, journey: Path) => {
    const person = customer === null ? journey.id : `C:${customer}`;
    return links.get(person) ?? person;
  };
  return journeys.flatMap((journey) => {
    const found: Moment[] = [];
    const { lead, customer, facts } = journey;
    if (lead !== null) {
      const value = by === 'campaign' ? lead.campaign_id : lead.channel;
      const id = `L:${journey.id}`;
      const channel = `source ${value ?? ''}`;
      found.push({ at: lead.created_at, id, client: clientOf(customer, journey), channel, cents: 0n });
    }
    const [first] = facts;
    if (lead === null && first?.step === 3) {
      const client = clientOf(first.row.customer_id ?? customer, journey);
      found.push({ at: first.happenedAt, id: `V:${first.id}`, client, channel: 'walk_in ', cents: 0n });
    }
    for (const order of ordersOf(journey)) {
      const isWithoutTime = /[T ]00:00(:00)?(\.0+)?$/.test(order.ordered_at);
      found.push({
        at: isWithoutTime ? order.ordered_at.replace(/00:00(:00)?/, '23:59$1') : order.ordered_at,
        id: `O:${order.order_id}`,
        client: clientOf(order.customer_id ?? customer, journey),
        channel: null,
        cents: cents(order.amount),
      });
    }
    return found;
  });
}

function inTime(a: Moment, b: Moment): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The share of a walk's order that each touch has, by the rules that need nothing but the walk. */
export const rules: Readonly<Record<string, (walk: Walk, halfLife: number) => number[]>> = {
  first: ({ channels }) => channels.map((_, at) => Number(at === 0)),
  last: ({ channels }) => channels.map((_, at) => Number(at === channels.length - 1)),
  linear: ({ channels }) => channels.map(() => 1 / channels.length),
  position: ({ channels: { length } }) => {
    if (length < 3) return Array.from({ length }, () => 1 / length);
    return Array.from({ length }, (_, at) => (at === 0 || at === length - 1 ? 0.4 : 0.2 / (length - 2)));
  },
  decay: ({ ages }, halfLife) => {
    const weights = ages.map((age) => 2 ** (-age / halfLife));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / all);
  },
};
