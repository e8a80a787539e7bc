import fc from 'fast-check';
import type { Decision as Entered } from '#lib/server/clients/decide.ts';
import type { Transaction } from '#lib/server/warehouse/warehouse.ts';
import type { Decision } from '../oracle/client-links.ts';

const someone = fc.oneof(
  fc.constantFrom('c1', 'c2', 'c3', 'c4').map((customer) => ({ customer, lead: null })),
  fc.integer({ min: 1, max: 10 }).map((no) => ({ customer: null, lead: `l${no}` })),
  fc.constant({ customer: null, lead: null }),
);

/** What somebody decided of persons of a studio (see studio.ts), a batch each: often of the same two, now and then of nobody. */
export const decisionLists: fc.Arbitrary<Decision[]> = fc
  .array(
    fc.record({
      one: someone,
      other: someone,
      decision: fc.constantFrom('same' as const, 'same' as const, 'different' as const, null),
      hour: fc.integer({ min: 10, max: 13 }),
    }),
    { maxLength: 8, size: 'max' },
  )
  .map((list) =>
    list.map(({ one, other, decision, hour }, at) => ({
      decision_id: `d${at}`,
      decided_at: `2025-04-01T${hour}:00:00`,
      decision,
      customer_a: one.customer,
      lead_a: one.lead,
      customer_b: other.customer,
      lead_b: other.lead,
      batch_id: 1000 + at,
      line: 1,
    })),
  );

/** Puts decisions in the place of those that a plain table `exports.client_decisions` holds. */
export async function fillDecisions(transaction: Transaction, decisions: readonly Decision[]): Promise<void> {
  await transaction.run('delete from exports.client_decisions');
  for (const one of decisions)
    await transaction.run(
      `insert into exports.client_decisions by name select
         $decision_id::varchar as decision_id, $decided_at::timestamp as decided_at, $decision::varchar as decision,
         $customer_a::varchar as customer_a, $lead_a::varchar as lead_a, $customer_b::varchar as customer_b,
         $lead_b::varchar as lead_b, $batch_id::bigint as batch_id, $line::bigint as line, date '2025-04-01' as imported_on`,
      { ...one },
    );
}

const person = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map((no) => `C:c${no}`),
  fc.integer({ min: 1, max: 10 }).map((no) => `L:l${no}`),
);

/** What somebody decides of persons of a studio on the page of matches. */
export const enteredDecisions: fc.Arbitrary<Entered> = fc.record({
  one: person,
  other: person,
  decision: fc.constantFrom('same', 'same', 'different'),
  by: fc.constant('li'),
});
