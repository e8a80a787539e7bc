import type { AfterSale } from './after-sale.ts';
import { at, dayOf, dayPart, instantText } from './calendar.ts';
import type { Journey } from './journeys.ts';
import { openDay } from './opening.ts';
import type { Parameters } from './parameters.ts';
import { ageGroup, birthday, bride, budget, city, district, groom, phone, weddingDay } from './people.ts';
import { between, happens, logNormal, stream, weighted, type Random } from './random.ts';
import type { Referrals } from './referrals.ts';
import type { Consultation, Order } from './sales.ts';
import { numbered, within, type Cell, type Table } from './tables.ts';

/** Who stands behind a lead: an invented couple with a plan. */
export type Person = { name: string; phone: string; district: string; wedding: string };

/** One invented person per lead, then one per customer who left none. */
export function peopleOf(seed: number, moments: number[]): Person[] {
  const random = stream(seed, 'people');
  return moments.map((moment, position) => ({
    name: bride(random),
    phone: phone(position),
    district: district(random),
    wedding: weddingDay(random, dayPart(moment)),
  }));
}

/** When and why a lead is given up that never came, or came without signing; null while nobody has given it up. */
function loss(parameters: Parameters, random: Random, journey: Journey): [string, string] | null {
  const { visited, ordered, created, store } = journey;
  const from = visited ?? created;
  const wait = 2 + Math.floor(logNormal(random, 18, 0.7));
  const moment = at(openDay(parameters, store, dayPart(from) + wait), between(random, 600, 1200));
  const reasons: Record<string, number> =
    visited === null
      ? { 联系不上: 34, 已订他家: 30, 无意向: 20, 外地: 8, 重复客资: 8 }
      : { 已订他家: 55, 价格: 30, 婚期推迟: 15 };
  const reason = weighted(random, reasons);
  const givenUp = happens(random, visited === null ? 0.6 : 0.5);
  if (!givenUp || !within(dayOf(parameters.last_day), moment)) return null;
  if (visited === null && ordered === null) return [instantText(moment), reason];
  return ordered === null || ordered > moment ? [instantText(moment), reason] : null;
}

/** Leads with the facts of the moment they came, and the day they were given up. */
export function leadsTable(
  parameters: Parameters,
  seed: number,
  journeys: Journey[],
  people: Person[],
  campaigns: (string | null)[],
  returning: Map<number, { customer: string; person: Person | undefined }>,
  { senders }: Referrals,
): Table {
  const random = stream(seed, 'leads');
  const rows = journeys.map((journey, number): Cell[] => {
    const old = returning.get(number);
    const person = old?.person ?? (people[number] as Person);
    const sender = senders.get(number);
    const [lostAt, lostReason] = loss(parameters, random, journey) ?? [null, null];
    return [
      numbered('L', 5, number),
      instantText(journey.created),
      happens(random, 0.02) ? null : journey.channel,
      campaigns[number] ?? null,
      journey.store,
      journey.inviter.id,
      old?.customer ?? null,
      happens(random, 0.35) ? null : person.name,
      person.phone,
      happens(random, 0.12) ? null : city(random, person.district),
      happens(random, 0.1) ? null : person.district,
      happens(random, 0.2) ? null : ageGroup(random),
      happens(random, 0.3) ? null : budget(random),
      happens(random, 0.45) ? null : person.wedding,
      sender?.customer ?? null,
      sender?.card ?? null,
      lostAt,
      lostReason,
    ];
  });
  return {
    columns:
      'lead_id,created_at,channel,campaign_id,store,staff_id,customer_id,customer_name,phone,city,district,age_group,budget,wedding_on,referrer_customer_id,referral_card,lost_at,lost_reason'.split(
        ',',
      ),
    rows,
  };
}

const leadId = (lead: number | null): string | null => (lead === null ? null : numbered('L', 5, lead));
const orderId = (order: number): string => numbered('O', 5, order);

/** Consultations and the visits after an order, by time. */
export function visitsTable(consultations: Consultation[], orders: Order[], after: AfterSale): Table {
  const consults = consultations.map((visit): [number, Cell[]] => [
    visit.at,
    [
      leadId(visit.lead),
      visit.customer,
      null,
      'consult',
      visit.outcome,
      visit.store,
      visit.seller.id,
      visit.reason,
      visit.tactic,
      visit.minutes,
    ],
  ]);
  const services = after.services.map((visit): [number, Cell[]] => {
    const order = orders[visit.order] as Order;
    return [
      visit.at,
      [
        null,
        order.customer,
        orderId(visit.order),
        visit.purpose,
        'done',
        order.store,
        visit.staff,
        null,
        null,
        visit.minutes,
      ],
    ];
  });
  return {
    columns:
      'visit_id,visited_at,lead_id,customer_id,order_id,purpose,outcome,store,staff_id,reason,tactic,minutes'.split(
        ',',
      ),
    rows: [...consults, ...services]
      .toSorted(([a], [b]) => a - b)
      .map(([moment, cells], position) => [numbered('V', 5, position), instantText(moment), ...cells]),
  };
}

/** Orders as the cashier's book shows them on the last day. */
export function ordersTable(parameters: Parameters, orders: Order[]): Table {
  const last = dayOf(parameters.last_day);
  return {
    columns:
      'order_id,ordered_at,amount,lead_id,customer_id,package,list_price,deposit,cost,store,staff_id,status,cancelled_at,refunded_amount'.split(
        ',',
      ),
    rows: orders.map((order, number) => {
      const cancelled = order.cancelled !== null && within(last, order.cancelled);
      const refunded = order.refunded !== null && within(last, order.refunded);
      const undone = cancelled ? order.cancelled : refunded ? order.refunded : null;
      return [
        orderId(number),
        instantText(order.at),
        order.amount,
        leadId(order.lead),
        order.customer,
        order.package,
        order.list_price,
        order.deposit,
        order.cost,
        order.store,
        order.seller.id,
        cancelled ? 'cancelled' : refunded ? 'refunded' : 'active',
        undone === null ? null : instantText(undone),
        refunded ? order.refunded_amount : null,
      ];
    }),
  };
}

/** What was offered to buyers, sold or declined, by time. */
export const upsellsTable = (after: AfterSale): Table => ({
  columns:
    'upsell_id,sold_at,amount,order_id,touchpoint,item_type,quantity,outcome,cost,staff_id,co_staff_id'.split(
      ',',
    ),
  rows: after.upsells.map((upsell, number) => [
    numbered('U', 5, number),
    instantText(upsell.at),
    upsell.amount,
    orderId(upsell.order),
    upsell.touchpoint,
    upsell.item,
    upsell.quantity,
    upsell.sold ? 'sold' : 'declined',
    upsell.cost,
    upsell.staff,
    upsell.partner,
  ]),
});

/** Everybody with a customer number: the file opened at the first visit or order that names them. */
export function customersTable(
  seed: number,
  people: Person[],
  met: Map<string, { at: number; person: number }>,
): Table {
  const random = stream(seed, 'customers');
  return {
    columns: 'customer_id,name,phone,partner_name,partner_phone,wedding_on,birthday,city,district'.split(','),
    rows: [...met]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([customer, { at: moment, person }]) => {
        const { name, phone: number, district: home, wedding } = people[person] as Person;
        const knowsPartner = !happens(random, 0.2);
        return [
          customer,
          name,
          number,
          knowsPartner ? groom(random) : null,
          knowsPartner ? phone(50_000 + person) : null,
          happens(random, 0.1) ? null : wedding,
          happens(random, 0.15) ? null : birthday(random, dayPart(moment)),
          city(random, home),
          home,
        ];
      }),
  };
}

/** Who works here. */
export const staffTable = ({ staff }: Parameters): Table => ({
  columns: ['staff_id', 'name', 'role', 'store', 'hired_on', 'left_on'],
  rows: staff.map(({ id, name, role, store, hired_on, left_on }) => [
    id,
    name,
    role,
    store,
    hired_on,
    left_on,
  ]),
});
