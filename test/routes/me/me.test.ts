import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { askMe } from '../../../src/routes/me/answers.server.ts';
import { startsOf } from '../../../src/routes/me/periods.ts';
import { addressOf, questionIn } from '../../../src/routes/me/question.ts';
import { meView } from '../../../src/routes/me/view.ts';
import { openSample } from '../../property/sample.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openSample();
});
afterAll(() => warehouse.close());

const never = new AbortController().signal;
const seller: Viewer = { kind: 'person', id: 'p', name: '', role: 'staff', staffId: 'S11' };

async function pageOf(viewer: Viewer, staff: string) {
  const question = { span: 'month' as const, staff };
  const answers = await askMe({ warehouse, viewer }, question, never);
  if (answers === null) throw new Error('the sample has data');
  return { answers, view: meView('en', 'CNY', question, answers) };
}

describe('the page Me', () => {
  test('shows a seller the own desk, the own past and one fair comparison with the colleagues as quartiles', async () => {
    const { view, answers } = await pageOf(seller, 'S11');
    expect(view.name).toBe('林静');
    expect(view.figures.map(({ figure }) => figure)).toEqual([
      'visit_orders',
      'cancellations',
      'sale',
      'co_sold',
    ]);
    expect(answers.starts).toHaveLength(13);
    expect(view.comparisons).toMatchObject([
      { figure: 'visit_orders', verdict: 'not_separable', colleagues: { count: '10' } },
    ]);
    expect(JSON.stringify(view)).not.toMatch(/S1[02-9]|黄丽萍/);
  });

  test('shows what an order is worth period by period, with its interval, up to the number of today', async () => {
    const { view } = await pageOf(seller, 'S11');
    const worth = view.figures.map((figure) => figure.worth?.rows.length ?? 0);
    expect(worth).toEqual([0, 13, 0, 0]);
    const ticket = view.figures.find(({ figure }) => figure === 'cancellations');
    const last = ticket?.worth?.rows.at(-1);
    expect(last).toMatchObject({ value: ticket?.now?.each?.text, of: `of ${ticket?.now?.base} orders` });
    expect(last?.interval).toContain(ticket?.now?.each?.low);
    expect(ticket?.worth?.drawing.svg).toMatch(/>¥[\d,]+</);
  });

  test('gives somebody of the staff nothing of a colleague, whatever the address says', async () => {
    const { answers } = await pageOf(seller, 'S12');
    expect([answers.figures, answers.comparisons, answers.targets]).toEqual([[], [], []]);
  });
});

describe('its periods', () => {
  test('begin on Mondays, first days of months or of quarters, the last one around the day', () => {
    expect(startsOf('week', '2026-10-25').slice(-2)).toEqual(['2026-10-12', '2026-10-19']);
    expect(startsOf('month', '2026-01-31').slice(-2)).toEqual(['2025-12-01', '2026-01-01']);
    expect(startsOf('quarter', '2026-02-01').slice(-3)).toEqual(['2025-07-01', '2025-10-01', '2026-01-01']);
  });

  test('and whose page it is stand in the address, what is usual left out', () => {
    const question = questionIn(new URLSearchParams('span=quarter&staff=S1'));
    expect(addressOf(question)).toBe('/me?span=quarter&staff=S1');
    expect(addressOf(question, { span: 'week', staff: null })).toBe('/me');
  });
});
