import { expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { funnelDrivers } from '#lib/server/reports.gen.ts';
import type { GivenRow } from '../../../queries/case.ts';
import { fill, openEmptyWarehouse } from '../../../queries/fill.ts';

/**
 * Admissions to six departments of Berkeley in 1973 (Bickel, Hammel & O'Connell, Science 187:398): admitted and rejected men,
 * admitted and rejected women. R prints for mantelhaen.test(UCBAdmissions): common odds ratio 0.9046968, 95 % interval
 * 0.7719074 to 1.0603298.
 */
const admissions: readonly (readonly [string, number, number, number, number])[] = [
  ['A', 512, 313, 89, 19],
  ['B', 353, 207, 17, 8],
  ['C', 120, 205, 202, 391],
  ['D', 138, 279, 131, 244],
  ['E', 53, 138, 94, 299],
  ['F', 22, 351, 24, 317],
];

test('the odds of Berkeley’s men within departments are those that R prints, although raw they are far better', async () => {
  const leads: GivenRow[] = [];
  const visits: GivenRow[] = [];
  const row = { batch_id: '1', imported_on: '2026-12-31' };
  const apply = (store: string, staff_id: string, people: number, isAdmitted: boolean) => {
    for (let at = 0; at < people; at += 1) {
      const lead_id = String(leads.length + 1);
      leads.push({
        ...row,
        line: lead_id,
        lead_id,
        created_at: '2026-03-02 10:00:00',
        store,
        staff_id,
        channel: 'a',
      });
      if (isAdmitted)
        visits.push({
          ...row,
          line: lead_id,
          visit_id: lead_id,
          visited_at: '2026-03-03 10:00:00',
          lead_id,
          purpose: 'consult',
          store,
        });
    }
  };
  for (const [department, men, menNot, women, womenNot] of admissions) {
    apply(department, 'men', men, true);
    apply(department, 'men', menNot, false);
    apply(department, 'women', women, true);
    apply(department, 'women', womenNot, false);
  }
  const warehouse = await openEmptyWarehouse();
  try {
    await fill(
      warehouse,
      new Map([
        ['leads', leads],
        ['visits', visits],
      ]),
    );
    const asked = {
      steps: '["lead","visit"]',
      from: '2026-03-01',
      to: '2026-03-31',
      as_of: '2026-12-30',
      window: 30,
    };
    const { rows } = await funnelDrivers(asOwner({ warehouse }), asked);
    const men = rows.find(({ field, value }) => field === 'inviter' && value === 'men');
    expect(men).toMatchObject({
      hits: 1198,
      base: 2691,
      rest_hits: 557,
      rest_base: 1835,
      verdict: 'more_than_noise',
    });
    expect(men?.odds_ratio).toBeCloseTo(1.84, 2);
    expect(men?.adjusted_odds).toBeCloseTo(0.9046968, 7);
    expect(men?.adjusted_low).toBeCloseTo(0.7719074, 7);
    expect(men?.adjusted_high).toBeCloseTo(1.0603298, 7);
    expect(men?.stands_in).toBe(true);
  } finally {
    await warehouse.close();
  }
});
