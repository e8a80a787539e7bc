import type { AfterSale } from './after-sale.ts';
import { at, dayOf, dayPart, instantText, type Instant } from './calendar.ts';
import type { Journey } from './journeys.ts';
import { openDay } from './opening.ts';
import type { Parameters } from './parameters.ts';
import { between, happens, oneOf, stream, weighted } from './random.ts';
import type { Consultation, Order } from './sales.ts';
import type { Selling } from './selling.ts';
import { numbered, within, type Cell, type Table } from './tables.ts';

/** Days before the last one from which calls and appointments are in the lists: the book was begun then. */
const bookOfDays = { followups: 180, appointments: 120 };

type Call = {
  at: Instant;
  lead: number | null;
  order: number | null;
  kind: string;
  result: string | null;
  staff: string;
};

/** Within the hour after a consultation without a sale customer service calls; whom that did not win back gets an offer. */
function callsToNoSales(
  seed: number,
  consultations: Consultation[],
  service: string[],
  from: number,
): Call[] {
  const random = stream(seed, 'no-sale calls');
  return consultations.flatMap(({ at: came, minutes, lead, outcome }): Call[] => {
    if (lead === null || outcome !== 'no_sale' || dayPart(came) < from || !happens(random, 0.8)) return [];
    const moment = came + minutes + between(random, 10, 60);
    const staff = oneOf(random, service);
    const call = {
      at: moment,
      lead,
      order: null,
      kind: 'call',
      result: weighted(random, { reached: 7, no_answer: 3 }),
      staff,
    };
    const later = moment + between(random, 1, 3) * 1440;
    return happens(random, 0.4) ? [call, { ...call, at: later, kind: 'offer', result: null }] : [call];
  });
}

/** Calls to leads and to those who did not buy, thanks after a deposit, care after the shoot, greetings after pickup. */
export function followupsTable(
  parameters: Parameters,
  seed: number,
  journeys: Journey[],
  { consultations, orders }: Pick<Selling, 'consultations' | 'orders'>,
  after: AfterSale,
): Table {
  const random = stream(seed, 'followups');
  const last = dayOf(parameters.last_day);
  const service = parameters.staff.filter(({ role }) => role === 'service').map(({ id }) => id);
  const calls = callsToNoSales(seed, consultations, service, last - bookOfDays.followups);
  journeys.forEach(({ created, visited, inviter }, lead) => {
    if (dayPart(created) < last - bookOfDays.followups) return;
    const moment = created + Math.ceil(8 + 240 * random.next() ** 3);
    const reached = visited !== null || happens(random, 0.6);
    calls.push({
      at: moment,
      lead,
      order: null,
      kind: 'call',
      result: reached ? 'reached' : 'no_answer',
      staff: inviter.id,
    });
    if (visited === null && happens(random, 0.4))
      calls.push({
        at: moment + between(random, 2, 9) * 1440,
        lead,
        order: null,
        kind: weighted(random, { sms: 5, offer: 3, letter: 1 }),
        result: null,
        staff: oneOf(random, service),
      });
  });
  orders.forEach(({ at: signed }, order) => {
    if (dayPart(signed) < last - bookOfDays.followups || happens(random, 0.2)) return;
    calls.push({
      at: signed + between(random, 5, 90),
      lead: null,
      order,
      kind: 'thanks',
      result: null,
      staff: oneOf(random, service),
    });
  });
  for (const { at: moment, order, purpose } of after.services) {
    if (dayPart(moment) < last - bookOfDays.followups || happens(random, 0.35)) continue;
    const wait = purpose === 'pickup' ? between(random, 2, 9) : 1;
    const kind = purpose === 'pickup' ? 'thanks' : 'greeting';
    calls.push({
      at: at(dayPart(moment) + wait, between(random, 540, 800)),
      lead: null,
      order,
      kind,
      result: null,
      staff: oneOf(random, service),
    });
  }
  const storeOf = (call: Call) =>
    call.lead === null ? orders[call.order ?? 0]?.store : journeys[call.lead]?.store;
  const rows = calls
    .map((call) => {
      const store = storeOf(call);
      const shift = store === undefined ? 0 : openDay(parameters, store, dayPart(call.at)) - dayPart(call.at);
      return { ...call, at: call.at + shift * 1440 };
    })
    .filter((call) => within(last, call.at))
    .toSorted((a, b) => a.at - b.at)
    .map((call, number): Cell[] => [
      numbered('F', 5, number),
      instantText(call.at),
      call.lead === null ? null : numbered('L', 5, call.lead),
      call.order === null ? null : numbered('O', 5, call.order),
      call.kind,
      call.result,
      call.staff,
    ]);
  return { columns: ['followup_id', 'done_at', 'lead_id', 'order_id', 'kind', 'result', 'staff_id'], rows };
}

/** Appointments of the last months: those kept, and those that came to nothing. */
export function appointmentsTable(
  parameters: Parameters,
  seed: number,
  journeys: Journey[],
  orders: Order[],
  after: AfterSale,
): Table {
  const random = stream(seed, 'appointments');
  const last = dayOf(parameters.last_day);
  const from = last - bookOfDays.appointments;
  const rows: [Instant, Cell[]][] = [];
  journeys.forEach(({ created, visited, store }, lead) => {
    if (dayPart(created) < from || (visited !== null && dayPart(visited) === dayPart(created))) return;
    if (visited === null && !happens(random, 0.25)) return;
    const appointed =
      visited ??
      at(openDay(parameters, store, dayPart(created) + between(random, 1, 12)), between(random, 10, 18) * 60);
    const time = Math.floor(appointed / 30) * 30;
    if (!within(last, time)) return;
    const status = visited === null ? weighted(random, { no_show: 6, cancelled: 3, moved: 1 }) : 'kept';
    rows.push([
      time,
      [instantText(created + 30), 'consult', numbered('L', 5, lead), null, null, store, status],
    ]);
  });
  for (const { at: moment, order: number, purpose } of after.services) {
    const order = orders[number];
    if (order === undefined || dayPart(moment) < from) continue;
    const time = Math.floor(moment / 30) * 30;
    rows.push([
      time,
      [
        instantText(order.at + 60),
        purpose,
        null,
        order.customer,
        numbered('O', 5, number),
        order.store,
        'kept',
      ],
    ]);
  }
  return {
    columns: [
      'appointment_id',
      'for_at',
      'made_at',
      'purpose',
      'lead_id',
      'customer_id',
      'order_id',
      'store',
      'status',
    ],
    rows: rows
      .toSorted(([a], [b]) => a - b)
      .map(([time, cells], number) => [numbered('A', 5, number), instantText(time), ...cells]),
  };
}
