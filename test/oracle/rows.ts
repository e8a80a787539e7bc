import type { Lead, Order, Payment, Raw, Upsell, Visit } from './tables.ts';

const origin = { batch_id: 1, line: 1, extra: null };
const unknown = { lead_id: null, customer_id: null, store: 'east', staff_id: null };

/** A lead of which only what matters is said. */
export function lead(row: Partial<Lead> & Pick<Lead, 'lead_id' | 'created_at'>): Lead {
  return {
    ...origin,
    channel: null,
    campaign_id: null,
    store: 'east',
    staff_id: null,
    customer_id: null,
    city: null,
    district: null,
    age_group: null,
    referrer_customer_id: null,
    phone: null,
    ...row,
  };
}

/** A consultation visit of which only what matters is said. */
export function visit(row: Partial<Visit> & Pick<Visit, 'visit_id' | 'visited_at'>): Visit {
  return {
    ...origin,
    ...unknown,
    order_id: null,
    purpose: 'consult',
    outcome: null,
    reason: null,
    tactic: null,
    ...row,
  };
}

/** An order over 100.00 of which only what matters is said. */
export function order(row: Partial<Order> & Pick<Order, 'order_id' | 'ordered_at'>): Order {
  return {
    ...origin,
    ...unknown,
    amount: '100.00',
    package: null,
    status: 'active',
    cancelled_at: null,
    refunded_amount: null,
    ...row,
  };
}

/** An upsell over 100.00 at the viewing of which only what matters is said. */
export function upsell(row: Partial<Upsell> & Pick<Upsell, 'upsell_id' | 'sold_at' | 'order_id'>): Upsell {
  return {
    batch_id: 1,
    line: 1,
    amount: '100.00',
    touchpoint: 'viewing',
    item_type: null,
    quantity: null,
    outcome: 'sold',
    staff_id: null,
    ...row,
  };
}

/** A payment of 100.00 of which only what matters is said. */
export function payment(row: Partial<Payment> & Pick<Payment, 'payment_id' | 'paid_at'>): Payment {
  return { batch_id: 1, line: 1, amount: '100.00', order_id: null, kind: 'deposit', ...row };
}

/** Raw rows of one batch, imported at the end of 2025. */
export function raw(rows: Partial<Raw>): Raw {
  return {
    leads: [],
    visits: [],
    orders: [],
    campaigns: [],
    campaign_days: [],
    upsells: [],
    payments: [],
    customers: [],
    batches: [{ batch_id: 1, imported_on: '2025-12-31', withdrawn: false }],
    ...rows,
  };
}
