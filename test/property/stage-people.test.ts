import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientLinks } from '../oracle/client-links.ts';
import { addDays } from '../oracle/days.ts';
import { paths } from '../oracle/journeys.ts';
import { countsOf, leversOf, listOf, peopleOf } from '../oracle/stage-people.ts';
import type { KnownAct, Thanks } from '../oracle/stage-people.ts';
import { currentFacts, type Raw } from '../oracle/tables.ts';
import { expectSameRows } from './comparing.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { baseDay, studios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const thanked: fc.Arbitrary<Thanks[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('card', 'reward'),
    customer: fc.constantFrom('c1', 'c2', 'c3'),
    day: fc.integer({ min: 0, max: 40 }).map((offset) => addDays(baseDay, offset)),
  }),
  { maxLength: 4 },
);

/** Gives cards and rewards; rows of both lists are all that there are. */
async function give(list: readonly Thanks[]): Promise<void> {
  await laboratory.warehouse.write(async (transaction) => {
    await transaction.run('delete from exports.cards');
    await transaction.run('delete from exports.referral_rewards');
    for (const [at, { kind, customer, day }] of list.entries())
      await transaction.run(
        kind === 'card'
          ? `insert into exports.cards (batch_id, line, imported_on, card_no, customer_id, issued_at)
             values (90, ${at}, '2099-12-31', 'k${at}', '${customer}', '${day} 10:00:00')`
          : `insert into exports.referral_rewards (batch_id, line, imported_on, reward_id, referrer_customer_id, given_at, amount)
             values (91, ${at}, '2099-12-31', 'r${at}', '${customer}', '${day} 10:00:00', 10)`,
      );
  });
}

/** The same studios where some leads name their customer or who sent them, and some visits and orders their lead. */
const named: fc.Arbitrary<Raw> = studios.map((raw) => ({
  ...raw,
  leads: raw.leads.map((row, at) => ({
    ...row,
    customer_id: at % 3 === 0 ? `c${1 + (at % 4)}` : null,
    referrer_customer_id: at % 2 === 0 ? `c${1 + ((at * 3) % 4)}` : null,
  })),
  visits: raw.visits.map((row, at) => ({ ...row, customer_id: at % 4 === 0 ? `c${1 + (at % 3)}` : null })),
  orders: raw.orders.map((row, at) => ({ ...row, lead_id: at % 3 === 1 ? `l${1 + (at % 9)}` : null })),
}));

const knownActs = () =>
  laboratory.read<KnownAct>(`
    select a.client_id as client, a.kind as kind, a.happened_on::varchar as day, a.order_id as "order", u.item_type as item, a.amount::varchar as amount
    from client_acts a
    left join exports.upsells u on a.kind = 'upsell' and row_no(u.batch_id, u.line) * 16 + 6 = a.act_no`);

test('who stands in which stage, since when, with which levers, is what a second reckoning says', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      named,
      fc.array(questions, { minLength: 2, maxLength: 2 }),
      fc.constantFrom(0, 560, 700, 1200),
      thanked,
      async (raw, asked, later, thanks) => {
        await laboratory.load(raw);
        await give(thanks);
        const facts = currentFacts(raw);
        const everyPath = paths(facts);
        const studio = {
          facts,
          everyPath,
          links: clientLinks(facts, everyPath),
          acts: await knownActs(),
          thanks,
        };
        for (const { by, where, as_of: day } of asked) {
          const question = { by, where, as_of: addDays(day, later) };
          const given = {
            as_of: question.as_of,
            by: by ?? null,
            where: (where ?? []).map(([field, value]) => `${field}=${value}`),
          };
          const people = peopleOf(studio, question);
          const counts = countsOf(people);
          expectSameRows(
            await laboratory.ask<(typeof counts)[number]>('stage_counts', given),
            counts,
            ({ segment, stage }) => JSON.stringify([segment, stage]),
          );
          const levers = leversOf(studio, question, people);
          expectSameRows(
            await laboratory.ask<(typeof levers)[number]>('stage_levers', { ...given, most: 100 }),
            levers,
            ({ segment, stage, lever, value }) => JSON.stringify([segment, stage, lever, value]),
          );
          for (const { segment, stage } of counts) {
            const own = people.filter((person) => person.stage === stage && person.segment === segment);
            const list = listOf(studio, question, own);
            expectSameRows(
              await laboratory.ask<(typeof list)[number]>('stage_clients', {
                ...given,
                stage,
                segment,
                limit: 1000,
                offset: 0,
              }),
              list,
              ({ client_id }) => client_id,
            );
            if (own.length > 0) seen.add(stage);
          }
          for (const { lever, value } of levers) seen.add(lever === 'loyalty' ? value : lever);
        }
      },
    ),
    runs(14, 400),
  );
  expect([...seen].toSorted()).toEqual([
    ...['A', 'B', 'C', 'D', 'E'],
    ...['brought', 'card', 'channel', 'contact', 'item', 'package', 'reward'],
  ]);
});
