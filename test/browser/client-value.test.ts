import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { simulatedOrders } from '../lib/stats/simulated-orders.ts';
import { sideways, violations, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

const shared = sampleStudio();

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio(inject('sampleFolder'));
  const orders = join(studio.data, 'orders.csv');
  writeFileSync(orders, simulatedOrders(600));
  await studio.command('import', orders);
});
afterAll(() => studio.end());

test('the page of client value lists who may bring most, each with intervals, on a phone and without scripts', async () => {
  const { page, leave } = await visit(shared.browser, `${studio.address}/clients/value`, {
    width: 390,
    script: false,
  });
  const rows = page.locator('section[aria-labelledby=clients] tbody tr');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(50);
  const answer = await studio.fetch('/api/reports/client_values?limit=50');
  const told = (await answer.json()) as { rows: { customer_id: string; all_rows: number }[] };
  expect(await rows.locator('th a').allInnerTexts()).toEqual(told.rows.map(({ customer_id }) => customer_id));
  expect(await rows.first().innerText()).toMatch(/%[\s\S]*\d–[\s\S]*¥[\d,]+–¥[\d,]+/);
  const parameters = page.locator('section[aria-labelledby=fit] tbody th');
  expect(await parameters.allInnerTexts()).toEqual(['r', 'α', 'a', 'b', 'p', 'q', 'v']);
  expect(await sideways(page)).toBe(0);
  await leave();
});

test('the page of client value says what the model would have foretold a while ago, as the reports do', async () => {
  const { page, leave } = await visit(shared.browser, `${studio.address}/clients/value`, { script: false });
  const held = page.locator('section[aria-labelledby=held]');
  await held.waitFor();
  const csv = await held.getByRole('link', { name: 'CSV' }).getAttribute('href');
  const asked = new URL(csv ?? '', studio.address).searchParams;
  asked.delete('format');
  const groups = await studio.fetch(`/api/reports/holdout_expectations?${asked.toString()}`);
  const told = (await groups.json()) as { rows: { clients: number; expected_per_client: number }[] };
  const shown = await held.locator('table').first().locator('tbody tr').allInnerTexts();
  expect(shown.map((line) => line.split(/\s*\t\s*/u)[1])).toEqual(
    told.rows.map(({ clients }) => clients.toLocaleString('en')),
  );
  expect(told.rows.every(({ expected_per_client: expected }) => expected > 0)).toBe(true);
  expect(await held.innerText()).toMatch(/[\d,]+ repeat orders were expected, and [\d,]+ came/);
  expect(await held.locator('svg path.came').getAttribute('d')).toMatch(/^M[\d. L]+$/);
  await leave();
});

test('the list of clients is open to everybody who may see it, by whatever means they read', async () => {
  const { page, complaints, leave } = await visit(shared.browser, `${studio.address}/clients/value`);
  expect(await violations(page)).toEqual([]);
  await page.locator('section[aria-labelledby=clients] tbody a').first().click();
  await page.waitForURL(/\/customers\//);
  expect(complaints).toEqual([]);
  await leave();
});

test('where the orders carry no fit the page says why, and expects nothing of anybody', async () => {
  const { page, complaints, leave } = await visit(shared.browser, `${shared.address}/clients/value`);
  expect(await page.locator('section[aria-labelledby=fit]').innerText()).toContain('nothing is estimated');
  expect(await page.locator('section[aria-labelledby=clients]').count()).toBe(0);
  await page.getByRole('link', { name: 'Who comes back' }).click();
  await page.waitForURL(/\/clients$/);
  expect(complaints).toEqual([]);
  await leave();
});
