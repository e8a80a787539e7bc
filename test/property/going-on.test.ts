import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Asker } from '#lib/server/reports/ask.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { funnelDrivers, funnelNext, funnelSegments } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { besideOthers, driversOf, pathsFrom } from '../oracle/going-on.ts';
import { walk } from '../oracle/steps.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { asked, created, crowds, leadRows, told } from './crowd-walks.ts';
import { runs } from './runs.ts';
import { load, parametersOf, withPersons } from './walks.ts';

let warehouse: Warehouse;
let asker: Asker;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
  await fill(warehouse, new Map([['leads', leadRows]]));
  asker = asOwner({ warehouse });
});
afterAll(() => warehouse.close());

/** The numbers of a row, without what the last bits of a sum leave. */
function rounded<R extends object>(row: R): R {
  const plain = (value: number) => Number(Math.abs(value) < 1 ? value.toFixed(9) : value.toPrecision(8)) + 0;
  const fine = (value: unknown) => (typeof value === 'number' ? plain(value) : value);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, fine(value)])) as R;
}

const inOrder = <R extends object>(rows: readonly R[], ...names: (keyof R)[]) =>
  rows
    .map(rounded)
    .toSorted((a, b) =>
      JSON.stringify(names.map((name) => a[name])) < JSON.stringify(names.map((name) => b[name])) ? -1 : 1,
    );

describe('of a funnel of any steps', () => {
  test('the values of a segment beside all others are those counted by hand', async () => {
    const verdicts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(crowds, fc.tuple(asked, asked), fc.constantFrom(1, 5), async (drawn, both, least) => {
        await load(warehouse, drawn);
        const events = [...created, ...withPersons(drawn)];
        for (const question of both) {
          const given = { ...question, by: true };
          const between = { from: 1, to: given.steps.length, least };
          const { rows } = await funnelSegments(asker, {
            ...parametersOf(given),
            by: 'g',
            from_step: between.from,
            to_step: between.to,
            least,
          });
          expect(inOrder(rows, 'segment'), JSON.stringify(given)).toMatchObject(
            inOrder(besideOthers(walk(events, given), given, between), 'segment'),
          );
          for (const { verdict } of rows) verdicts.add(verdict);
        }
      }),
      runs(8, 600),
    );
    expect(verdicts).toEqual(new Set(['more_than_noise', 'within_noise', 'too_early', 'too_few']));
  });

  test('what goes with going on has the odds reckoned by hand, raw and within channel and store', async () => {
    const verdicts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(crowds, fc.tuple(asked, asked), fc.constantFrom(1, 5), async (drawn, both, least) => {
        await load(warehouse, drawn);
        const events = [...created, ...withPersons(drawn)];
        for (const question of both) {
          const given = { ...question, by: false };
          const between = { from: 1, to: 2, least };
          const { rows } = await funnelDrivers(asker, {
            ...parametersOf(given),
            from_step: between.from,
            to_step: between.to,
            least,
          });
          expect(inOrder(rows, 'field', 'value'), JSON.stringify(given)).toMatchObject(
            inOrder(driversOf(walk(events, given), given, between, told), 'field', 'value'),
          );
          for (const { verdict } of rows) verdicts.add(verdict);
        }
      }),
      runs(8, 600),
    );
    expect(verdicts).toEqual(new Set(['more_than_noise', 'within_noise', 'too_few']));
  });

  test('what people did next instead is what they did', async () => {
    let longest = 0;
    await fc.assert(
      fc.asyncProperty(
        crowds,
        fc.tuple(asked, asked),
        fc.constantFrom('all', 'lost', 'open'),
        async (drawn, both, standing) => {
          await load(warehouse, drawn);
          const events = [...created, ...withPersons(drawn)];
          for (const question of both) {
            const given = { ...question, by: false };
            const { rows } = await funnelNext(asker, {
              ...parametersOf(given),
              step_no: 1,
              standing,
              limit: 1000,
            });
            const told = rows.map(({ first_kind, second_kind, third_kind, ...row }) => ({
              ...row,
              kinds: [first_kind, second_kind, third_kind],
            }));
            const paths = pathsFrom(walk(events, given), { step: 1, standing });
            expect(inOrder(told, 'kinds'), JSON.stringify(given)).toMatchObject(inOrder(paths, 'kinds'));
            longest = Math.max(longest, ...told.map(({ kinds }) => kinds.filter(Boolean).length));
          }
        },
      ),
      runs(8, 600),
    );
    expect(longest).toBe(3);
  });
});
