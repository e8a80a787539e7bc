import { describe, expect, test } from 'vitest';
import { funnel } from './funnel.ts';
import { lead, order, raw, visit } from './rows.ts';
import type { Question } from './scope.ts';
import type { Raw } from './tables.ts';

const february = { from: '2025-02-01', to: '2025-02-28', as_of: '2025-03-31', view: 'cohort' } as const;

function ask(rows: Partial<Raw>, question: Partial<Question> = {}) {
  return funnel(raw(rows), { ...february, ...question });
}

const leadsOf = (store: string, count: number) =>
  Array.from({ length: count }, (_, position) =>
    lead({ lead_id: `${store}${position}`, created_at: '2025-02-03T10:00:00', store }),
  );

describe('the funnel, by hand', () => {
  test('cohort view follows journeys of the period, period view counts what happened in it', () => {
    const rows = {
      leads: leadsOf('east', 2),
      visits: [visit({ visit_id: 'v', visited_at: '2025-03-05T10:00:00', lead_id: 'east0' })],
      orders: [order({ order_id: 'o', ordered_at: '2025-03-06T10:00:00', lead_id: 'east0' })],
    };
    const people = (question: Partial<Question>) => ask(rows, question).map((row) => row.people);
    expect(people({})).toEqual([null, null, 2, 1, 1, null, null]);
    expect(people({ as_of: '2025-03-05' })).toEqual([null, null, 2, 1, null, null, null]);
    expect(people({ view: 'period' })).toEqual([null, null, 2, null, null, null, null]);
    expect(people({ view: 'period', to: '2025-03-31' })).toEqual([null, null, 2, 1, 1, null, null]);
  });

  test('a store without visits is bridged, and a total divides only where both steps have a source', () => {
    const rows = {
      leads: [...leadsOf('east', 4), ...leadsOf('west', 3)],
      visits: [visit({ visit_id: 'v', visited_at: '2025-02-05T10:00:00', lead_id: 'east0' })],
      orders: [
        order({ order_id: 'o', ordered_at: '2025-02-06T10:00:00', lead_id: 'east0', store: 'east' }),
        order({ order_id: 'p', ordered_at: '2025-02-06T10:00:00', lead_id: 'west0', store: 'west' }),
      ],
    };
    const rates = (question: Partial<Question>) =>
      ask(rows, question).map((row) => [row.people, row.rate_hits, row.rate_base, row.rate_from]);
    expect(rates({}).slice(2, 5)).toEqual([
      [7, null, null, null],
      [1, 1, 4, 2],
      [2, 1, 1, 3],
    ]);
    expect(rates({ where: [['store', 'west']] }).slice(3, 5)).toEqual([
      [null, null, null, null],
      [1, 1, 3, 2],
    ]);
  });

  test('a rate by sellers who are known for buyers only is withheld', () => {
    const rows = {
      leads: leadsOf('east', 3),
      orders: [order({ order_id: 'o', ordered_at: '2025-02-06T10:00:00', lead_id: 'east0', staff_id: 's' })],
    };
    const bought = ask(rows, { by: 'seller' }).filter((row) => row.step_no === 4);
    expect(bought.map((row) => [row.segment, row.people, row.rate, row.rate_note, row.overall_rate])).toEqual(
      [
        ['s', 1, null, 'known_after', null],
        [null, 0, null, 'known_after', null],
      ],
    );
  });

  test('cancelled orders stay people, and their money leaves on its own day', () => {
    const rows = {
      leads: leadsOf('east', 2),
      orders: [
        order({
          order_id: 'o',
          ordered_at: '2025-02-06T10:00:00',
          lead_id: 'east0',
          status: 'cancelled',
          cancelled_at: '2025-03-10T00:00:00',
        }),
        order({
          order_id: 'p',
          ordered_at: '2025-02-06T10:00:00',
          lead_id: 'east1',
          status: 'refunded',
          refunded_amount: '0.50',
          cancelled_at: '2025-02-20T00:00:00',
        }),
      ],
    };
    const bought = (question: Partial<Question>) => {
      const row = ask(rows, question)[4];
      return [row?.people, row?.cancelled_people, row?.amount];
    };
    expect(bought({})).toEqual([2, 1, '99.50']);
    expect(bought({ as_of: '2025-02-28' })).toEqual([2, 0, '199.50']);
    expect(bought({ view: 'period' })).toEqual([2, 1, '199.50']);
    expect(bought({ view: 'period', from: '2025-03-01', to: '2025-03-31' })).toEqual([0, 0, '-100.00']);
  });

  test('contacts are sums of days, and only leads of campaigns with figures are set against them', () => {
    const day = (date: string, audience: number, aware: number, line: number) => ({
      campaign_id: 'k',
      date,
      audience,
      aware,
      batch_id: 1,
      line,
    });
    const rows = {
      leads: [
        ...leadsOf('east', 2),
        lead({ lead_id: 'x', created_at: '2025-02-03T10:00:00', campaign_id: 'k' }),
      ],
      campaign_days: [
        day('2025-01-31', 900, 900, 1),
        day('2025-02-01', 50, 10, 2),
        day('2025-02-02', 30, 10, 3),
      ],
    };
    const [audience, aware, attracted] = ask(rows);
    expect(audience?.people).toBe(80);
    expect(aware).toMatchObject({ people: 20, rate: 0.25, rate_note: 'not_nested', rate_low: null });
    expect(attracted).toMatchObject({ people: 3, rate_hits: 1, rate_base: 20, rate: 0.05 });
  });
});
