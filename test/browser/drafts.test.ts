import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { answered, choose, isClean } from './drafting.ts';
import { draftFiles } from './draft-files.ts';
import type { DraftFiles } from './draft-files.ts';
import { withoutScripts } from './drafts-without-scripts.ts';
import { looked } from './looked.ts';
import { openBrowser, visit } from './reader.ts';
import { openStudio, OWNER } from './studio.ts';
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
test('a till’s file in GB18030 under three lines of its own comes in once its words are explained', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'), { locale: 'zh-CN', width: 390 });
  await choose(page, files.till);
  await looked(page);
  const shown = page.locator('main form:has(h2)');
  await isClean(page);
  expect(await page.getByLabel('文字编码').inputValue()).toBe('gb18030');
  expect(await page.getByLabel('表头在').locator('option:checked').textContent()).toContain('进店时间');
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
  const history = await studio.fetch('/api/reports/batches');
  expect(await history.json()).toMatchObject({
    rows: expect.arrayContaining([
      expect.objectContaining({ file: basename(files.till), imported_by: OWNER.name }),
    ]),
  });
  expect(staged()).toEqual([]);
  expect(complaints).toEqual([]);
  await leave();
});

test('a workbook comes in sheet by sheet; one that is left out is named before and after', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'), { locale: 'zh-CN' });
  await choose(page, files.lists);
  await looked(page);
  const shown = page.locator('main form:has(.go)');
  expect(await page.locator('form:has(.go) h2').allInnerTexts()).toEqual([
    expect.stringContaining('四月.xlsx · 客资'),
    expect.stringContaining('四月.xlsx · 进店'),
  ]);
  expect(await shown.innerText()).toMatch(/四月\.xlsx 里不导入的：\s*工作表 说明（1 行）/);
  await isClean(page);
  await answered(page, () => page.getByRole('button', { name: '不导入 四月.xlsx · 进店' }).click());
  expect(await shown.innerText()).toMatch(/工作表 进店（2 行）/);
  await answered(page, () => page.getByRole('button', { name: '也导入 工作表 进店（2 行）' }).click());
  await looked(page);
  await answered(page, () => page.getByRole('button', { name: '不导入 四月.xlsx · 客资' }).click());
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.locator('h1', { hasText: '导入完成' }).waitFor();
  expect(await page.locator('main').innerText()).toContain(
    '四月.xlsx 里没有导入：工作表 说明（1 行）、工作表 客资（3 行）。',
  );
  await isClean(page);
  expect(complaints).toEqual([]);
  await leave();
});

test('a workbook of two sheets comes in from the one that holds the list', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'), { colours: 'dark' });
  await choose(page, files.workbook);
  await looked(page);
  expect(await page.getByLabel(/^List/).inputValue()).toBe('leads');
  expect(await page.locator('main form:has(h2)').innerText()).toContain('All 9 records can come in.');
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
  await looked(page);
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
  await looked(page);
  expect(await page.locator('main form:has(h2)').innerText()).toContain('as you decided for the last file');
  expect(await page.getByLabel(/Day first/).isChecked()).toBe(true);
  expect(await start.isEnabled()).toBe(true);
  await page.getByRole('button', { name: /Leave out/ }).click();
  await page.waitForURL(/data$/);
  expect(complaints).toEqual([]);
  await leave();
});

test('lines of orders are multiplied, left out and added up by clicking, and come in as was foretold', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'));
  await choose(page, files.lines);
  await looked(page);
  const shown = page.locator('main form:has(h2)');
  await answered(page, () => page.getByLabel('Column for order amount').selectOption({ label: 'UnitPrice' }));
  expect(await shown.innerText()).toContain('4 records have the same order id as a later one');
  await answered(page, () =>
    page.getByLabel('order amount is multiplied by').selectOption({ label: 'Quantity' }),
  );
  await answered(page, () => page.getByLabel('add up “order amount” into one record').check());
  const rule = (at: number, part: string) => page.locator(`[name$="rule.${at}.${part}"]`);
  await answered(page, () => rule(0, 'column').selectOption({ label: 'Quantity' }));
  await answered(page, () => rule(0, 'is').selectOption({ label: 'is more than' }));
  expect(await shown.innerText()).toContain('Fill in a number.');
  await answered(page, async () => {
    await rule(0, 'value').fill('0');
    await rule(0, 'value').blur();
  });
  await answered(page, () => rule(1, 'column').selectOption({ label: 'CustomerID' }));
  await isClean(page);
  const outcome = await page.locator('.outcome').innerText();
  expect(outcome).toContain('3 lines do not meet the conditions and are left out.');
  expect(outcome).toContain('3 lines are added to another line of the same record.');
  expect(outcome).toContain('Orders: 2 records come in');
  expect(outcome).toContain('order amount: ¥32.05 in all');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.locator('h1', { hasText: /^Imported$/ }).waitFor();
  await isClean(page);
  const [row] = await page.locator('main tbody tr').allInnerTexts();
  expect(row?.split(/\s+/).slice(-6)).toEqual(['8', '2', '0', '0', '3', '3']);
  expect(complaints).toEqual([]);
  await leave();
});

test('a choice of how a file is read can be taken back, and a file be added and left out', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'), { locale: 'zh-TW', width: 390 });
  await choose(page, files.till);
  await looked(page);
  await page.locator('summary', { hasText: '讀取方式' }).click();
  const below = page.getByLabel('表格下方');
  expect(await below.inputValue()).toBe('1');
  await answered(page, () => below.selectOption('0'));
  expect(await below.inputValue()).toBe('0');
  await isClean(page);
  await answered(page, () => below.selectOption({ label: '改回自動判斷' }));
  expect(await below.inputValue()).toBe('1');
  await choose(page, files.orders);
  await page.getByRole('heading', { name: 'orders.csv' }).waitFor();
  await looked(page);
  await isClean(page);
  await page.getByRole('button', { name: /进店/ }).click();
  await expect.poll(() => page.locator('form:has(.go) h2').count()).toBe(1);
  await page.locator('form:has(.go) button[formaction="?/leave"]').click();
  await page.waitForURL(/data$/);
  expect(complaints).toEqual([]);
  await leave();
});

test('both lists of an archive come in, and what was decided about them can be read and forgotten', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'), {
    locale: 'zh-CN',
    width: 390,
    colours: 'dark',
  });
  await choose(page, files.archive);
  await looked(page);
  expect(await page.locator('form:has(.go) h2').allInnerTexts()).toEqual([
    expect.stringContaining('三月.zip/客资.csv'),
    expect.stringContaining('三月.zip/进店.csv'),
  ]);
  await isClean(page);
  await answered(page, async () => {
    await page.getByLabel('门店', { exact: true }).first().fill('解放碑');
    await page.getByLabel('门店', { exact: true }).first().blur();
  });
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.locator('h1', { hasText: '导入完成' }).waitFor();
  await page.goto(at('/data'));
  await page.getByRole('link', { name: /^记住的对应/ }).click();
  await page.waitForURL(/mappings/);
  const decided = page.locator('main section', { hasText: '客资.csv' });
  expect(await decided.innerText()).toContain('录入时间');
  await isClean(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    decided.getByRole('link', { name: '下载' }).click(),
  ]);
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({
    lists: [{ table: 'leads' }],
  });
  await decided.getByRole('button', { name: '忘掉 客资.csv 的对应' }).click();
  await expect.poll(() => decided.count()).toBe(0);
  expect(complaints).toEqual([]);
  await leave();
});

test('an import of which most is rejected is never called done', async () => {
  const { page, leave } = await visit(browser, at('/start'), { locale: 'zh-CN' });
  await choose(page, files.broken);
  await looked(page);
  expect(await page.locator('main form:has(h2)').innerText()).toContain('268 条里有 267 条现在导不进来');
  expect(await page.locator('td.bad').first().innerText()).toContain('不是日期时间');
  await isClean(page);
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.waitForURL(/imports/);
  await page.getByText('没有全部导入：268 条里有 267 条没导入').first().waitFor();
  expect(await page.locator('h1').innerText()).not.toContain('导入完成');
  await leave();
});

test('what standing orders would lose is asked in bold, imported once it is agreed to, and found on the page of the batch', async () => {
  const { page, complaints, leave } = await visit(browser, at('/start'), { locale: 'zh-CN', width: 390 });
  const paste = async (text: string) => {
    await page.goto(at('/start'));
    await page.getByText('或者直接粘贴表格').click();
    await page.locator('textarea').fill(text);
    await page.getByRole('button', { name: '下一步' }).click();
    await looked(page);
  };
  const bring = page.getByRole('button', { name: '导入', exact: true });
  await paste('订单号\t下单时间\t金额\t状态\nX1\t2024-03-11\t10\t已取消\nX2\t2024-03-11\t20\t\n');
  await bring.click();
  await page.locator('h1', { hasText: '导入完成' }).waitFor();
  await paste('订单号\t下单时间\t金额\nX1\t2024-03-11\t10\nX3\t2024-03-12\t30\n');
  await page.locator('legend.open', { hasText: '照样导入吗' }).waitFor();
  expect(await page.locator('main').innerText()).toContain('状态：1 条现有记录会变回“有效”');
  expect(await page.locator('main').innerText()).toMatch(/新增 1 条\s+更新 1 条/);
  expect(await bring.isDisabled()).toBe(true);
  await isClean(page);
  await answered(page, () => page.getByRole('checkbox', { name: /照样导入/ }).check());
  await expect.poll(() => bring.isDisabled()).toBe(false);
  await bring.click();
  await page.locator('h1', { hasText: '导入完成' }).waitFor();
  await page.getByRole('link', { name: '在现有记录里变空了：状态（1 条）' }).click();
  await page
    .getByRole('row', { name: /文件里没有“状态”这一列，变回“有效”/ })
    .getByRole('link')
    .click();
  await page.getByRole('cell', { name: 'X1' }).waitFor();
  expect(complaints).toEqual([]);
  await leave();
});

describe('files that wait', () => {
  test('are found on the page Data, can be left out, and are gone from the disk then', async () => {
    const { page, leave } = await visit(browser, at('/data'));
    await page.goto(at('/start'));
    await page.getByText('Or paste a table').click();
    await page.locator('textarea').fill('lead_id\tcreated_at\nL1\t2024-03-11\n');
    await page.getByRole('button', { name: 'Continue' }).click();
    await looked(page);
    expect(await page.locator('main form:has(h2)').innerText()).toContain('All 1 records can come in.');
    expect(staged()).toHaveLength(1);
    await page.goto(at('/start'));
    await page.getByRole('link', { name: 'pasted.csv' }).click();
    await looked(page);
    await page.getByRole('button', { name: /Leave out/ }).click();
    await page.waitForURL(/data$/);
    expect(staged()).toEqual([]);
    await leave();
  });
});

withoutScripts(() => ({ browser, files, start: at('/start') }));
