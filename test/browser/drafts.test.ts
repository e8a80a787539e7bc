import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { draftFiles } from './draft-files.ts';
import type { DraftFiles } from './draft-files.ts';
import { openBrowser, sideways, violations, visit } from './reader.ts';
import { openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

let browser: Browser;
let files: DraftFiles;
let studio: Studio;

beforeAll(async () => {
  [browser, files, studio] = await Promise.all([
    openBrowser(),
    draftFiles(),
    openStudio(inject('sampleFolder')),
  ]);
});
afterAll(async () => {
  await browser.close();
  await studio.end();
  files.remove();
});

const at = (path: string) => studio.address + path;
const staged = () => {
  const folder = join(studio.data, 'staging');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const choose = (page: Page, ...chosen: string[]) =>
  page
    .locator('input[type=file]')
    .setInputFiles(
      chosen.map((file) => ({ name: basename(file), mimeType: '', buffer: readFileSync(file) })),
    );

/** Does something that the page answers by looking at the files again, and waits until it has. */
async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  const answer = page.waitForResponse((response) => response.url().includes('/data/drafts/'));
  await act();
  await answer;
  await page.locator('form:has(h2) button.main').waitFor();
  await expect
    .poll(() => page.locator('main form [role=status]').last().innerText())
    .not.toMatch(/Looking|正在/);
}

async function isClean(page: Page): Promise<void> {
  await page.locator('main:not(.waiting)').waitFor();
  expect(await violations(page), page.url()).toEqual([]);
  expect(await sideways(page), page.url()).toBe(0);
}

test('a till’s file in GB18030 under three lines of its own comes in once its words are explained', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'), { locale: 'zh-CN', width: 390 });
  await choose(page, files.till);
  await page.waitForURL(/drafts/);
  const shown = page.locator('main form');
  await shown.getByText('编码').first().waitFor();
  await isClean(page);
  expect(await page.getByLabel('文字编码').inputValue()).toBe('gb18030');
  expect(await page.getByLabel('表头在').locator('option:checked').innerText()).toContain('进店时间');
  await answered(page, () => page.getByLabel('表的种类').selectOption('visits'));
  await answered(page, () => page.getByLabel(/^编码：当作/).selectOption('visit_id'));
  await answered(page, () => page.getByLabel(/^是否订单：当作/).selectOption('outcome'));
  expect(await shown.innerText()).toContain('不在可选的内容里');
  await answered(page, () => page.getByLabel(/“是”/).selectOption('booked'));
  await answered(page, () => page.getByLabel(/“否”/).selectOption('no_sale'));
  await answered(page, async () => {
    await page.getByLabel('门店', { exact: true }).fill('解放碑');
    await page.getByLabel('门店', { exact: true }).blur();
  });
  expect(await shown.innerText()).toContain('9 条都可以导入');
  await isClean(page);
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.locator('h1', { hasText: '导入完成' }).waitFor();
  await isClean(page);
  expect(staged()).toEqual([]);
  expect(complaints).toEqual([]);
  await leave();
});

test('a workbook of two sheets comes in from the one that holds the list', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'), { colours: 'dark' });
  await choose(page, files.workbook);
  await page.waitForURL(/drafts/);
  const sheet = page.getByLabel('Sheet');
  if ((await sheet.inputValue()) !== '明细') await answered(page, () => sheet.selectOption('明细'));
  expect(await page.getByLabel(/^List/).inputValue()).toBe('leads');
  expect(await page.locator('main form').innerText()).toContain('All 9 records can come in.');
  await isClean(page);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.locator('h1', { hasText: /^Imported$/ }).waitFor();
  expect(await page.locator('main tbody').innerText()).toContain('9');
  expect(complaints).toEqual([]);
  await leave();
});

test('dates that no value decides are asked about with both readings, and not again for the next file', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'));
  await choose(page, files.orders);
  await page.waitForURL(/drafts/);
  const start = page.getByRole('button', { name: 'Import', exact: true });
  expect(await start.isDisabled()).toBe(true);
  await isClean(page);
  expect(await page.getByLabel('Month first: 03/04/2024 is 4 March 2024').isChecked()).toBe(false);
  await answered(page, () => page.getByLabel('Day first: 03/04/2024 is 3 April 2024').check());
  await start.click();
  await page.locator('h1', { hasText: /^Imported$/ }).waitFor();
  expect(await page.locator('main').innerText()).toContain('5 April 2024');
  await page.goto(at('/data'));
  await choose(page, files.orders);
  await page.waitForURL(/drafts/);
  expect(await page.locator('main form').innerText()).toContain('as you decided for the last file');
  expect(await page.getByLabel(/Day first/).isChecked()).toBe(true);
  expect(await start.isEnabled()).toBe(true);
  await page.getByRole('button', { name: /Leave out/ }).click();
  await page.waitForURL(/data$/);
  expect(complaints).toEqual([]);
  await leave();
});

test('an import of which most is rejected is never called done', async () => {
  const { page, leave } = await visit(browser, at('/start'), { locale: 'zh-CN' });
  await choose(page, files.broken);
  await page.waitForURL(/drafts/);
  expect(await page.locator('main form').innerText()).toContain('268 条里有 267 条现在导不进来');
  expect(await page.locator('td.bad').first().innerText()).toContain('不是日期时间');
  await isClean(page);
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.waitForURL(/imports/);
  await page.getByText('没有全部导入：268 条里有 267 条没导入').first().waitFor();
  expect(await page.locator('h1').innerText()).not.toContain('导入完成');
  await leave();
});

describe('files that wait', () => {
  test('are found on the page Data, can be left out, and are gone from the disk then', async () => {
    const { page, leave } = await visit(browser, at('/data'));
    await page.goto(at('/start'));
    await page.getByText('Or paste a table').click();
    await page.locator('textarea').fill('lead_id\tcreated_at\nL1\t2024-03-11\n');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(/drafts/);
    expect(await page.locator('main form').innerText()).toContain('All 1 records can come in.');
    expect(staged()).toHaveLength(1);
    await page.goto(at('/start'));
    await page.getByRole('link', { name: 'pasted.csv' }).click();
    await page.waitForURL(/drafts/);
    await page.getByRole('button', { name: /Leave out/ }).click();
    await page.waitForURL(/data$/);
    expect(staged()).toEqual([]);
    await leave();
  });
});

describe('without scripts', () => {
  test('dates are asked about and files come in by forms alone', async () => {
    const { page, leave } = await visit(browser, at('/start'), { script: false });
    const buffer = readFileSync(files.orders);
    await page.locator('input[type=file]').setInputFiles({ name: 'tour.csv', mimeType: '', buffer });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    expect(await page.locator('[role=alert]').innerText()).toContain('still open');
    await page.getByLabel('Day first: 03/04/2024 is 3 April 2024').check();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    expect(await page.locator('h1').innerText()).toBe('Imported');
    await leave();
  });
});
