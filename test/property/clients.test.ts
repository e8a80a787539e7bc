import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { clientLinks } from '../oracle/client-links.ts';
import type { Decision } from '../oracle/client-links.ts';
import { paths } from '../oracle/journeys.ts';
import { currentFacts } from '../oracle/tables.ts';
import type { Raw } from '../oracle/tables.ts';
import { openEmptyWarehouse } from '../queries/fill.ts';
import { decisionLists, fillDecisions } from './decisions.ts';
import { fillExports } from './exports.ts';
import { runs } from './runs.ts';
import { busyStudios, studios } from './studio.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const build = (raw: Raw, decisions: readonly Decision[] = []) =>
  warehouse.write(async (transaction) => {
    await fillExports(transaction, raw);
    await fillDecisions(transaction, decisions);
    await rebuildModels(transaction);
  });

describe('clients', () => {
  test('are whom a customer number or, without one, a telephone says, and nobody by a number of several', async () => {
    await fc.assert(
      fc.asyncProperty(studios, async (raw) => {
        await build(raw);
        const facts = currentFacts(raw);
        expect(await storedLinks()).toEqual(asRows(clientLinks(facts, paths(facts))));
      }),
      runs(12, 400),
    );
  });

  test('are also whom somebody decided: the latest of the same two holds, and the order of the others does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(studios, decisionLists, fc.nat(), async (raw, decisions, turn) => {
        await build(raw, decisions);
        const facts = currentFacts(raw);
        const links = asRows(clientLinks(facts, paths(facts), decisions));
        expect(await storedLinks()).toEqual(links);
        const same = decisions.filter(({ decision }) => decision === 'same');
        const otherwise = same.map((one, at) => ({ ...one, batch_id: 2000 + ((at + turn) % same.length) }));
        await build(raw, same);
        const joined = await storedLinks();
        await build(raw, otherwise.toReversed());
        expect(await storedLinks()).toEqual(joined);
      }),
      runs(12, 400),
    );
  });

  test('are joined over sixty-four decisions one after another', async () => {
    const chain = Array.from({ length: 64 }, (_, at): Decision => ({
      decision_id: `d${at}`,
      decided_at: '2025-04-01T10:00:00',
      decision: 'same',
      customer_a: `c${100 + at}`,
      lead_a: null,
      customer_b: `c${101 + at}`,
      lead_b: null,
      batch_id: 1000 + at,
      line: 1,
    }));
    await warehouse.write(async (transaction) => {
      await fillDecisions(transaction, chain);
      await rebuildModels(transaction);
    });
    const clients = await warehouse.query<{ client: string }>(
      "select distinct client_id as client from client_links where person_id between 'C:c100' and 'C:c164'",
    );
    expect(clients).toEqual([{ client: 'C:c100' }]);
  });

  test('did what the events say, each under one number, and began with their first journey', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(studios, busyStudios), decisionLists, async (raw, decisions) => {
        await build(raw, decisions);
        const different = await warehouse.query(`
          with said as (
            select
              e.event_no as act_no, coalesce(k.client_id, e.person_id) as client_id, e.kind as kind, day_of(e.happened_at) as happened_on,
              case when e.kind <> 'referral' then e.journey_id end as journey_id, case when e.kind <> 'visit' then e.order_id end as order_id, e.store as store, e.amount as amount
            from events e
            left join client_links k on k.person_id = e.person_id
            where e.kind in ('visit', 'order', 'referral') or e.kind = 'upsell' and e.outcome = 'sold'
          ),
          kept as (
            select a.act_no, a.client_id, a.kind, a.happened_on, a.journey_id, a.order_id, a.store, a.amount from client_acts a
          )
          (select * from said except all select * from kept)
          union all
          (select * from kept except all select * from said)`);
        expect(different).toEqual([]);
        const unlike = await warehouse.query(`
          select a.client_id
          from client_acts a
          left join clients c on c.client_no = a.client_no and c.client_id = a.client_id
          left join journeys j on j.journey_id = c.first_journey_id
          group by a.client_id
          having
            count(distinct a.client_no) <> 1 or count(c.client_no) <> count(*)
            or min(c.began_on) <> least(min(a.happened_on), min(j.began_on))`);
        expect(unlike).toEqual([]);
      }),
      runs(12, 400),
    );
  });
});

const storedLinks = () =>
  warehouse.query<{ person: string; client: string }>(
    'select person_id as person, client_id as client from client_links order by 1',
  );

const asRows = (links: ReadonlyMap<string, string>) =>
  [...links].map(([person, client]) => ({ person, client })).toSorted(byPerson);

const byPerson = (a: { person: string }, b: { person: string }) => (a.person < b.person ? -1 : 1);
