import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
];

/** What every report with blocks asks for beside the question. */
const rest = { compare: 'previous', grain: 'week', step: 'bought' };

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
    fc.asyncProperty(studios, questions, async (raw, question) => {
      await laboratory.load(raw);
      for (const [name, { header, body }] of withBlocks) {
        const given: Record<string, unknown> = { ...parametersOf(question), ...rest, view: question.view };
        const params = Object.fromEntries(
          header.parameters.map((parameter) => [parameter.name, given[parameter.name] as string]),
        );
        const whole = await laboratory.query(body.replace(OPENING, ''), params);
        expect((await laboratory.query(body, params)).map(withoutDust), name).toEqual(whole.map(withoutDust));
      }
    }),
    runs(15, 150),
  );
});
