import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Asker } from '#lib/server/reports/ask.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { funnelDrivers, funnelNext, funnelSegments } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { besideOthers, driversOf, pathsFrom } from '../oracle/going-on.ts';
import type { Told } from '../oracle/going-on.ts';
import type { FunnelQuestion, Happening } from '../oracle/step-question.ts';
import { walk } from '../oracle/steps.ts';
import type { GivenRow } from '../queries/case.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { runs } from './runs.ts';
import { DAY, HOUR, instant, load, parametersOf, questions, withPersons } from './walks.ts';

/** Whose events are drawn; the channel and store of their leads stay, whatever they do. */
const MEMBERS = 48;
const member = (place: number) => `m${String(place).padStart(2, '0')}`;
const leads = Array.from({ length: MEMBERS }, (_, place) => ({
  lead: member(place),
  at: -30 * DAY + place * 60,
  told: { channel: `c${place % 3}`, store: `s${(place % 4) >> 1}`, inviter: `i${(place % 5) >> 1}` },
}));
const created: Happening[] = leads.map(({ lead, at }) => ({
  id: `leads:${lead}`,
  kind: 'lead',
  at,
  person: lead,
  lead,
  says: null,
}));
const toldOf = new Map(leads.map(({ lead, told }) => [lead, told]));
const nobody = { channel: null, store: null, inviter: null };
const told = ({ lead, says }: Happening): Told => ({ ...(toldOf.get(lead ?? '') ?? nobody), g: says });

let warehouse: Warehouse;
let asker: Asker;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
  const rows = leads.map(({ lead, at, told: { channel, store, inviter } }, place): GivenRow => {
    const number = String(place + 1);
    const kept = { batch_id: '9', line: number, imported_on: '2099-12-31' };
    return { ...kept, lead_id: lead, created_at: instant(at), channel, store, staff_id: inviter };
  });
  await fill(warehouse, new Map([['leads', rows]]));
  asker = asOwner({ warehouse });
});
afterAll(() => warehouse.close());

/** What a crowd did: most come once or twice, and those whom a value or a channel draws come further. */
const crowds: fc.Arbitrary<Happening[]> = fc
  .record({
    acts: fc.array(
      fc.record({
        kind: fc.constantFrom('a', 'a', 'b', 'c', 'x'),
        place: fc.nat({ max: MEMBERS - 1 }),
        at: fc.integer({ min: 0, max: 24 }),
        says: fc.constantFrom('u', 'v', null),
        isOfLead: fc.constantFrom(true, true, true, false),
      }),
      { minLength: 80, maxLength: 160, size: 'max' },
    ),
    drawn: fc.constantFrom('u', 'c0', 'c1', 's1', 'nobody'),
  })
  .map(({ acts, drawn }) =>
    acts
      .flatMap(({ kind, place, at, says, isOfLead }) => {
        const act = { kind, at: at * 4 * HOUR, person: member(place), lead: isOfLead ? member(place) : null };
        const { channel, store } = toldOf.get(member(place)) ?? nobody;
        const goesOn = kind === 'a' && [says, channel, store].includes(drawn);
        return goesOn
          ? [
              { ...act, says },
              { ...act, says, kind: 'b', at: act.at + HOUR },
            ]
          : [{ ...act, says }];
      })
      .map((act, place) => ({ ...act, id: `events:${String(place).padStart(3, '0')}` })),
  );

/** Funnels that begin with what many did; every other one lets all of them come as far as some are drawn to. */
const asked = fc.tuple(questions, fc.boolean()).map(([question, isWide]): FunnelQuestion => {
  const [, second = { kind: 'b' }, ...rest] = question.steps;
  const steps = [{ kind: 'a' }, { ...second, optional: false }, ...rest];
  const exclusions = question.exclusions.filter(({ to }) => to <= steps.length);
  return isWide
    ? { ...question, ...wide, steps: [{ kind: 'a' }, { kind: 'b' }] }
    : { ...question, steps, exclusions };
});
const wide = {
  exclusions: [],
  says: undefined,
  window: DAY,
  entry: 'every',
  hold: false,
  attribution: 'first',
  from: 0,
  until: 5 * DAY,
  end: 40 * DAY,
} as const satisfies Partial<FunnelQuestion>;

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
