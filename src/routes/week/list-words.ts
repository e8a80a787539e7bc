import { m } from '#lib/paraglide/messages.js';

const names: Record<string, () => string> = {
  leads: m['list.leads'],
  visits: m['list.visits'],
  orders: m['list.orders'],
  upsells: m['list.upsells'],
  payments: m['list.payments'],
  campaign_days: m['list.campaign_days'],
};

/** What a kind of list is called on the page. */
export function listName(table: string): string {
  return names[table]?.() ?? table;
}
