import { at, dayOf, dayPart, type Day, type Instant } from './calendar.ts';
import { present } from './mix.ts';
import { laterOn, openDay, towardsWeekend } from './opening.ts';
import type { Parameters } from './parameters.ts';
import { between, happens, logNormal, oneOf, stream, weighted, type Random } from './random.ts';
import { stands, type Order } from './sales.ts';
import type { Role } from './staff.ts';
import { within } from './tables.ts';

export type Touchpoint = 'sale' | 'shoot' | 'viewing' | 'pickup';

/** A buyer's visit after the order. */
export type Service = {
  at: Instant;
  order: number;
  purpose: 'shoot' | 'viewing' | 'pickup';
  staff: string;
  minutes: number;
};

/** Something more, offered to a buyer: sold or declined. */
export type Upsell = {
  at: Instant;
  order: number;
  touchpoint: Touchpoint;
  item: string;
  quantity: number;
  amount: number;
  cost: number;
  sold: boolean;
  staff: string;
  partner: string | null;
};

export type AfterSale = { services: Service[]; upsells: Upsell[] };

/** How often something is offered at a touchpoint, how often it is taken, its usual price, and what it is. */
const offers: Record<
  Touchpoint,
  { offered: number; sold: number; price: number; sigma: number; items: Record<string, number> }
> = {
  sale: {
    offered: 0.3,
    sold: 0.4,
    price: 520,
    sigma: 0.35,
    items: { 加选服装: 5, 外景升级: 3, 化妆升级: 2 },
  },
  shoot: { offered: 0.65, sold: 0.45, price: 420, sigma: 0.45, items: { 造型加拍: 5, 礼服升级: 3, 饰品: 2 } },
  viewing: {
    offered: 0.94,
    sold: 0.76,
    price: 2000,
    sigma: 0.55,
    items: { 入册: 6, 放大: 2, 底片: 3, 摆台: 1 },
  },
  pickup: { offered: 0.42, sold: 0.38, price: 260, sigma: 0.5, items: { 加洗: 4, 相框: 3, 剩片: 3 } },
};

/** Who of a role serves a store: its own people, else those of the first store that has one. */
function server(parameters: Parameters, random: Random, role: Role, order: Order, day: Day): string {
  const own = present(parameters, role, order.store, day);
  const anyone = own.length > 0 ? own : present(parameters, role, '中山路店', day);
  return oneOf(random, anyone).id;
}

const roles: Record<Touchpoint, Role> = {
  sale: 'seller',
  shoot: 'floor',
  viewing: 'viewing',
  pickup: 'pickup',
};

function offer(
  random: Random,
  touchpoint: Touchpoint,
  order: Order,
  number: number,
  moment: Instant,
  staff: string,
): Upsell[] {
  const { offered, sold, price, sigma, items } = offers[touchpoint];
  if (!happens(random, offered)) return [];
  const chances = touchpoint === 'viewing' && happens(random, 0.3) ? 2 : 1;
  return Array.from({ length: chances }, (_, position) => {
    const amount =
      Math.round((logNormal(random, price, sigma) * (order.amount / 6000) ** 0.6) / (position + 1) / 10) * 10;
    return {
      at: moment + 15 + 10 * position,
      order: number,
      touchpoint,
      item: weighted(random, items),
      quantity: between(random, 1, touchpoint === 'viewing' ? 12 : 2),
      amount: Math.max(amount, 30),
      cost: Math.round(Math.max(amount, 30) * 0.3),
      sold: happens(random, position === 0 ? sold : sold / 2),
      staff,
      partner: touchpoint === 'viewing' && happens(random, 0.6) ? order.seller.id : null,
    };
  });
}

/** Share of the visits planned from Monday to Thursday that couples move to the weekend. */
const weekends = { shoot: 0.15, viewing: 0.3, pickup: 0.4 };

/** What happens to one order after it is signed, as far as it stands and the lists reach. */
function afterOrder(parameters: Parameters, random: Random, order: Order, number: number): AfterSale {
  const last = dayOf(parameters.last_day);
  const upsells = offer(random, 'sale', order, number, order.at, order.seller.id);
  const services: Service[] = [];
  const waits = {
    shoot: 7 + Math.floor(logNormal(random, 24, 0.6)),
    viewing: 4 + Math.floor(logNormal(random, 8, 0.5)),
    pickup: 14 + Math.floor(logNormal(random, 24, 0.4)),
  };
  let before = order.at;
  for (const purpose of ['shoot', 'viewing', 'pickup'] as const) {
    if (happens(random, 0.015)) break;
    const planned = towardsWeekend(random, weekends[purpose], dayPart(before) + waits[purpose]);
    const day = openDay(parameters, order.store, planned);
    const moment = laterOn(random, day, at(day, 0));
    const staff = server(parameters, random, roles[purpose], order, day);
    if (!within(last, moment) || !stands(order, day)) break;
    const minutes = { shoot: 300, viewing: 150, pickup: 40 }[purpose];
    services.push({
      at: moment,
      order: number,
      purpose,
      staff,
      minutes: Math.round(logNormal(random, minutes, 0.2) / 5) * 5,
    });
    upsells.push(...offer(random, purpose, order, number, moment, staff));
    before = moment;
  }
  return { services, upsells: upsells.filter((upsell) => within(last, upsell.at)) };
}

/** Visits and upsells after every order, by time. */
export function afterSaleOf(parameters: Parameters, seed: number, orders: Order[]): AfterSale {
  const random = stream(seed, 'after sale');
  const all = orders.map((order, number) => afterOrder(parameters, random, order, number));
  return {
    services: all.flatMap(({ services }) => services).toSorted((a, b) => a.at - b.at),
    upsells: all.flatMap(({ upsells }) => upsells).toSorted((a, b) => a.at - b.at),
  };
}
