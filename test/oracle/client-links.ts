import type { Path } from './journeys.ts';
import type { Facts, Origin, Text } from './tables.ts';

/** What somebody decided of two persons, each a customer or a lead. */
export interface Decision extends Origin {
  decision_id: string;
  decided_at: string;
  decision: 'same' | 'different' | null;
  customer_a: Text;
  lead_a: Text;
  customer_b: Text;
  lead_b: Text;
}

/** Who is the same client as another: by their telephone (the person of a journey without a customer) and by what was decided. */
export function clientLinks(
  facts: Facts,
  journeys: readonly Path[],
  decisions: readonly Decision[] = [],
): Map<string, string> {
  const customerOf = new Map(journeys.map(({ id, customer }) => [id, customer]));
  const personOf = (customer: Text, lead: Text): string | null => {
    if (customer !== null) return `C:${customer}`;
    if (lead === null) return null;
    const known = customerOf.get(`L:${lead}`) ?? null;
    return known === null ? `L:${lead}` : `C:${known}`;
  };
  const owners = linksByPhone(facts, customerOf);
  const latest = new Map<string, { pair: [string, string]; decision: Decision }>();
  for (const decision of decisions.toSorted(byTime)) {
    const one = personOf(decision.customer_a, decision.lead_a);
    const other = personOf(decision.customer_b, decision.lead_b);
    if (decision.decision === null || one === null || other === null || one === other) continue;
    const pair: [string, string] = one < other ? [one, other] : [other, one];
    latest.set(pair.join('\n'), { pair, decision });
  }
  const byPhone = new Map(owners);
  for (const { pair, decision } of latest.values()) {
    const [first, second] = pair;
    if (decision.decision === 'different' && owners.get(second) === (owners.get(first) ?? first))
      byPhone.delete(second);
  }
  const groups: Set<string>[] = [...byPhone].map((pair) => new Set(pair));
  for (const { pair, decision } of latest.values())
    if (decision.decision === 'same') groups.push(new Set(pair));
  return new Map(
    merged(groups).flatMap((group) => {
      const [client = '', ...others] = [...group].toSorted();
      return others.map((person): [string, string] => [person, client]);
    }),
  );
}

const byTime = (a: Decision, b: Decision) =>
  a.decided_at < b.decided_at
    ? -1
    : a.decided_at > b.decided_at
      ? 1
      : a.batch_id - b.batch_id || a.line - b.line;

/** Sets that share a member become one, until none do. */
function merged(groups: readonly Set<string>[]): Set<string>[] {
  const apart: Set<string>[] = [];
  for (const group of groups) {
    const touching = apart.filter((other) => [...other].some((person) => group.has(person)));
    for (const other of touching) apart.splice(apart.indexOf(other), 1);
    apart.push(new Set([...group, ...touching.flatMap((other) => [...other])]));
  }
  return apart;
}

function linksByPhone(facts: Facts, customerOf: ReadonlyMap<string, Text>): Map<string, string> {
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
