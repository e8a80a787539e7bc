import { afterSaleOf } from './after-sale.ts';
import { campaignsOf, campaignsOfLeads, campaignTables } from './campaigns.ts';
import { journeysOf } from './journeys.ts';
import {
  customersTable,
  leadsTable,
  ordersTable,
  peopleOf,
  staffTable,
  upsellsTable,
  visitsTable,
} from './lists.ts';
import type { Parameters } from './parameters.ts';
import { paymentsOf } from './payments.ts';
import { cardsTable, referralsOf, rewardsTable } from './referrals.ts';
import { returningOf, underOldNumber } from './returning.ts';
import { sellingOf } from './selling.ts';
import { instantText } from './calendar.ts';
import { numbered, type Tables } from './tables.ts';
import { targetsTable, trialTables } from './plans.ts';
import { appointmentsTable, followupsTable } from './contacts.ts';
import { complaintsTable, surveysTable } from './opinions.ts';

/** Who stands behind each customer number: the lead's person, else a person of their own after the leads'. */
function acquaintances(leads: number, facts: { at: number; lead: number | null; customer: string | null }[]) {
  const met = new Map<string, { at: number; person: number }>();
  const strangers: number[] = [];
  for (const { at, lead, customer } of facts) {
    if (customer === null || met.has(customer)) continue;
    met.set(customer, { at, person: lead ?? leads + strangers.length });
    if (lead === null) strangers.push(at);
  }
  return { met, strangers };
}

/**
 * The studio's lists as it would export them on the evening of the last day. Each lead is an independent draw of its
 * week's mix (see truthOf); what happens after the last day is not in the lists.
 */
export function generate(parameters: Parameters, seed: number): Tables {
  const journeys = journeysOf(parameters, seed);
  const sold = sellingOf(parameters, seed, journeys);
  const returning = returningOf(seed, journeys, sold.orders);
  const orders = sold.orders.map((order) => underOldNumber(order, returning));
  const { consultations } = sold;
  const after = afterSaleOf(parameters, seed, orders);
  const payments = paymentsOf(parameters, seed, orders, after);
  const referrals = referralsOf(parameters, seed, journeys, orders);
  const facts = [...orders, ...consultations].toSorted((a, b) => a.at - b.at);
  const { met, strangers } = acquaintances(journeys.length, facts);
  const people = peopleOf(seed, [...journeys.map(({ created }) => created), ...strangers]);
  const old = new Map(
    [...returning].map(([lead, customer]) => [
      lead,
      { customer, person: people[met.get(customer)?.person ?? lead] },
    ]),
  );
  const campaigns = campaignsOf(parameters);
  const campaignOfLead = campaignsOfLeads(seed, campaigns, journeys);
  return {
    leads: leadsTable(parameters, seed, journeys, people, campaignOfLead, old, referrals),
    visits: visitsTable(consultations, orders, after),
    orders: ordersTable(parameters, orders),
    upsells: upsellsTable(after),
    payments: {
      columns: ['payment_id', 'paid_at', 'amount', 'order_id', 'kind'],
      rows: payments.map(({ at, amount, order, kind }, number) => [
        numbered('P', 5, number),
        instantText(at),
        amount,
        numbered('O', 5, order),
        kind,
      ]),
    },
    ...campaignTables(parameters, seed, campaigns),
    customers: customersTable(seed, people, met),
    staff: staffTable(parameters),
    cards: cardsTable(referrals),
    referral_rewards: rewardsTable(referrals),
    followups: followupsTable(parameters, seed, journeys, { consultations, orders }, after),
    appointments: appointmentsTable(parameters, seed, journeys, orders, after),
    ...trialTables(parameters, journeys),
    targets: targetsTable(parameters),
    surveys: surveysTable(parameters, seed, orders, after),
    complaints: complaintsTable(parameters, seed, orders, after),
  };
}
