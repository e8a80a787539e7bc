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
C4,陈静,13600004444,,Hangzhou
C5,林静,13500005555,,Wuxi`,
  );
  const leads = join(studio.data, 'leads.csv');
  writeFileSync(
    leads,
    `lead_id,created_at,customer_id,referrer_customer_id,customer_name,phone
L1,2026-01-05,C5,C4,,
L2,2026-03-01,,,周末,13500005555`,
  );
  const orders = join(studio.data, 'orders.csv');
  writeFileSync(orders, 'order_id,ordered_at,amount,lead_id\nO1,2026-03-20,4664.50,L2\n');
  await studio.command('import', customers, leads, orders);
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

test('the file of a client shows everybody in it on one line of time, and opening it is noted for each', async () => {
  const { page, complaints, leave } = await visit(shared.browser, `${studio.address}/customers/L%3AL2`, {
    width: 390,
  });
  const main = () => page.locator('main').innerText();
  expect(await main()).not.toContain('周末');
  await page.getByLabel('Reason').fill('calls back about the viewing');
  await page.getByRole('button', { name: 'Open the file' }).click();
  await page.getByRole('heading', { name: 'One client in your lists' }).waitFor();
  expect(await main()).toMatch(/林静[\s\S]*周末/);
  await page.getByRole('group', { name: /From 5 January 2026 to 20 March 2026/ }).waitFor();
  expect(await main()).toMatch(/Brought by\s*C4/);
  expect([await violations(page), await sideways(page), complaints]).toEqual([[], 0, []]);
  await page.goto(`${studio.address}/access-log`);
  const lines = await page.locator('tbody tr').allInnerTexts();
  expect(lines).toHaveLength(2);
  for (const [at, key] of ['C5', 'L2'].entries())
    expect(lines[at]).toMatch(new RegExp(`opened[\\s\\S]*${key}|${key}[\\s\\S]*opened`));
  await leave();
});

test('the page of matches reads well on a phone', async () => {
  const { page, complaints, leave } = await visit(shared.browser, `${studio.address}/clients/matches`, {
    width: 390,
  });
  expect([await violations(page), await sideways(page), complaints]).toEqual([[], 0, []]);
  await leave();
});
