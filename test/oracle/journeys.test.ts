import { describe, expect, test } from 'vitest';
import { paths } from './journeys.ts';
import { reconcile } from './reconciliation.ts';
import { lead, order, raw, visit } from './rows.ts';
import { segmentValue } from './segments.ts';
import { currentFacts, type Raw } from './tables.ts';
import { timeToStep } from './time-to-step.ts';

const journeysOf = (rows: Partial<Raw>) => paths(currentFacts(raw(rows)));
const byId = (rows: Partial<Raw>) => Object.fromEntries(journeysOf(rows).map((path) => [path.id, path]));

describe('journeys, by hand', () => {
  test('a fact goes by its lead, else to the latest journey of its customer, else it stands alone', () => {
    const found = byId({
      leads: [
        lead({ lead_id: '1', created_at: '2025-01-10T10:00:00', customer_id: 'c' }),
        lead({ lead_id: '2', created_at: '2025-02-10T10:00:00', customer_id: 'c' }),
      ],
      visits: [
        visit({ visit_id: 'before', visited_at: '2025-01-09T10:00:00', customer_id: 'c' }),
        visit({ visit_id: 'same-day', visited_at: '2025-01-10T08:00:00', customer_id: 'c' }),
        visit({ visit_id: 'late', visited_at: '2025-02-11T10:00:00', lead_id: '1' }),
        visit({ visit_id: 'nobody', visited_at: '2025-02-11T10:00:00' }),
        visit({ visit_id: 'shoot', visited_at: '2025-02-12T10:00:00', lead_id: '1', purpose: 'shoot' }),
      ],
      orders: [
        order({ order_id: 'latest', ordered_at: '2025-02-20T10:00:00', customer_id: 'c' }),
        order({ order_id: 'stranger', ordered_at: '2025-02-20T10:00:00', lead_id: '9' }),
      ],
    });
    const facts = (id: string) => found[id]?.facts.map((fact) => fact.id);
    expect(Object.keys(found).sort()).toEqual(['C:c', 'L:1', 'L:2', 'L:9', 'V:nobody']);
    expect(facts('C:c')).toEqual(['before']);
    expect(facts('L:1')).toEqual(['same-day', 'late']);
    expect(facts('L:2')).toEqual(['latest']);
    expect(found['L:9']?.kind).toBe('unannounced');
    expect(found['L:2']?.returning).toBe(true);
    expect(found['C:c']?.returning).toBe(false);
  });

  test('an order without a visit closes step 3, the next order of the customer is step 5', () => {
    const found = byId({
      leads: [
        lead({ lead_id: '1', created_at: '2025-01-10T10:00:00', customer_id: 'c' }),
        lead({ lead_id: '2', created_at: '2025-02-10T10:00:00', customer_id: 'c' }),
      ],
      orders: [
        order({ order_id: 'a', ordered_at: '2025-01-12T10:00:00', lead_id: '1' }),
        order({ order_id: 'b', ordered_at: '2025-02-12T10:00:00', lead_id: '2' }),
      ],
    });
    expect(found['L:1']?.reached).toEqual({
      2: '2025-01-10T10:00:00',
      3: '2025-01-12T10:00:00',
      4: '2025-01-12T10:00:00',
      5: '2025-02-12T10:00:00',
      6: null,
    });
    expect(found['L:2']?.reached[5]).toBeNull();
  });

  test('a buyer brings a friend with the first order of somebody else, not with an own one', () => {
    const found = byId({
      leads: [
        lead({ lead_id: '1', created_at: '2025-01-10T10:00:00', customer_id: 'c' }),
        lead({
          lead_id: '2',
          created_at: '2025-01-20T10:00:00',
          customer_id: 'c',
          referrer_customer_id: 'c',
        }),
        lead({ lead_id: '3', created_at: '2025-01-20T10:00:00', referrer_customer_id: 'c' }),
      ],
      orders: [
        order({ order_id: 'a', ordered_at: '2025-01-12T10:00:00', lead_id: '1' }),
        order({ order_id: 'b', ordered_at: '2025-01-21T10:00:00', lead_id: '2' }),
        order({ order_id: 'd', ordered_at: '2025-01-25T10:00:00', lead_id: '3' }),
      ],
    });
    expect(found['L:1']?.reached[6]).toBe('2025-01-25T10:00:00');
    expect(found['L:3']?.reached[6]).toBeNull();
  });

  test('of two rows with one key the later batch counts, unless it was withdrawn or lies in the future', () => {
    const twice = (withdrawn: boolean, created_at: string) =>
      journeysOf({
        batches: [
          { batch_id: 1, imported_on: '2025-12-31', withdrawn: false },
          { batch_id: 2, imported_on: '2025-12-31', withdrawn },
        ],
        leads: [
          lead({ lead_id: '1', created_at, channel: 'new', batch_id: 2 }),
          lead({ lead_id: '1', created_at: '2025-01-10T10:00:00', channel: 'old', line: 7 }),
        ],
      }).map((path) => segmentValue(path, 'channel').text);
    expect(twice(false, '2025-01-10T10:00:00')).toEqual(['new']);
    expect(twice(true, '2025-01-10T10:00:00')).toEqual(['old']);
    expect(twice(false, '2026-01-10T10:00:00')).toEqual([]);
  });

  test('the orders of a period stand in five places, each order in one', () => {
    const journeys = journeysOf({
      leads: [
        lead({ lead_id: 'now', created_at: '2025-02-01T00:00:00', customer_id: 'c' }),
        lead({ lead_id: 'old', created_at: '2025-01-01T00:00:00' }),
        lead({ lead_id: 'next', created_at: '2025-03-01T00:00:00' }),
      ],
      orders: [
        order({ order_id: 'a', ordered_at: '2025-02-02T00:00:00', lead_id: 'now' }),
        order({ order_id: 'b', ordered_at: '2025-02-03T00:00:00', lead_id: 'old', amount: '7.05' }),
        order({ order_id: 'd', ordered_at: '2025-02-03T00:00:00', lead_id: 'next' }),
        order({ order_id: 'e', ordered_at: '2025-02-03T00:00:00' }),
        order({ order_id: 'f', ordered_at: '2025-02-04T00:00:00', customer_id: 'c' }),
        order({ order_id: 'out', ordered_at: '2025-03-04T00:00:00', customer_id: 'c' }),
      ],
    });
    expect(reconcile(journeys, '2025-02-01', '2025-02-28')).toEqual({
      this_period: { orders: 1, cents: 10000n },
      older: { orders: 1, cents: 705n },
      later: { orders: 1, cents: 10000n },
      unannounced: { orders: 1, cents: 10000n },
      repeat: { orders: 1, cents: 10000n },
    });
  });

  test('days to a step keep fractions and negative delays', () => {
    const journeys = journeysOf({
      leads: ['1', '2', '3'].map((lead_id) => lead({ lead_id, created_at: '2025-02-01T12:00:00' })),
      orders: [
        order({ order_id: 'a', ordered_at: '2025-02-02T00:00:00', lead_id: '1' }),
        order({ order_id: 'b', ordered_at: '2025-02-01T00:00:00', lead_id: '2' }),
        order({ order_id: 'd', ordered_at: '2025-02-03T12:00:00', lead_id: '3' }),
      ],
    });
    const question = { from: '2025-02-01', to: '2025-02-01', as_of: '2025-02-28' };
    expect(timeToStep(journeys, 4, question)).toEqual([
      {
        segment: 'all',
        people: 3,
        median_days: 0.5,
        mean_days: 2 / 3,
        p10_days: expect.closeTo(-0.3, 12),
        p90_days: expect.closeTo(1.7, 12),
        max_days: 2,
        negative_people: 1,
      },
    ]);
  });
});
