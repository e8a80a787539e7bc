import { dayOf } from './days.ts';

/** Where a raw row came from: its batch and its record number in the file. */
export interface Origin {
  batch_id: number;
  line: number;
}

/** Unknown columns of an export that came along, as the text of a JSON object. */
export interface Extra {
  extra: Text;
}

/** One imported file: the business day of the import, and whether it was withdrawn since. */
export interface Batch {
  batch_id: number;
  imported_on: string;
  withdrawn: boolean;
}

/** Nullable text, the type of every attribute. */
export type Text = string | null;

export interface Lead extends Origin, Extra {
  lead_id: string;
  created_at: string;
  channel: Text;
  campaign_id: Text;
  store: Text;
  staff_id: Text;
  customer_id: Text;
  city: Text;
  district: Text;
  age_group: Text;
  referrer_customer_id: Text;
  phone: Text;
}

export interface Visit extends Origin, Extra {
  visit_id: string;
  visited_at: string;
  lead_id: Text;
  customer_id: Text;
  order_id: Text;
  purpose: string;
  outcome: Text;
  store: Text;
  staff_id: Text;
  reason: Text;
  tactic: Text;
}

export interface Order extends Origin, Extra {
  order_id: string;
  ordered_at: string;
  amount: string;
  lead_id: Text;
  customer_id: Text;
  package: Text;
  store: Text;
  staff_id: Text;
  status: 'active' | 'cancelled' | 'refunded';
  cancelled_at: Text;
  refunded_amount: Text;
}

export interface Campaign extends Origin {
  campaign_id: string;
  channel: Text;
}

export interface CampaignDay extends Origin {
  campaign_id: string;
  date: string;
  audience: number | null;
  aware: number | null;
}

export interface Upsell extends Origin {
  upsell_id: string;
  sold_at: string;
  amount: string;
  order_id: string;
  touchpoint: 'sale' | 'shoot' | 'viewing' | 'pickup' | null;
  item_type: Text;
  quantity: number | null;
  outcome: 'sold' | 'declined' | null;
  staff_id: Text;
}

export interface Payment extends Origin {
  payment_id: string;
  paid_at: string;
  amount: string;
  order_id: Text;
  kind: 'deposit' | 'balance' | 'upsell' | 'refund' | null;
}

export interface Customer extends Origin {
  customer_id: string;
  phone: Text;
  partner_phone: Text;
}

/** The tables the seven steps and their money are counted from, as lists of rows. */
export interface Tables {
  leads: Lead[];
  visits: Visit[];
  orders: Order[];
  campaigns: Campaign[];
  campaign_days: CampaignDay[];
  upsells: Upsell[];
  payments: Payment[];
  customers: Customer[];
}

/** What lies in raw: every row ever imported and the batches they came in. */
export interface Raw extends Tables {
  batches: Batch[];
}

/** Rows that count now, and the import day of each (for cancellations without a date). */
export interface Facts extends Tables {
  importedOn: (row: Origin) => string;
}

/** Per key the row of the latest batch that is not withdrawn, the last line within it (design.md §3). */
export function latestRows(raw: Raw): Facts {
  const days = new Map(raw.batches.filter((b) => !b.withdrawn).map((b) => [b.batch_id, b.imported_on]));
  const importedOn = (row: Origin) => {
    const day = days.get(row.batch_id);
    if (day === undefined) throw new Error(`batch ${row.batch_id} does not count`);
    return day;
  };
  const latest = <R extends Origin>(rows: R[], key: (row: R) => string): R[] => {
    const kept = new Map<string, R>();
    for (const row of rows) {
      if (!days.has(row.batch_id)) continue;
      const rival = kept.get(key(row));
      if (!rival || isLater(row, rival)) kept.set(key(row), row);
    }
    return [...kept.values()];
  };
  return {
    importedOn,
    leads: latest(raw.leads, (row) => row.lead_id),
    visits: latest(raw.visits, (row) => row.visit_id),
    orders: latest(raw.orders, (row) => row.order_id),
    campaigns: latest(raw.campaigns, (row) => row.campaign_id),
    campaign_days: latest(raw.campaign_days, (row) => `${row.campaign_id}\n${row.date}`),
    upsells: latest(raw.upsells, (row) => row.upsell_id),
    payments: latest(raw.payments, (row) => row.payment_id),
    customers: latest(raw.customers, (row) => row.customer_id),
  };
}

/** The latest rows without those dated after the day of their import, which are impossible (domain.md §1). */
export function currentFacts(raw: Raw): Facts {
  const latest = latestRows(raw);
  const possible = <R extends Origin>(rows: R[], day: (row: R) => string): R[] =>
    rows.filter((row) => day(row) <= latest.importedOn(row));
  return {
    ...latest,
    leads: possible(latest.leads, (row) => dayOf(row.created_at)),
    visits: possible(latest.visits, (row) => dayOf(row.visited_at)),
    orders: possible(latest.orders, (row) => dayOf(row.ordered_at)),
    campaign_days: possible(latest.campaign_days, (row) => row.date),
    upsells: possible(latest.upsells, (row) => dayOf(row.sold_at)),
    payments: possible(latest.payments, (row) => dayOf(row.paid_at)),
  };
}

function isLater(a: Origin, b: Origin): boolean {
  return a.batch_id !== b.batch_id ? a.batch_id > b.batch_id : a.line > b.line;
}
