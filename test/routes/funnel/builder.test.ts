import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Draft, DraftCondition } from '#lib/funnel/draft.ts';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { asOwner, MACHINE } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import { funnelStanding } from '#lib/server/reports.gen.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { projectRoot } from '#lib/server/project.ts';
import { run } from '../../../src/cli/run.ts';
import { askBuilder } from '../../../src/routes/funnel/builder/answers.server.ts';
import { addressOfForm } from '../../../src/routes/funnel/builder/form.ts';
import { addressOf, askedOf, questionIn } from '../../../src/routes/funnel/builder/question.ts';
import { builderView } from '../../../src/routes/funnel/builder/view.ts';

const queryOf = (address: string) => new URLSearchParams(address.split('?')[1] ?? '');

describe('the address of the funnel builder', () => {
  const text = fc.stringMatching(/^[a-z一-龥&=|"][a-z ]{0,6}[a-z]$/);
  const condition: fc.Arbitrary<DraftCondition> = fc.oneof(
    fc.record({
      field: text,
      op: fc.constantFrom('is', 'is_not'),
      values: fc.array(text, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      field: text,
      op: fc.constantFrom('more', 'less'),
      values: fc.integer().map((n) => [String(n)]),
    }),
    fc.record({ field: text, op: fc.constantFrom('known', 'unknown'), values: fc.constant<string[]>([]) }),
  );
  const where = fc.array(condition, { maxLength: 3 });
  const kind = fc.oneof(fc.constant('*'), text);
  const step = fc.record({
    kind,
    name: fc.option(text),
    where,
    within: fc.option(
      fc.record({ n: fc.integer({ min: 1, max: 99 }), unit: fc.constantFrom('hour', 'day') }),
    ),
    optional: fc.boolean(),
    anchored: fc.boolean(),
  });
  const draft: fc.Arbitrary<Draft> = fc.record({
    steps: fc
      .array(step, { minLength: 2, maxLength: 5 })
      .map(([first, ...rest]) => [{ ...first!, optional: false }, ...rest]),
    exclusions: fc.array(fc.record({ kind, where, from: fc.constant(1), to: fc.constant(2) }), {
      maxLength: 2,
    }),
    conditions: where,
  });

  test('says every funnel so that it is read again, and written the same', () => {
    fc.assert(
      fc.property(draft, (given) => {
        const address = addressOf({
          ...questionIn(new URLSearchParams()),
          ...given,
          toStep: given.steps.length,
        });
        const read = questionIn(queryOf(address));
        const plain = ({ steps, exclusions, conditions }: Draft) =>
          JSON.stringify({ steps, exclusions, conditions }, (name, value: unknown) =>
            ['no', 'conditioned', 'shared'].includes(name) ? undefined : value,
          );
        expect(JSON.parse(plain(read))).toEqual(JSON.parse(plain(given)));
        expect(addressOf(read)).toBe(address);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['', '/funnel/builder'],
    ['s1.kind=lead&s2.kind=visit&do=add:order', '/funnel/builder'],
    ['s1.kind=lead&s2.kind=visit&s3.kind=order&do=up:3', '["lead","order","visit"]'],
    ['s1.kind=lead&s2.kind=visit&s2.optional=on&do=off:1', '["visit"]'],
    ['s1.kind=lead&s2.kind=visit&s3.kind=order&attribution_step=3&do=off:2', '["lead","order"]'],
    [
      's1.kind=lead&s2.kind=visit&s2.c1.field=type&s2.c1.op=is&s2.c1.value=a | b',
      '["lead",{"kind":"visit","where":[{"field":"type","is":["a","b"]}]}]',
    ],
    [
      's1.kind=lead&s2.kind=visit&s2.c1.field=type&s2.c1.op=is&s2.c1.value=',
      '["lead",{"kind":"visit","where":[{"field":"type","known":true}]}]',
    ],
  ])('is what the form means that was sent without script: %s', (form, wanted) => {
    const address = addressOf(
      questionIn(queryOf(form === '' ? '' : addressOfForm(new URLSearchParams(form)))),
    );
    expect(address.startsWith('/funnel/builder') && (queryOf(address).get('steps') ?? address)).toBe(wanted);
  });
});

describe('a funnel', () => {
  let data: string;
  let app: App;
  const lists = ['leads', 'visits', 'orders'].map((name) =>
    join(projectRoot(), 'test/queries/funnel_steps/three-steps-and-their-fates', `${name}.csv`),
  );
  const steps = ['lead', { kind: 'visit', where: [{ field: 'type', is: 'consult' }] }, 'order'];
  const asked = {
    steps: JSON.stringify(steps),
    from: '2026-03-01',
    to: '2026-03-31',
    as_of: '2026-04-05',
    window: '30',
  };
  /** The command line on these data, which nothing else may hold open. */
  const command = (...words: string[]) =>
    run(words, { ...process.env, LANG: 'C', LC_ALL: 'C', SEVENSTEPS_DATA: data });
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'seven-steps-builder-'));
    await command('import', ...lists);
    app = await openApp({ data, clock: () => new Date('2026-04-06T02:00:00Z') });
  });
  afterAll(() => {
    rmSync(data, { recursive: true, force: true });
  });

  test('gives page, API, command line and whoever opens its saved link the same, to the last digit', async () => {
    if (MACHINE.kind !== 'person') throw new Error('The machine is nobody.');
    const { signal } = new AbortController();
    const asker = asOwner(app);
    const { address } = app.views.save(MACHINE, {
      name: 'ours',
      address: addressOf(questionIn(new URLSearchParams({ ...asked, by: 'channel' }))),
      isShared: true,
    });
    const question = questionIn(queryOf(address));
    const answers = await askBuilder(asker, 'en', question, signal);
    if (!answers?.results) throw new Error(answers?.refused?.message ?? 'no data');
    const view = builderView('en', { currency: 'CNY', zone: 'Asia/Shanghai' }, question, answers);
    const { csv, standing } = { csv: view.csv, standing: questionIn(queryOf(view.standing)) };
    const list = { ...askedOf(standing, answers.days), step_no: standing.at, limit: 100_000 };
    const { rows: standingRows } = await funnelStanding(asker, list);
    const shown = {
      funnel_steps: [csv.steps, answers.results.steps],
      funnel_segments: [csv.segments, answers.results.segments],
      funnel_step_times: [csv.times, answers.results.times],
      funnel_survival: [csv.curve, answers.results.curve],
      funnel_survival_comparison: [csv.curve, answers.results.compared],
      funnel_drivers: [csv.drivers, answers.results.drivers],
      funnel_next: [csv.paths, answers.results.paths],
      funnel_standing: [reportLink('funnel_standing', list, 'csv'), standingRows],
    } as const;
    const asks = Object.entries(shown).map(([report, [link, rows]]) => {
      const given = [...queryOf(link)].filter(([name]) => name !== 'format');
      return { report, given, rows };
    });
    for (const { report, given, rows } of asks) {
      expect(rows?.length, report).toBeGreaterThan(0);
      expect((await askByName(asker, report, Object.fromEntries(given))).rows, report).toEqual(rows);
    }
    await app.close();
    for (const { report, given, rows } of asks) {
      const options = given.flatMap(([name, value]) => [`--${name.replaceAll('_', '-')}`, value]);
      const { out } = await command('report', report, ...options, '--json');
      expect((JSON.parse(out) as { rows: unknown[] }).rows, report).toEqual(rows);
    }
    expect(answers.results.trend.reduce((sum, row) => sum + row.people, 0)).toBe(
      answers.results.steps.reduce((sum, row) => sum + row.people, 0),
    );
    expect(askedOf(question, answers.days)).toMatchObject({
      window: 30,
      from: '2026-03-01',
      to: '2026-03-31',
    });
    expect(view.results?.bars.rows.map(({ people }) => people.text)).toEqual(['4', '3', '1']);
    expect(view.results?.curve?.curves, 'fewer than 30 are no curve').toBeNull();
    expect(view.results?.curve?.rows.map(({ people, rate }) => [people.text, rate])).toEqual([
      ['2', null],
      ['2', null],
    ]);
  });
});
