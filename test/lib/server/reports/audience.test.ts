import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { roles } from '#lib/access/viewer.ts';
import type { Role, Standing, Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import {
  asOwner,
  HOUSE,
  MACHINE,
  mayAsk,
  isStaffField,
  mayDivideByStaff,
  reachOf,
  sightOf,
  withinReach,
} from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import { dataSpan, funnel, journeyRows, reportSpecs } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Given, GivenRow } from '../../../queries/case.ts';
import { fill, openEmptyWarehouse } from '../../../queries/fill.ts';

const standings: Record<Role, Standing> = {
  owner: { role: 'owner' },
  manager: { role: 'manager', stores: ['北店'] },
  marketer: { role: 'marketer' },
  staff: { role: 'staff', staffId: 'S1' },
};
const person = (standing: Standing): Viewer => ({ kind: 'person', id: 'p', name: '陈', ...standing });
const stranger: Viewer = { kind: 'stranger' };
const program = (reads: Standing | null): Viewer => ({
  kind: 'token',
  id: 1,
  name: 'till',
  tables: [],
  reads,
});

const row = (cells: Record<string, string>): GivenRow => ({
  batch_id: '1',
  line: '1',
  imported_on: '2026-04-30',
  ...cells,
});
const lead = (id: string, store: string, staff: string, phone: string) =>
  row({ lead_id: id, created_at: '2026-03-02 10:00:00', store, staff_id: staff, channel: '抖音', phone });
const given: Given = new Map([
  ['leads', [lead('1', '北店', 'S1', '13800000001'), lead('2', '南店', 'S2', '13800000002')]],
]);

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
  await fill(warehouse, given);
});
afterAll(() => warehouse.close());

const asked = (viewer: Viewer, name: string, raw: Record<string, string> = {}) =>
  askByName({ warehouse, viewer }, name, raw);
const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'answered',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

describe('who may ask which report', () => {
  it('is the house for its owner, and for marketers; for managers and staff only what tells of nobody’s store or rows', () => {
    const wide = Object.values(reportSpecs).filter(
      ({ audience: { owner, manager = 'stores', marketer = 'house', staff = 'own' } }) =>
        [owner, manager, marketer, staff].join() !== 'house,stores,house,own',
    );
    expect(wide.map(({ name }) => name)).toEqual(['data_span']);
  });

  it('is decided alike for a person and for a program of their standing', async () => {
    for (const role of roles)
      for (const spec of [reportSpecs['funnel'], reportSpecs['rejects'], reportSpecs['staff_figures']]) {
        if (!spec) throw new Error('The report is gone.');
        const isOpen = spec.audience[role] !== undefined;
        for (const viewer of [person(standings[role]), program(standings[role])]) {
          expect(mayAsk(spec, viewer)).toBe(isOpen);
          const code = await codeOf(asked(viewer, spec.name));
          expect(code === 'not_your_report').toBe(!isOpen);
        }
      }
  });

  it('is no report at all for strangers and for programs that hand in lists', async () => {
    for (const [name, spec] of Object.entries(reportSpecs))
      for (const viewer of [stranger, program(null)]) {
        expect(mayAsk(spec, viewer)).toBe(false);
        expect(await codeOf(asked(viewer, name))).toBe('not_your_report');
      }
  });

  it('is refused before anything of the question is looked at', async () => {
    expect(await codeOf(asked(person(standings.marketer), 'rejects', { nonsense: '1' }))).toBe(
      'not_your_report',
    );
  });

  it('is nothing of any report for a manager of no store', async () => {
    const manager = person({ role: 'manager', stores: [] });
    for (const [name, spec] of Object.entries(reportSpecs)) {
      expect(mayAsk(spec, manager)).toBe(false);
      expect(await codeOf(asked(manager, name))).toBe('not_your_report');
    }
  });

  it('is a viewer that the generated functions cannot be called without', () => {
    expectTypeOf(funnel).parameter(0).toEqualTypeOf<Asker>();
    expectTypeOf(journeyRows).parameter(0).toEqualTypeOf<Asker>();
    expectTypeOf(dataSpan).parameter(0).toEqualTypeOf<Pick<Asker, 'warehouse'>>();
    // @ts-expect-error who asks is missing
    expect(() => void funnel({ warehouse }, {}).catch(() => undefined)).not.toThrow();
  });
});

describe('what comes back', () => {
  const everything = { from: '2026-03-02', to: '2026-03-08' };

  it('is made of the own stores for a manager, whose names the answer does not even refuse to know', async () => {
    const manager = person(standings.manager);
    const { rows } = await asked(manager, 'journey_rows', everything);
    expect(rows.map(({ journey_id }) => journey_id)).toEqual(['L:1']);
    expect((await asked(manager, 'segment_values', { by: 'store' })).rows).toEqual([
      { value: '北店', people: 1 },
    ]);
    expect(await codeOf(asked(manager, 'funnel', { ...everything, where: 'store=南店' }))).toBe(
      'unknown_value',
    );
    const error = await asked(manager, 'funnel', { ...everything, where: 'store=x' }).catch(
      (e: unknown) => e,
    );
    expect(JSON.stringify(error)).not.toContain('南店');
  });

  it('takes the stores as values, whatever is written in them', async () => {
    const odd = person({ role: 'manager', stores: [`北店') or ('1'='1`, `' ; drop table journeys; --`] });
    expect((await asked(odd, 'journey_rows', everything)).rows).toEqual([]);
    expect((await asked(person(standings.owner), 'journey_rows', everything)).rows).toHaveLength(2);
  });

  it('is one’s own for staff', async () => {
    const { rows } = await asked(person(standings.staff), 'journey_rows', everything);
    expect(rows.map(({ journey_id }) => journey_id)).toEqual(['L:1']);
    const nobody = person({ role: 'staff', staffId: '' });
    expect((await asked(nobody, 'journey_rows', everything)).rows).toEqual([]);
  });

  it('never lists single journeys, orders or entries for marketers: whoever counts them has the smallest segment', () => {
    const marketer = person(standings.marketer);
    const listed = Object.values(reportSpecs)
      .filter((spec) => spec.grain.includes('row_no') && mayAsk(spec, marketer))
      .map(({ name }) => name);
    expect(listed).toEqual(['campaign_day_rows', 'forecast_rows', 'gap_rows', 'reach_change']);
  });

  it('tells marketers what a change or an experiment did, not the few journeys of a week or a stratum behind it', async () => {
    const marketer = person(standings.marketer);
    const change = { changed_store: '北店', changed_on: '2026-03-02' };
    expect((await asked(marketer, 'change_effect', change)).rows).toHaveLength(4);
    expect((await asked(marketer, 'experiment', { id: 'X' })).rows).toEqual([]);
    expect(await codeOf(asked(marketer, 'store_weeks', change))).toBe('not_your_report');
    expect(await codeOf(asked(marketer, 'experiment_sums', { id: 'X' }))).toBe('not_your_report');
  });

  it('tells marketers what channels are credited with, not the paths of few by which that is reckoned', async () => {
    const marketer = person(standings.marketer);
    const { rows } = await asked(marketer, 'attribution', {});
    expect(new Set(rows.map(({ kind }) => kind)).isSubsetOf(new Set(['too_few']))).toBe(true);
    for (const name of ['attribution_paths', 'attribution_steps'])
      expect(await codeOf(asked(marketer, name, {}))).toBe('not_your_report');
  });

  it('names no campaign of fewer than five to marketers: those who came without one are together with them', async () => {
    const marketer = person(standings.marketer);
    const { rows } = await asked(marketer, 'campaigns', {});
    expect(rows.map(({ campaign, leads, rank }) => [campaign, leads, rank])).toEqual([['too_few', 2, null]]);
    expect((await asked(marketer, 'campaigns', { campaign: 'K1' })).rows).toEqual([]);
    for (const role of ['manager', 'staff'] as const)
      expect(await codeOf(asked(person(standings[role]), 'campaigns'))).toBe('not_your_report');
  });

  it('leaves out of rows for marketers whatever a header says to tell of staff or how to reach a customer', () => {
    const column = (name: string, tells: 'staff' | 'contact' | null) =>
      ({ name, type: 'varchar', notNull: false, tells, about: '' }) as const;
    const columns = [column('store', null), column('seller', 'staff'), column('phone', 'contact')];
    const rows = [{ store: '北店', seller: 'S1', phone: '138' }];
    expect(withinReach({ ...HOUSE, persons: false }, columns, rows)).toEqual([
      { store: '北店', seller: null, phone: null },
    ]);
    expect(withinReach(HOUSE, columns, rows)).toBe(rows);
  });

  it('is not divided by staff for marketers', async () => {
    const marketer = person(standings.marketer);
    expect(roles.filter((role) => mayDivideByStaff(person(standings[role])))).toEqual(['owner', 'manager']);
    for (const field of ['staff', 'inviter', 'seller']) {
      expect(isStaffField(field)).toBe(true);
      expect(await codeOf(asked(marketer, 'funnel', { by: field }))).toBe('not_your_segment');
      expect(await codeOf(asked(marketer, 'funnel', { where: `${field}=S1` }))).toBe('not_your_segment');
      expect(await codeOf(asked(person(standings.manager), 'funnel', { by: field }))).toBe('answered');
    }
    expect(await codeOf(asked(marketer, 'upsell_ladder', { by: 'upsell_seller' }))).toBe('not_your_segment');
    expect(await codeOf(asked(person(standings.staff), 'journey_rows', { by: 'seller' }))).toBe(
      'not_your_segment',
    );
  });

  it('cannot be widened by a parameter', async () => {
    for (const name of ['viewer_stores', 'viewer-staff', 'viewer'])
      expect(await codeOf(asked(person(standings.manager), 'funnel', { [name]: '南店' }))).toBe(
        'unknown_parameter',
      );
  });

  it('is shared by those who are given the same, and by nobody else', async () => {
    const rowsOf = async (viewer: Viewer) => (await journeyRows({ warehouse, viewer }, everything)).rows;
    const owner = await rowsOf(person(standings.owner));
    expect(await rowsOf({ ...MACHINE })).toBe(owner);
    expect(await rowsOf({ kind: 'person', id: 'q', name: '王', role: 'owner' })).toBe(owner);
    for (const role of ['manager', 'staff'] as const)
      expect(await rowsOf(person(standings[role]))).not.toBe(owner);
    const both = person({ role: 'manager', stores: ['南店', '北店'] });
    const turned = person({ role: 'manager', stores: ['北店', '南店'] });
    expect(await rowsOf(both)).toBe(await rowsOf(turned));
    expect(sightOf(both)).toEqual(sightOf(turned));
    expect(sightOf(both)).not.toEqual(sightOf(person(standings.manager)));
    expect(reachOf({ name: 'x', audience: { owner: 'house' } }, asOwner({ warehouse }).viewer).extent).toBe(
      'house',
    );
  });
});
