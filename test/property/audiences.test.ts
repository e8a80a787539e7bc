import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { asOwner, MACHINE } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import { addDays } from '../oracle/days.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { runs } from './runs.ts';
import { baseDay, busyStudios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const manager: Viewer = { kind: 'person', id: 'm', name: 'm', role: 'manager', stores: ['东店'] };
const seller: Viewer = { kind: 'person', id: 's', name: 's', role: 'staff', staffId: 's1' };

/** Questions that most rows of a random studio answer: of everything, and divided. */
const everything: RawParameters = {
  from: addDays(baseDay, -30),
  to: addDays(baseDay, 45),
  as_of: addDays(baseDay, 45),
  compare_from: addDays(baseDay, -106),
  compare_to: addDays(baseDay, -31),
  starts_on: addDays(baseDay, -2),
  until: addDays(baseDay, 20),
  person_id: 'C:c1',
  limit: '1000',
};
const divided: RawParameters = { ...everything, by: 'channel' };
const steps: RawParameters = { step: '2', not_reached: '4' };

const askedOf = (name: string, question: RawParameters): RawParameters => {
  const { parameters = [], audience } = reportSpecs[name] ?? {};
  const known = parameters.map((parameter) => parameter.name);
  const whole =
    audience?.staff === 'own' && known.includes('not_reached') ? { ...question, ...steps } : question;
  const fixed = parameters.filter(({ kind, choices }) => kind === 'plain' && choices !== null);
  const may = (name: string, value: unknown) =>
    fixed.every((parameter) => parameter.name !== name || parameter.choices?.includes(String(value)));
  return Object.fromEntries(
    Object.entries(whole).filter(([name, value]) => known.includes(name) && may(name, value)),
  );
};

/** What a report gives somebody, whole and divided. */
async function given(name: string, viewer: Viewer, more: RawParameters = {}): Promise<Row[]> {
  const found: Row[] = [];
  for (const question of reportSpecs[name]?.parameters.some((p) => p.kind === 'segment' && !p.optional)
    ? [divided]
    : [everything, divided]) {
    const asked = { ...askedOf(name, question), ...more };
    found.push(...(await askByName({ warehouse: laboratory.warehouse, viewer }, name, asked)).rows);
  }
  return found;
}

/** Changes all that rows of other people’s journeys say, but not whose they are nor when they happened. */
async function changeOthers(mine: string): Promise<void> {
  const others = `not in (select j.journey_id from mine j)`;
  await laboratory.warehouse.write(async (transaction) => {
    for (const statement of [
      `create or replace temp table mine as select j.journey_id as journey_id from begun_journeys j where ${mine}`,
      `create or replace temp table foreign_acts as select a.kind as kind, a.act_id as act_id from acts a where a.journey_id ${others}`,
      `update exports.leads set channel = 'elsewhere', phone = '13900000000', customer_name = 'changed', city = 'far',
         staff_id = case when staff_id is null then null else 's9' end
       where 'L:' || lead_id ${others}`,
      `update exports.visits set reason = 'price', minutes = 5, staff_id = case when staff_id is null then null else 's9' end
       where visit_id in (select f.act_id from foreign_acts f where f.kind = 'visit')`,
      `update exports.orders set amount = amount * 3 + 1, package = 'changed', staff_id = case when staff_id is null then null else 's9' end
       where order_id in (select f.act_id from foreign_acts f where f.kind = 'order')`,
      `update exports.upsells set amount = amount * 3 + 1, quantity = 7, item_type = 'changed'
       where order_id in (select f.act_id from foreign_acts f where f.kind = 'order')`,
      `update exports.payments set amount = amount * 3 + 1
       where order_id in (select f.act_id from foreign_acts f where f.kind = 'order')`,
      `update exports.campaign_days set audience = 5000, aware = 3000`,
    ])
      await transaction.run(statement);
    await rebuildModels(transaction);
  });
}

const namesFor = (role: 'manager' | 'staff', extent: 'stores' | 'own') =>
  Object.values(reportSpecs)
    .filter(({ audience }) => audience[role] === extent)
    .map(({ name }) => name);

/** Reports of persons: what is expected follows from all, and of whose store somebody is from all that names them. */
const OF_PERSONS = [
  'staff_comparison',
  'staff_figures',
  'staff_members',
  'staff_rows',
  'staff_values',
  'target_pace',
];

describe('whatever other people’s rows say', () => {
  test('no report of a manager says anything else about the own stores', async () => {
    const names = namesFor('manager', 'stores').filter((name) => !OF_PERSONS.includes(name));
    expect(names.length).toBeGreaterThan(20);
    const seen = { own: 0, changed: 0 };
    await fc.assert(
      fc.asyncProperty(busyStudios, async (raw) => {
        await laboratory.load(raw);
        const before = await Promise.all(names.map((name) => given(name, manager)));
        const owners = await given('money', MACHINE);
        await changeOthers(`j.store = '东店'`);
        for (const [at, name] of names.entries())
          expect([name, await given(name, manager)]).toEqual([name, before[at]]);
        seen.own += before.flat().length;
        seen.changed += Number(!isDeepStrictEqual(owners, await given('money', MACHINE)));
      }),
      runs(3, 100),
    );
    expect(Math.min(seen.own, seen.changed)).toBeGreaterThan(0);
  });

  test('no report of one of the staff says anything else about what is their own, nor do fewer than five others make a distribution that would', async () => {
    const names = namesFor('staff', 'own');
    expect(names).toEqual(
      expect.arrayContaining(['journey_rows', 'staff_rows', 'staff_figures', 'staff_comparison']),
    );
    const figures = ['lead_orders', 'sale', 'viewing'];
    const seen = { own: 0, changed: 0 };
    await fc.assert(
      fc.asyncProperty(busyStudios, async (raw) => {
        await laboratory.load(raw);
        const all = async () => ({
          reports: await Promise.all(names.map((name) => given(name, seller))),
          figures: await Promise.all(
            figures.flatMap((figure) => [
              given('staff_rows', seller, { figure }),
              given('staff_comparison', seller, { figure }),
            ]),
          ),
        });
        const before = await all();
        const owners = await given('journey_rows', MACHINE);
        await changeOthers(`j.inviter = 's1' or j.seller = 's1'
          or exists (select 1 from acts a where a.journey_id = j.journey_id and a.staff_id = 's1')
          or exists (select 1 from touches t where t.journey_id = j.journey_id and t.staff_id = 's1')`);
        expect(await all()).toEqual(before);
        expect(before.figures.flat().filter(({ open }) => open === true)).toEqual([]);
        seen.own += before.reports.flat().length;
        seen.changed += Number(!isDeepStrictEqual(owners, await given('journey_rows', MACHINE)));
      }),
      runs(4, 200),
    );
    expect(Math.min(seen.own, seen.changed)).toBeGreaterThan(0);
  });
});

test('what a manager sees of people and rows is what the owner sees of that store', async () => {
  await fc.assert(
    fc.asyncProperty(busyStudios, async (raw) => {
      await laboratory.load(raw);
      const [span] = (
        await askByName(
          asOwner(laboratory),
          'segment_values',
          askedOf('segment_values', { ...everything, by: 'store' }),
        )
      ).rows.filter(({ value }) => value === '东店');
      fc.pre(span !== undefined);
      for (const name of ['journey_rows', 'money_rows', 'ladder_rows', 'outstanding_rows', 'time_to_step']) {
        const asked = askedOf(name, everything);
        const mine = await askByName({ warehouse: laboratory.warehouse, viewer: manager }, name, asked);
        const owners = await askByName(asOwner(laboratory), name, { ...asked, where: ['store=东店'] });
        expect([name, mine.rows]).toEqual([name, owners.rows]);
      }
    }),
    runs(6, 150),
  );
});
