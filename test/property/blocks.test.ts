import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContract } from '#lib/funnel/question.ts';
import type { AskedStep, Contract } from '#lib/funnel/question.ts';
import { currentTexts } from '#lib/server/reports/texts.ts';
import { openLaboratory, parametersOf, type Laboratory } from './laboratory.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { studios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const OPENING = /^[ \t]*-- with .*$/gm;

/** Reports with such blocks, by all their parts together. */
const asked = [
  'funnel',
  'funnel_change',
  'funnel_trend',
  'segment_values',
  'time_to_step',
  'week_summary',
  'reconciliation',
  'upsell_ladder',
  'money',
  'funnel_steps',
];

/** What every report with blocks asks for beside the question. */
const rest = { compare: 'previous', grain: 'week', step: 'bought' };

const contract = (name: Contract, value: unknown): string | null => {
  const read = readContract(name, JSON.stringify(value));
  if ('wrong' in read) throw new Error(read.wrong);
  return read.canonical;
};
const BOOKED = [{ field: 'outcome', is: 'booked' }];
const STEPS: AskedStep[] = [
  'lead',
  { kind: 'visit', where: BOOKED, optional: true, within: { n: 3, unit: 'week' } },
  { kind: null, anchored: true },
  'order',
];

/** Funnels of any options, since each of them has blocks. */
const funnels = fc.record({
  steps: fc.subarray(STEPS.slice(1)).map((later) => contract('steps', ['lead', ...later])),
  exclusions: fc.constantFrom(null, contract('exclusions', [{ kind: 'lost', where: [], from: 1, to: 2 }])),
  conditions: fc.constantFrom(null, contract('conditions', [{ field: 'store', known: true }])),
  order: fc.constantFrom('ordered', 'strict', 'unordered', 'anchored'),
  window: fc.constantFrom(1, 90),
  window_unit: fc.constantFrom('day', 'week'),
  tolerance: fc.constantFrom(0, 86400),
  entry: fc.constantFrom('every', 'first', 'first_ever'),
  open: fc.boolean(),
  count: fc.constantFrom('people', 'leads', 'orders', 'totals', 'money'),
  hold: fc.constantFrom(null, 'store', 'staff', 'order', 'journey'),
  attribution: fc.constantFrom('first', 'last', 'step'),
  attribution_step: fc.constantFrom(1, 2),
});

/** The order in which an engine adds floating-point numbers is its own: twelve digits of them are compared. */
function withoutDust(row: object): object {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'number' ? Number(value.toPrecision(12)) : value,
  ]);
  return Object.fromEntries(entries) as object;
}

test('what a statement leaves out for an idle parameter changes no row', async () => {
  const withBlocks = [...currentTexts().reports].filter(([name]) => asked.includes(name));
  expect(withBlocks.filter(([, { body }]) => body.search(OPENING) < 0)).toEqual([]);
  await fc.assert(
    fc.asyncProperty(studios, questions, funnels, async (raw, question, funnel) => {
      await laboratory.load(raw);
      for (const [name, { header, body }] of withBlocks) {
        const given: Record<string, unknown> = {
          ...parametersOf(question),
          ...rest,
          ...funnel,
          view: question.view,
        };
        const params = Object.fromEntries(
          header.parameters.map((parameter) => [parameter.name, given[parameter.name] as string]),
        );
        const whole = await laboratory.query(body.replace(OPENING, ''), params);
        expect((await laboratory.query(body, params)).map(withoutDust), name).toEqual(whole.map(withoutDust));
      }
    }),
    runs(8, 150),
  );
});
