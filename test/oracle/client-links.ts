import type { Path } from './journeys.ts';
import type { Facts } from './tables.ts';

/** Who is the same client as another by their telephone: the person of a journey without a customer, and whom it is. */
export function clientLinks(facts: Facts, journeys: readonly Path[]): Map<string, string> {
  const customerOf = new Map(journeys.map(({ id, customer }) => [id, customer]));
  const bearers = [
    ...facts.leads.map(({ lead_id, customer_id, phone }) => {
      const customer = customer_id ?? customerOf.get(`L:${lead_id}`) ?? null;
      return { phone, person: customer === null ? `L:${lead_id}` : `C:${customer}` };
    }),
    ...facts.customers.flatMap(({ customer_id, phone, partner_phone }) =>
      [phone, partner_phone].map((number) => ({ phone: number, person: `C:${customer_id}` })),
    ),
  ];
  const links = new Map<string, string>();
  for (const { phone, person } of bearers) {
    if (phone === null || !/^[0-9]{7,15}$/.test(phone) || person.startsWith('C:')) continue;
    const sharing = [...new Set(bearers.filter((other) => other.phone === phone).map((one) => one.person))];
    const customers = sharing.filter((other) => other.startsWith('C:'));
    if (customers.length > 1 || (customers.length === 0 && sharing.length > 10)) continue;
    const client = customers[0] ?? sharing.toSorted()[0] ?? person;
    if (client !== person) links.set(person, client);
  }
  return links;
}
