import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sideways, violations, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

const shared = sampleStudio();

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio(inject('sampleFolder'));
  const customers = join(studio.data, 'customers.csv');
  writeFileSync(
    customers,
    `customer_id,name,phone,partner_phone,city
C1,王小雪,13800001111,13900002222,Suzhou
C2,李明,13900002222,,Suzhou
C3,王小雪,13700003333,,Suzhou
C4,陈静,13600004444,,Hangzhou`,
  );
  await studio.command('import', customers);
});
afterAll(() => studio.end());

test('two who may be one are looked at, decided on and undone, on a phone and without scripts', async () => {
  const { page, leave } = await visit(shared.browser, `${studio.address}/clients/matches`, {
    width: 390,
    script: false,
  });
  const main = () => page.locator('main').innerText();
  expect(await main()).toContain('139****2222');
  expect(await main()).not.toContain('13900002222');
  expect(await main()).toContain('a couple with two telephones');
  await page.getByRole('button', { name: 'Same client' }).click();
  await page.getByText('They are one client now.').waitFor();
  expect(await main()).toMatch(/Same client[\s\S]*王\*\*[\s\S]*李\*[\s\S]*holds/);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByText('The decision is undone').waitFor();
  expect(await main()).toContain('Nothing has been decided by hand yet.');
  await leave();
});

test('the page of matches reads well on a phone', async () => {
  const { page, complaints, leave } = await visit(shared.browser, `${studio.address}/clients/matches`, {
    width: 390,
  });
  expect([await violations(page), await sideways(page), complaints]).toEqual([[], 0, []]);
  await leave();
});
