import fc from 'fast-check';
import { addDays } from '../oracle/days.ts';
import type { Lead, Order, Raw, Text, Visit } from '../oracle/tables.ts';
import { baseDay } from './studio.ts';

const BATCH = 1;

type Moment = {
  readonly what: 'lead' | 'visit' | 'order';
  readonly at: string;
  readonly customer: Text;
  readonly channel: Text;
  readonly campaign: Text;
  /** Whose telephone somebody without a number leaves. */
  readonly phone: number | null;
  /** The lead that an order or visit names, by its place among all moments; null for none. */
  readonly lead: number | null;
  readonly cents: number;
};

/** A studio of a few customers who come by many channels, walk in, and order again and again, days and times often the same. */
export const touchedStudios: fc.Arbitrary<Raw> = fc
  .tuple(fc.integer({ min: 2, max: 14 }), fc.integer({ min: 20, max: 90 }))
  .chain(([customers, moments]) =>
    fc.array(
      fc.record({
        what: fc.constantFrom('lead', 'lead', 'lead', 'lead', 'visit', 'order', 'order'),
        at: fc
          .tuple(fc.integer({ min: -30, max: 50 }), fc.constantFrom('00:00:00', '09:00:00', '18:30:15'))
          .map(([day, time]) => `${addDays(baseDay, day)}T${time}`),
        customer: fc.option(
          fc.integer({ min: 1, max: customers }).map((no) => `c${no}`),
          { freq: 9 },
        ),
        channel: fc.constantFrom('fair', 'leaflet', 'referral', '小红书', 'search', null),
        campaign: fc.constantFrom('k1', 'k2', null),
        phone: fc.option(fc.integer({ min: 1, max: customers })),
        lead: fc.option(fc.nat(moments - 1)),
        cents: fc.nat(900_000),
      }),
      { minLength: moments, maxLength: moments, size: 'max' },
    ),
  )
  .map(studioOf);

function phoneOf(customer: Text, other: number | null): Text {
  const no = customer === null ? other : Number(customer.slice(1));
  return no === null ? null : `138000010${String(no).padStart(2, '0')}`;
}

function studioOf(moments: readonly Moment[]): Raw {
  const of = (what: Moment['what']) =>
    moments.flatMap((moment, at) => (moment.what === what ? [{ ...moment, no: at }] : []));
  const leadOf = ({ lead }: Moment) => (lead !== null && moments[lead]?.what === 'lead' ? `l${lead}` : null);
  const from = (line: number) => ({
    batch_id: BATCH,
    line: line + 1,
    extra: null,
    store: null,
    staff_id: null,
  });
  return {
    batches: [{ batch_id: BATCH, imported_on: addDays(baseDay, 80), withdrawn: false }],
    leads: of('lead').map(({ no, at, channel, campaign, customer, phone }): Lead => ({
      ...from(no),
      lead_id: `l${no}`,
      created_at: at,
      channel,
      campaign_id: campaign,
      customer_id: customer,
      city: null,
      district: null,
      age_group: null,
      referrer_customer_id: null,
      phone: phoneOf(customer, phone),
    })),
    visits: of('visit').map((moment): Visit => ({
      ...from(moment.no),
      visit_id: `v${moment.no}`,
      visited_at: moment.at,
      lead_id: leadOf(moment),
      customer_id: moment.customer,
      order_id: null,
      purpose: 'consult',
      outcome: null,
      reason: null,
      tactic: null,
    })),
    orders: of('order').map((moment): Order => ({
      ...from(moment.no),
      order_id: `o${moment.no}`,
      ordered_at: moment.at,
      amount: (moment.cents / 100).toFixed(2),
      lead_id: leadOf(moment),
      customer_id: moment.customer,
      package: null,
      status: 'active',
      cancelled_at: null,
      refunded_amount: null,
    })),
    campaigns: [],
    campaign_days: [],
    upsells: [],
    payments: [],
    customers: [],
  };
}
