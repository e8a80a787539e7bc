import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOO_FEW } from '#lib/access/too-few.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { asOwner, mayAsk } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { ReportSpec } from '#lib/server/reports/spec.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { openEmptyWarehouse } from '../queries/fill.ts';
import { AS_OF, behind, FIRST, inPlay, journeys, LAST, load, manyJourneys, valueOf } from './crowd-house.ts';
import type { Field, Journey } from './crowd-house.ts';
import { runs } from './runs.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const marketer: Viewer = { kind: 'person', id: 'm', name: 'm', role: 'marketer' };

const asked = async (viewer: Viewer, name: string, raw: RawParameters): Promise<Row[] | string> => {
  try {
    return (await askByName({ warehouse, viewer }, name, raw)).rows;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const rowsFor = async (name: string, raw: RawParameters): Promise<Row[]> => {
  const rows = await asked(marketer, name, raw);
  if (typeof rows === 'string') throw new Error(rows);
  return rows;
};

/** Nobody, or five and more. */
const isCrowd = (people: number) => people === 0 || people >= 5;
const peopleOf = (rows: readonly Row[]) => rows.map((one) => Number(one['people'] ?? 0));
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

const days = fc
  .tuple(fc.integer({ min: 0, max: 27 }), fc.constantFrom(0, 0, 6, 13, 27))
  .map(([from, more]) => ({ from: addDays(FIRST, from), to: addDays(FIRST, Math.min(27, from + more)) }));
const fields = fc.constantFrom<Field>('channel', 'city');

/** By what a report is divided: by channel, unless it has nothing but choices of its own. */
const fieldOf = ({ parameters }: ReportSpec): string => {
  const { kind, choices } = parameters.find(({ name }) => name === 'by') ?? {};
  return kind === 'plain' && choices && !choices.includes('channel') ? (choices[0] ?? '') : 'channel';
};

describe('of a house that a marketer looks at', () => {
  test('no segment of any report and any days, one of them alone included, is made of one to four journeys, and the segments add up to the house', async () => {
    const seen = { hidden: 0, shown: 0 };
    await fc.assert(
      fc.asyncProperty(journeys, fields, days, fc.boolean(), async (all, by, { from, to }, begun) => {
        await load(warehouse, all);
        const view = begun ? 'cohort' : 'period';
        const question = { from, to, as_of: AS_OF, view };
        const rows = (await rowsFor('funnel', { ...question, by })).filter((one) => one['step_no'] === 2);
        const [house] = ((await asked(asOwner({ warehouse }).viewer, 'funnel', question)) as Row[]).filter(
          (one) => one['step_no'] === 2,
        );
        expect(sum(peopleOf(rows))).toBe(Number(house?.['people'] ?? 0));
        for (const one of rows) {
          const people = inPlay(behind(all, by, one['segment'], rows), from, to, begun);
          if (rows.length > 1)
            expect({ one, rows, people: people >= 5 }).toEqual({ one, rows, people: true });
          if (one['segment'] === TOO_FEW) seen.hidden += 1;
          else seen.shown += 1;
        }
      }),
      runs(15, 600),
    );
    expect(Math.min(seen.hidden, seen.shown)).toBeGreaterThan(5);
  });

  test('no filter is answered that leaves, or leaves out, one to four journeys, and every other one is', async () => {
    const seen = { refused: 0, answered: 0 };
    await fc.assert(
      fc.asyncProperty(
        journeys,
        fields,
        days,
        fc.infiniteStream(fc.boolean()),
        async (all, by, { from, to }, dice) => {
          await load(warehouse, all);
          const question = { from, to, as_of: AS_OF, view: 'cohort' };
          const values = [...new Set(all.map((one) => valueOf(one, by)))];
          const shown = (await rowsFor('funnel', { ...question, by })).map((one) => one['segment'] ?? null);
          const draws = values.map(() => dice.next().value === true);
          const wishes = [
            ...values.map((value) => [value]),
            ...values.map((value) => values.filter((one) => one !== value)),
            values.filter((_, at) => draws[at]),
          ].filter((wish) => wish.length > 0);
          for (const wish of wishes) {
            const rows = await asked(marketer, 'funnel', {
              ...question,
              where: wish.map((value) => `${by}=${value ?? ''}`),
            });
            const isOpen = wish.every((value) => shown.includes(value));
            if (typeof rows === 'string') {
              expect({ wish, rows, isOpen }).toEqual({ wish, rows: 'too_few_journeys', isOpen: false });
              seen.refused += 1;
              continue;
            }
            const left = inPlay(
              all.filter((one) => wish.includes(valueOf(one, by))),
              from,
              to,
              true,
            );
            const house = inPlay(all, from, to, true);
            expect({ wish, isOpen, crowds: [isCrowd(left), isCrowd(house - left)] }).toEqual({
              wish,
              isOpen: true,
              crowds: [true, true],
            });
            seen.answered += 1;
          }
        },
      ),
      runs(24, 300),
    );
    expect(Math.min(seen.refused, seen.answered)).toBeGreaterThan(5);
  });

  test('no week or day of a segment or filter is made of one to four journeys, nor what is missing from the house in it', async () => {
    const seen = { parts: 0, gone: 0 };
    await fc.assert(
      fc.asyncProperty(journeys, fields, async (all, by) => {
        await load(warehouse, all);
        const weekly = { from: FIRST, to: LAST, as_of: AS_OF, grain: 'week' };
        const daily = { ...weekly, grain: 'day' };
        for (const [name, question, length, begun] of [
          ['funnel_trend', { ...weekly, view: 'cohort', by }, 6, true],
          ['funnel_trend', { ...weekly, by }, 6, false],
          ['money', { ...daily, by }, 0, false],
        ] as const) {
          const whole = await rowsFor(name, question);
          const parts = new Map<string, Row[]>();
          for (const one of whole.filter(({ step_no: step = 2 }) => step === 2)) {
            const starts = String(one['starts_on']);
            parts.set(starts, [...(parts.get(starts) ?? []), one]);
          }
          for (const [starts, rows] of parts) {
            const to = addDays(starts, length);
            const counts = rows.map((one) =>
              inPlay(behind(all, by, one['segment'], whole), starts, to, begun),
            );
            const rest = inPlay(all, starts, to, begun) - sum(counts);
            expect({ name, starts, counts: counts.map((count) => count >= 5), rest: isCrowd(rest) }).toEqual({
              name,
              starts,
              counts: counts.map(() => true),
              rest: true,
            });
            seen.parts += rows.length;
          }
          seen.gone += Number(parts.size < 4);
        }
        const filtered = await asked(marketer, 'money', {
          ...daily,
          where: [`${by}=${by === 'city' ? '江城' : '抖音'}`],
        });
        for (const { starts_on: day } of typeof filtered === 'string' ? [] : filtered) {
          const left = all.filter((one) => one[by] === (by === 'city' ? '江城' : '抖音'));
          expect(inPlay(left, String(day), String(day), false)).toBeGreaterThanOrEqual(5);
        }
      }),
      runs(10, 300),
    );
    expect(Math.min(seen.parts, seen.gone)).toBeGreaterThan(5);
  });

  test('no comparison shows a segment that is made of one to four journeys on either side', async () => {
    let compared = 0;
    const [from, to] = [addDays(FIRST, 14), LAST];
    const [before, until] = [FIRST, addDays(FIRST, 13)];
    await fc.assert(
      fc.asyncProperty(manyJourneys, fields, async (all, by) => {
        await load(warehouse, all);
        const sides = { from, to, as_of: AS_OF, compare_from: before, compare_to: until, by };
        for (const name of ['contributions', 'revenue_change', 'reach_change', 'period_change']) {
          const rows = (await rowsFor(name, sides)).filter(
            (one) => typeof one['segment'] === 'string' && one['segment'] !== 'all',
          );
          for (const one of rows) {
            if (one['segment'] === TOO_FEW || one['left_out'] === true || one['term'] === 'left_out')
              continue;
            const own = behind(all, by, one['segment'], rows);
            expect([
              name,
              one['segment'],
              inPlay(own, from, to, false) >= 5,
              inPlay(own, before, until, false) >= 5,
            ]).toEqual([name, one['segment'], true, true]);
            compared += 1;
          }
        }
      }),
      runs(6, 150),
    );
    expect(compared).toBeGreaterThan(5);
  });

  test('no report that she may divide or filter says anything of a value that only two have', async () => {
    const many = Array.from({ length: 24 }, (_, at): Journey => ({
      channel: '抖音',
      city: '江城',
      day: at,
      visit: 1,
      order: at % 3 === 0 ? 2 : null,
    }));
    const two = [3, 17].map((day): Journey => ({ channel: '地推', city: '黄石', day, visit: 0, order: 1 }));
    await load(warehouse, [...many, ...many, ...two]);
    const silent: string[] = [];
    const hers = Object.values(reportSpecs).filter((one) => mayAsk(one, marketer) && one.crowd !== 'fives');
    for (const spec of hers) {
      const names = spec.parameters.map(({ name }) => name);
      const days = {
        from: FIRST,
        to: LAST,
        compare_from: FIRST,
        compare_to: LAST,
        as_of: AS_OF,
        grain: 'week',
        step: spec.parameters.some(({ name, type }) => name === 'step' && type === 'bigint') ? '3' : 'active',
      };
      const fitting = Object.entries(days).filter(([name]) => names.includes(name));
      const question = Object.fromEntries(fitting);
      if (names.includes('by')) {
        const rows = await rowsFor(spec.name, { ...question, by: fieldOf(spec) });
        expect([spec.name, JSON.stringify(rows).includes('地推')]).toEqual([spec.name, false]);
        silent.push(spec.name);
      }
      if (names.includes('where'))
        for (const where of ['channel=地推', 'city=黄石', 'channel=nowhere'])
          expect([
            spec.name,
            await asked(marketer, spec.name, {
              ...question,
              ...(spec.parameters.some(({ kind, optional }) => kind === 'segment' && !optional) && {
                by: 'channel',
              }),
              where,
            }),
          ]).toEqual([spec.name, 'too_few_journeys']);
    }
    expect(silent.length).toBeGreaterThan(12);
  });
});
