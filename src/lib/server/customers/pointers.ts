import { fieldsOf, tableNames } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';

/** By what a row says whose it is. `partner`: by the telephone of the customer's partner, which tells of them alone. */
export type PointerKind = 'customer' | 'lead' | 'order' | 'visit' | 'phone' | 'wechat' | 'partner';

export type Pointer = { kind: PointerKind; column: string };

const byName: Readonly<Record<string, PointerKind>> = {
  customer_id: 'customer',
  lead_id: 'lead',
  order_id: 'order',
  visit_id: 'visit',
  phone: 'phone',
  wechat: 'wechat',
  partner_phone: 'partner',
};

/** Columns of which nobody says whether they name customers or leads, and of a reward whom it was given to. */
const beside: Readonly<Partial<Record<TableName, readonly Pointer[]>>> = {
  events: [
    { kind: 'customer', column: 'person_id' },
    { kind: 'lead', column: 'person_id' },
  ],
  assignments: [
    { kind: 'customer', column: 'unit' },
    { kind: 'lead', column: 'unit' },
  ],
  client_decisions: [
    { kind: 'customer', column: 'customer_a' },
    { kind: 'lead', column: 'lead_a' },
    { kind: 'customer', column: 'customer_b' },
    { kind: 'lead', column: 'lead_b' },
  ],
  referral_rewards: [{ kind: 'customer', column: 'referrer_customer_id' }],
};

/** The columns of a list by which its rows say whose they are; none where they tell of no customer. */
export function pointersOf(table: TableName): Pointer[] {
  const named = fieldsOf(table).flatMap(({ name }) => {
    const kind = byName[name];
    return kind === undefined ? [] : [{ kind, column: name }];
  });
  return [...named, ...(beside[table] ?? [])];
}

/** The lists whose rows tell of customers. */
export const listsOfPeople: readonly TableName[] = tableNames.filter((table) => pointersOf(table).length > 0);

/** What is hashed of a value: a partner's telephone is a telephone. */
export const hashedAs = (kind: PointerKind): string => (kind === 'partner' ? 'phone' : kind);
