import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Asker } from '#lib/server/reports/ask.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { funnelSteps } from '#lib/server/reports.gen.ts';
import type { FunnelStepsRow } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import type { FunnelQuestion, Happening } from '../oracle/step-question.ts';
import { countSteps } from '../oracle/steps.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { runs } from './runs.ts';
import { DAY, HOUR, happenings, load, losses, parametersOf, questions, withPersons } from './walks.ts';

let warehouse: Warehouse;
let asker: Asker;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
  await fill(warehouse, new Map());
  asker = asOwner({ warehouse });
});
afterAll(() => warehouse.close());

const ask = (question: FunnelQuestion) => funnelSteps(asker, parametersOf(question));

const bySegment = (a: { segment: string | null; step_no: number }, b: typeof a) =>
  (a.segment ?? '~').localeCompare(b.segment ?? '~') || a.step_no - b.step_no;

async function agree(events: Happening[], question: FunnelQuestion): Promise<void> {
  const { rows } = await ask(question);
  expect(rows.map(withoutDust).toSorted(bySegment), JSON.stringify(question)).toMatchObject(
    countSteps(events, question).map(withoutDust).toSorted(bySegment),
  );
}

describe('a funnel of any steps', () => {
  test('counts what is counted by hand, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        happenings,
        fc.array(questions, { minLength: 4, maxLength: 4 }),
        async (drawn, asked) => {
          await load(warehouse, drawn);
          const events = withPersons(drawn);
          for (const question of asked) await agree(events, question);
        },
      ),
      runs(12, 2000),
    );
  });

  test('loses whoever was given up, on that day and not before, unless a visit or another journey brings them back', async () => {
    const asked = questions.map((question) => ({
      ...question,
      steps: question.steps.map(({ kind, optional }, at) => ({
        kind: kind ?? (at === 3 ? 'lost' : 'visit'),
        optional,
      })),
      says: undefined,
      exclusions: [],
      window: 30 * DAY,
      until: 5 * DAY,
      end: 5 * DAY,
    }));
    await fc.assert(
      fc.asyncProperty(losses, asked, async (drawn, question) => {
        await load(warehouse, drawn);
        await agree(withPersons(drawn), question);
      }),
      runs(24, 1000),
    );
  });

  test('in order goes the way that comes furthest where steps have limits, and loses nobody who could still go another', async () => {
    const limits = fc.tuple(questions, fc.array(fc.constantFrom(undefined, 8 * HOUR, DAY), { minLength: 3 }));
    const asked = limits.map(([question, withins]) => ({
      ...question,
      steps: question.steps.map(({ kind, optional }, at) => ({
        kind,
        optional,
        within: at > 0 ? withins[at - 1] : undefined,
      })),
      order: 'ordered' as const,
      tolerance: 0,
      window: 30 * DAY,
      exclusions: [],
      says: undefined,
    }));
    await fc.assert(
      fc.asyncProperty(happenings, fc.tuple(asked, asked), async (drawn, both) => {
        await load(warehouse, drawn);
        const events = withPersons(drawn);
        for (const question of both) await agree(events, question);
      }),
      runs(12, 1000),
    );
  });

  test('an optional step puts no other in its place, anchored or not', async () => {
    const events: Happening[] = [{ id: 'events:000', kind: 'c', at: 0, person: 'p', lead: 'p1', says: null }];
    const question: FunnelQuestion = {
      steps: [{ kind: 'a' }, { kind: 'a', optional: true, anchored: true }, { kind: 'c' }],
      exclusions: [],
      order: 'anchored',
      window: DAY,
      tolerance: 0,
      entry: 'every',
      open: false,
      count: 'people',
      hold: false,
      from: 0,
      until: 2 * DAY,
      end: 3 * DAY,
      by: false,
      attribution: 'first',
      attributionStep: 1,
    };
    await load(warehouse, events);
    const { rows } = await ask(question);
    expect(rows.map(withoutDust)).toMatchObject(countSteps(withPersons(events), question).map(withoutDust));
    expect(rows.map(({ people }) => people)).toEqual([1, 0, 0]);
  });

  test('leaves nobody out: fates add up to the entered, segments to the whole, more time never counts fewer, and whoever is lost never arrives', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, questions, async (drawn, question) => {
        await load(warehouse, drawn);
        const { rows: whole } = await ask({ ...question, by: false });
        const { rows: divided } = await ask({ ...question, by: true });
        for (const row of [...whole, ...divided])
          expect(row.step_no > 1 || question.open ? row.people : row.entered).toBe(fates(row));
        for (const row of whole) {
          const parts = divided.filter(({ step_no }) => step_no === row.step_no);
          for (const column of ['people', 'entered', 'converted', 'lost', 'open'] as const)
            expect(parts.reduce((sum, part) => sum + (part[column] ?? 0), 0)).toBe(row[column]);
        }
        if (question.count !== 'totals') {
          const whileYoung = { ...question, by: false, exclusions: [], open: false, end: question.until };
          const [young] = (await ask(whileYoung)).rows;
          const [old] = (await ask({ ...whileYoung, end: 40 * DAY })).rows;
          expect(old?.converted ?? 0).toBeLessThanOrEqual((young?.converted ?? 0) + (young?.open ?? 0));
        }
        const plain = { ...question, by: false, order: 'ordered' as const, exclusions: [], open: false };
        const narrow = await ask(plain);
        const wide = await ask({ ...plain, window: plain.window + DAY });
        for (const [at, { people }] of narrow.rows.entries())
          if (!plain.steps[at]?.optional) expect(wide.rows[at]?.people).toBeGreaterThanOrEqual(people);
      }),
      runs(4, 1000),
    );
  });
});

const fates = ({ converted, lost, open }: FunnelStepsRow) => (converted ?? 0) + (lost ?? 0) + (open ?? 0);

function withoutDust<R extends { average_seconds: number | null }>(row: R): R {
  return {
    ...row,
    average_seconds: row.average_seconds === null ? null : Number(row.average_seconds.toPrecision(9)),
  };
}
