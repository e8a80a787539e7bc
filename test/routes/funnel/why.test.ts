import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '#lib/server/app.ts';
import { projectRoot } from '#lib/server/project.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import { run } from '../../../src/cli/run.ts';
import { askWhy } from '../../../src/routes/funnel/why/answers.server.ts';
import { addressOf, questionIn } from '../../../src/routes/funnel/why/question.ts';
import { whyView } from '../../../src/routes/funnel/why/view.ts';

const lists = ['leads', 'orders'].map((name) =>
  join(projectRoot(), 'test/queries/period_change/simpson', `${name}.csv`),
);

const weeks = { from: '2026-04-06', to: '2026-04-12', compare_from: '2026-03-02', compare_to: '2026-03-08' };

test('page, API and command line say from one link why a figure changed, to the last digit', async () => {
  const data = mkdtempSync(join(tmpdir(), 'seven-steps-why-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const command = (...words: string[]) =>
    run(words, { ...process.env, LANG: 'C', LC_ALL: 'C', SEVENSTEPS_DATA: data });
  await command('import', ...lists);
  const app = await openApp({ data, clock: () => new Date('2026-08-01T02:00:00Z') });
  const asker = asOwner(app);
  const address = addressOf(questionIn(new URLSearchParams(weeks)));
  const question = questionIn(new URLSearchParams(address.split('?')[1]));
  expect(addressOf(question)).toBe(address);
  const answers = await askWhy(asker, question, new AbortController().signal);
  if (!answers) throw new Error('no data');
  expect(answers.rows.length).toBeGreaterThan(1);
  const { csv } = whyView('en', 'CNY', question, answers);
  const given = [...new URLSearchParams(csv.split('?')[1])].filter(([name]) => name !== 'format');
  expect((await askByName(asker, 'period_change', Object.fromEntries(given))).rows).toEqual(answers.rows);
  await app.close();
  const options = given.flatMap(([name, value]) => [`--${name.replaceAll('_', '-')}`, value]);
  const { out } = await command('report', 'period_change', ...options, '--json');
  expect((JSON.parse(out) as { rows: unknown[] }).rows).toEqual(answers.rows);
});
