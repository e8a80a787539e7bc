import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { ownPageOf } from '#lib/server/access/view-as.ts';
import { askFigure } from '#lib/server/figures/figure.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { staffFigures, staffRows, targetPace } from '#lib/server/reports.gen.ts';
import type { StaffComparisonRow } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { figureAddress } from '#lib/ui/figure-link.ts';
import { askMe } from '../../../../src/routes/me/answers.server.ts';
import { meView } from '../../../../src/routes/me/view.ts';
import { askTeam } from '../../../../src/routes/team/answers.server.ts';
import { askedOf, deskNames, desks } from '../../../../src/routes/team/figures.ts';
import type { TeamFigure } from '../../../../src/routes/team/figures.ts';
import { change, openSample } from '../../../property/sample.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openSample();
});
afterAll(() => warehouse.close());

let logged: { who: string; as: string }[];
beforeEach(() => {
  logged = [];
});

const person = { kind: 'person', id: 'p', name: '' } as const;
const owner = { ...person, role: 'owner' } as const;
const manager = { ...person, role: 'manager', stores: ['中山路店'] } as const;
const seller: Viewer = { ...person, role: 'staff', staffId: 'S11' };
const others: Viewer[] = [
  { ...person, role: 'marketer' },
  { kind: 'stranger' },
  { kind: 'token', id: 1, name: '', tables: [], reads: { role: 'owner' } },
];

const open = (viewer: Viewer, named: string | null) =>
  ownPageOf({ warehouse, viewer }, named, ({ id }, as) => void logged.push({ who: id, as }));
const refusalOf = (viewer: Viewer, named: string | null) =>
  open(viewer, named).then(
    () => 'opened',
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );
const reader = { locale: 'en', currency: 'CNY' } as const;
const never = new AbortController().signal;

describe('the page of one of the staff', () => {
  test('is read by owner and manager with that person bound as the viewer, and it is noted who looked as whom', async () => {
    for (const viewer of [owner, manager]) {
      const page = await open(viewer, 'S11');
      expect(page?.asker.viewer).toEqual({ ...person, role: 'staff', staffId: 'S11' });
      expect(page?.isOther).toBe(true);
    }
    expect(logged).toEqual([
      { who: 'p', as: 'S11' },
      { who: 'p', as: 'S11' },
    ]);
  });

  test('shows whoever looks exactly what that person sees', async () => {
    const page = await open(owner, 'S11');
    if (page === null) throw new Error('somebody was named');
    const question = { span: 'month', staff: 'S11' } as const;
    expect(await askMe(page.asker, question, never)).toEqual(
      await askMe({ warehouse, viewer: seller }, question, never),
    );
  });

  test('opens to whoever looks the numbers of that person: each figure of the page is the same for all of them', async () => {
    const page = await open(owner, 'S11');
    const question = { span: 'month', staff: 'S11' } as const;
    const answers = await askMe(page?.asker ?? asOwner({ warehouse }), question, never);
    if (answers === null) throw new Error('there are data');
    const view = JSON.stringify(meView('en', 'CNY', question, answers));
    const links = [...new Set(view.match(/\/figure\/[^"]+/g))];
    expect(links.length).toBeGreaterThan(8);
    for (const link of links) {
      const { pathname, searchParams } = new URL(link, 'http://127.0.0.1');
      const [, , report = '', column = ''] = pathname.split('/');
      const address = figureAddress(report, column, searchParams);
      const [own, ...looked] = await Promise.all(
        [seller, owner, manager].map(async (viewer) => {
          const { value, scope, rows } = await askFigure({ warehouse, viewer }, reader, address);
          return { value, scope, rows: rows?.total };
        }),
      );
      expect(looked, link).toEqual([own, own]);
    }
  });

  test('gives a manager nothing that the own stores do not give as well', async () => {
    const page = await open(manager, 'S11');
    const asked = { staff: 'S11' };
    for (const report of [staffFigures, targetPace]) {
      const own = await report(page?.asker ?? asOwner({ warehouse }), asked);
      expect((await report({ warehouse, viewer: manager }, asked)).rows).toEqual(own.rows);
    }
  });

  test('says of a person’s cases what the page Team says of them', async () => {
    for (const [staffId, figure] of [
      ['S11', 'visit_orders'],
      ['S01', 'lead_orders'],
      ['S28', 'viewing'],
      ['S36', 'recovered'],
    ] as const) {
      const page = await open(owner, staffId);
      const me = await askMe(page?.asker ?? asOwner({ warehouse }), { span: 'month', staff: staffId }, never);
      const own = me?.comparisons.find((one) => one.figure === figure)?.row;
      const team = await peopleOf(warehouse, owner, figure);
      const casesOf = (row: StaffComparisonRow | undefined) =>
        row && [row.name, row.store, row.base, row.hits, row.rate, row.rate_low, row.rate_high];
      expect(casesOf(own)).toEqual(
        casesOf(team.find((row) => row.staff_id === staffId) as StaffComparisonRow),
      );
      expect(own?.base).toBeGreaterThan(0);
    }
  });

  test('is the own one for staff, who are refused anybody else’s', async () => {
    expect(await open(seller, null)).toMatchObject({ staffId: 'S11', isOther: false });
    expect(await open(seller, 'S11')).toMatchObject({ staffId: 'S11', isOther: false });
    expect(await refusalOf(seller, 'S12')).toBe('not_for_you');
    expect(logged).toEqual([]);
  });

  test('is refused to a manager of other stores as if there were no such person', async () => {
    expect(await refusalOf(manager, 'S14')).toBe('not_your_person');
    expect(await refusalOf(manager, 'nobody')).toBe('not_your_person');
    expect(await refusalOf(owner, "S11' or true")).toBe('not_your_person');
    expect(logged).toEqual([]);
  });

  test('is refused to everybody else', async () => {
    for (const viewer of others) {
      expect(await refusalOf(viewer, 'S11')).toBe('not_for_you');
      expect(await refusalOf(viewer, null)).toBe('not_for_you');
    }
  });

  test('is nobody’s while owner or manager have named nobody', async () => {
    expect(await open(owner, null)).toBeNull();
    expect(await open(manager, null)).toBeNull();
  });
});

/** Who stands on the page Team with a figure of rates or of money. */
async function peopleOf(house: Warehouse, viewer: Viewer, figure: TeamFigure) {
  const question = { from: null, to: null, store: null, figure };
  return (await askTeam({ warehouse: house, viewer }, question, never))?.compared.people ?? [];
}

describe('whoever stands on the page Team', () => {
  /** Whom the pages of these figures name, each of whom has a page that opens, figures, and rows behind them. */
  async function namedOn(house: Warehouse, viewer: Viewer, figures: readonly TeamFigure[]) {
    const asker = { warehouse: house, viewer };
    const all = new Set<string>();
    for (const figure of figures)
      for (const { staff_id } of await peopleOf(house, viewer, figure)) {
        if (all.has(staff_id)) continue;
        const { rows } = await staffRows(asker, { figure: rowsOf(figure), staff: staff_id, limit: 1 });
        expect([figure, staff_id, rows.length]).toEqual([figure, staff_id, 1]);
        all.add(staff_id);
      }
    const figured = new Set((await staffFigures(asker, {})).rows.map(({ staff_id }) => staff_id));
    expect([...all].filter((one) => !figured.has(one))).toEqual([]);
    for (const one of all) expect((await ownPageOf(asker, one, () => undefined))?.staffId).toBe(one);
    return all;
  }
  const firstOfDesks = deskNames.map((desk): TeamFigure => desks[desk][0]);
  const rowsOf = (figure: TeamFigure) => {
    const { figure: of } = askedOf(figure);
    return of === 'ticket' ? 'cancellations' : of;
  };

  test('has a page and rows that open, service people without a store too', async () => {
    expect(await namedOn(warehouse, owner, ['recovered'])).toContain('S36');
    const seen = await namedOn(warehouse, manager, firstOfDesks);
    expect(seen).toContain('S11');
    expect(seen).not.toContain('S14');
  });

  test('has a page and rows that open where no list of staff was handed in', async () => {
    const house = await openSample();
    try {
      await change(house, (transaction) => transaction.run('delete from exports.staff'));
      expect(await namedOn(house, owner, ['recovered'])).toContain('S36');
      const seen = await namedOn(house, manager, firstOfDesks);
      expect(seen).toContain('S11');
      expect(seen).not.toContain('S14');
    } finally {
      await house.close();
    }
  });
});
