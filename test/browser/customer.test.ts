import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sideways, violations, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

const shared = sampleStudio();

let studio: Studio;
let leads: string;
beforeAll(async () => {
  studio = await openStudio(inject('sampleFolder'));
  leads = join(studio.data, 'leads.csv');
  writeFileSync(
    leads,
    `lead_id,created_at,store,customer_id,customer_name,phone
L1,2026-03-01,东店,C1,<b>王小雪</b>,13800001111
L2,2026-03-02,西店,C2,李明,13900002222`,
  );
  const orders = join(studio.data, 'orders.csv');
  writeFileSync(orders, 'order_id,ordered_at,amount,lead_id\nO1,2026-03-05,4664.50,L1\n');
  await studio.command('import', leads, orders);
});
afterAll(() => studio.end());

test('a file asks why, shows what is held, is noted, and whoever is erased stays so', async () => {
  const { page, complaints, leave } = await visit(shared.browser, `${studio.address}/customers`, {
    width: 390,
  });
  const main = () => page.locator('main').innerText();
  await page.getByRole('textbox').fill('138 0000 1111');
  await page.getByRole('button', { name: 'Look up' }).click();
  const found = page.getByRole('link', { name: '<**' });
  await found.waitFor();
  expect(await main()).toContain('138****1111');
  await found.click();
  await page.getByLabel('Reason').waitFor();
  expect(await main()).not.toContain('王小雪');
  expect((await studio.fetch('/customers/C%3AC1/file.json')).status).toBe(409);
  const unopened = await studio.fetch('/customers/C%3AC1/erase', { redirect: 'manual' });
  expect([unopened.status, unopened.headers.get('location')]).toEqual([303, '/customers/C%3AC1']);

  await page.getByLabel('Reason').fill('calls back about the viewing');
  await page.getByRole('button', { name: 'Open the file' }).click();
  await page.getByRole('heading', { name: '<b>王小雪</b>' }).waitFor();
  expect(await main()).toMatch(/13800001111[\s\S]*O1[\s\S]*4,664\.50/);
  expect([await violations(page), await sideways(page)]).toEqual([[], 0]);
  expect(await main()).toMatch(
    /B Growth\s+since [\s\S]*A Acquisition, [\s\S]*at least 100 clients with orders/,
  );
  await page.getByRole('link', { name: /^Orders, / }).click();
  const target = page.locator('li:target');
  expect(await target.innerText()).toMatch(/O1[\s\S]*4,664\.50/);
  const download = await studio.fetch('/customers/L%3AL1/file.json');
  expect(await download.json()).toMatchObject({
    customer: 'C:C1',
    records: [{ list: 'leads', fields: { phone: '13800001111' } }, { list: 'orders' }],
  });

  await page.getByRole('link', { name: 'Erase this customer' }).click();
  await page.getByLabel('On whose request').fill('by letter of 20 March');
  await page.getByLabel('To confirm, type C1').fill('C2');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('Nothing was erased');
  expect([await violations(page), await sideways(page)]).toEqual([[], 0]);
  await page.getByLabel('To confirm, type C1').fill('C1');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await page.getByRole('heading', { name: '∅' }).waitFor();
  expect(await main()).toMatch(/O1[\s\S]*4,664\.50/);

  const again = JSON.parse(await studio.command('import', leads, '--json')) as object[];
  expect(again).toMatchObject([{ read: 2, unchanged: 1, suppressed: 1 }]);
  await page.reload();
  expect(await page.content()).not.toMatch(/王小雪|13800001111/);

  await page.goto(`${studio.address}/access-log`);
  expect(await page.locator('tbody tr').allInnerTexts()).toMatchObject([
    expect.stringMatching(/Owner[\s\S]*erased[\s\S]*by letter of 20 March/),
    expect.stringMatching(/Owner[\s\S]*downloaded/),
    expect.stringMatching(/Owner[\s\S]*opened[\s\S]*calls back about the viewing/),
  ]);
  expect([await violations(page), await sideways(page)]).toEqual([[], 0]);
  expect(complaints.filter((complaint) => !complaint.includes('409'))).toEqual([]);
  await leave();
});
