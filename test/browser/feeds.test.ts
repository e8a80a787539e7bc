import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sideways, violations, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

const shared = sampleStudio();
let own: Studio;
let inbox: string;
beforeAll(async () => {
  own = await openStudio(inject('sampleFolder'));
  inbox = join(own.data, 'inbox');
  mkdirSync(inbox);
  const list = join(inbox, 'leads.csv');
  writeFileSync(list, '客资编号,创建时间,渠道\nK1,2026-10-01,抖音\n');
  utimesSync(list, new Date(2026, 9, 2), new Date(2026, 9, 2));
});
afterAll(() => own.end());

test('an owner names a folder, sees what it would bring, and fetches it', async () => {
  const { page, complaints, leave } = await visit(shared.browser, `${own.address}/data/feeds`, {
    locale: 'zh-CN',
    width: 390,
  });
  await page.getByLabel('名称').fill('inbox');
  await page.getByLabel('网址或文件夹').fill(inbox);
  await page.getByRole('button', { name: '保存' }).click();
  const row = page.getByRole('row', { name: /inbox/ });
  await row.getByText('还没取过').waitFor();
  await row.getByRole('button', { name: '试一下' }).click();
  await page.getByRole('status').getByText('抖音').waitFor();
  expect([await violations(page), await sideways(page)]).toEqual([[], 0]);
  await row.getByRole('button', { name: '现在就取' }).click();
  await row.getByText('读到 1 条').waitFor();
  const batches = await own.fetch('/api/reports/batches');
  expect(((await batches.json()) as { rows: object[] }).rows).toMatchObject([
    { source: 'folder', source_name: 'inbox', loaded: 1 },
  ]);

  await page.getByLabel('名称').fill('inside');
  await page.getByLabel('网址或文件夹').fill(`${own.address}/api/reports/batches`);
  await page.getByRole('button', { name: '保存' }).click();
  await page
    .getByRole('row', { name: /inside/ })
    .getByRole('button', { name: '试一下' })
    .click();
  await page.getByRole('alert').getByText('private_address').waitFor();
  expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
  await leave();
});
