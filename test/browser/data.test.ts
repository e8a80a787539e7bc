import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { APIResponse, Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { dataLists } from './data-lists.ts';
import type { DataLists } from './data-lists.ts';
import { drop } from './dropping.ts';
import { looked } from './looked.ts';
import { openBrowser, sideways, violations, visit } from './reader.ts';
import { openStudio, signedIn } from './studio.ts';
import type { Studio } from './studio.ts';

let browser: Browser;
let lists: DataLists;
let studio: Studio;

beforeAll(async () => {
  browser = await openBrowser();
  lists = dataLists();
});
afterAll(async () => {
  await browser.close();
  lists.remove();
});
beforeEach(async () => {
  studio = await openStudio(inject('sampleFolder'));
});
afterEach(() => studio.end());

const at = (path: string) => studio.address + path;
const heading = (page: Page) => page.locator('h1').innerText();
const staged = () => {
  const folder = join(studio.data, 'staging');
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** What a page must never break, wherever a reader stands. */
async function isClean(page: Page): Promise<void> {
  await page.locator('main:not(.waiting)').waitFor();
  expect(await violations(page), page.url()).toEqual([]);
  expect(await sideways(page), page.url()).toBe(0);
}

const readers = [
  {
    who: 'on a desk, in English',
    reader: { width: 1280 },
    words: {
      start: 'Start with my data',
      import: 'Import',
      week: 'See the week',
      data: 'Data',
      taken: 'taken as',
      list: 'List',
    },
    weeks: ['11–17 March 2024', '18–24 March 2024'],
    reasons: ['is not a date or time', 'is empty but needed'],
  },
  {
    who: 'on a phone, in Chinese',
    reader: { locale: 'zh-CN', width: 390 },
    words: {
      start: '换成我自己的数据',
      import: '导入',
      week: '看本周',
      data: '数据',
      taken: '当作',
      list: '表的种类',
    },
    weeks: ['2024年3月11–17日', '2024年3月18–24日'],
    reasons: ['不是日期时间', '必填，但是空的'],
  },
] as const;

describe.each(readers)('an owner $who', ({ reader, words, weeks, reasons }) => {
  test('drops lists, says what their columns are, sees what was rejected, and the week has changed', async () => {
    const { page, complaints, leave } = await visit(browser, studio.address, reader);
    const start = () => page.getByRole('button', { name: words.import, exact: true });

    await page.getByRole('link', { name: words.start }).click();
    await page.waitForURL(/start/);
    await isClean(page);
    await drop(page, lists.leads);
    await looked(page);
    await isClean(page);
    await start().click();
    await page.getByRole('link', { name: words.week }).click();
    await page.waitForURL(studio.address);
    await expect.poll(() => heading(page)).toBe(weeks[0]);
    expect(await page.locator('.sample').count()).toBe(0);

    await page.getByRole('link', { name: words.data, exact: true }).click();
    await page.waitForURL(/data$/);
    await drop(page, lists.odd, lists.orders);
    await looked(page);
    expect(await start().isDisabled()).toBe(true);
    await isClean(page);
    const taken = (header: string) => page.getByLabel(new RegExp(`^${header}.*${words.taken}`));
    await page
      .getByLabel(new RegExp(`^${words.list}`))
      .first()
      .selectOption('leads');
    await taken('编码').selectOption('lead_id');
    await taken('进来').selectOption('created_at');
    await expect.poll(() => start().isEnabled()).toBe(true);
    expect(await taken('渠道').first().inputValue()).toBe('channel');
    expect(await taken('备注').inputValue()).toBe('');
    await start().click();

    const rejected = page.locator('a[href$="#rejects"]');
    await rejected.waitFor();
    await isClean(page);
    await rejected.click();
    await page.waitForURL(/batches/);
    const table = page.locator('#rejects table');
    for (const reason of reasons) expect(await table.innerText()).toContain(reason);
    expect(await table.locator('tbody tr').count()).toBe(2);
    await isClean(page);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[href$="rejects.csv"]').click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toContain(`15,进来,${reasons[0]},"K-x,下周,小红书,江北店,""=HYPERLINK(""""a"""")"""`);
    expect(text).toContain(`16,编码,${reasons[1]},",2024-03-19 10:00:00,抖音,江北店,\\u001b[31m"`);

    await page.goto(studio.address);
    expect(await heading(page)).toBe(weeks[1]);
    expect(await page.locator('.steps').innerText()).toContain('14');
    await page.goto(at('/data'));
    expect(await page.locator('#history tbody tr').count()).toBe(3);
    await isClean(page);
    expect(staged()).toEqual([]);
    expect(complaints).toEqual([]);
    await leave();
  });
});

describe('without scripts', () => {
  test('lists come in through the plain form, and everything can be read', async () => {
    const { page, leave } = await visit(browser, at('/start'), { script: false });
    await page.locator('input[type=file]').setInputFiles([lists.leads, lists.orders]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    expect(await heading(page)).toBe('Imported');
    const rows = await page.locator('main tbody').innerText();
    expect(rows).toContain('客资.csv');
    expect(rows).toContain('28');
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    expect(await page.locator('#history tbody tr').count()).toBe(2);
    await page.getByRole('link', { name: '订单.csv' }).click();
    expect(await page.locator('main').innerText()).toContain('成交日期');
    await page.getByRole('link', { name: 'All imports' }).click();
    expect(await page.locator('section[aria-labelledby=fresh]').innerText()).toContain('江北店');
    await page.goto(studio.address);
    expect(await heading(page)).toMatch(/March 2024$/);
    await leave();
  });

  test('a file that is no list waits for somebody to say what it is, and nothing has changed', async () => {
    const { page, leave } = await visit(browser, at('/start'), { script: false });
    const file = { name: 'colours.csv', mimeType: 'text/csv', buffer: Buffer.from('colour\nred\n') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const text = await page.locator('main').innerText();
    expect(text).toContain('still open');
    expect(text).toContain('do not tell which list');
    await page.goto(at('/data'));
    expect(await page.locator('.sample').count()).toBe(1);
    await leave();
  });
});

describe('an import that somebody stops', () => {
  test('while it is read leaves everything as it was, and the file can be imported after all', async () => {
    const { page, complaints, leave } = await visit(browser, at('/start'));
    await page.locator('input[type=file]').setInputFiles(lists.long);
    await looked(page);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.waitForURL(/imports/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Everything is as it was before.').waitFor();
    expect(await heading(page)).toBe('Cancelled');
    await isClean(page);
    await page.goto(at('/data'));
    expect(await page.locator('.sample').count()).toBe(1);
    await page.goto(at('/start'));
    await page.getByRole('link', { name: 'long.csv' }).click();
    await page.getByRole('button', { name: 'Leave out long.csv' }).click();
    await page.waitForURL(/data$/);
    expect(staged()).toEqual([]);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('while it is sent never reaches the server', async () => {
    const { page, leave } = await visit(browser, at('/start'));
    await page.route('**/data?/draft', () => undefined);
    await drop(page, lists.leads);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled before the files were sent').waitFor();
    expect(staged()).toEqual([]);
    await leave();
  });
});

describe('an import that goes on', () => {
  test('lets its reader go elsewhere, however long the next page takes', async () => {
    const { page, leave } = await visit(browser, at('/start'));
    await page.locator('input[type=file]').setInputFiles(lists.long);
    await page.waitForURL(/drafts/);
    let first: APIResponse | undefined;
    await page.route(/imports\/.*__data/, async (look) =>
      look.fulfill({ response: (first ??= await look.fetch()) }),
    );
    const { promise: slowly, resolve: arrive } = Promise.withResolvers<void>();
    await page.route(/funnel\/__data/, async (next) => {
      await slowly;
      await next.continue();
    });
    await page.clock.install();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.waitForURL(/imports/);
    await page.getByRole('link', { name: 'Funnel', exact: true }).click();
    await page.locator('main.waiting').waitFor();
    await page.clock.runFor(1000);
    arrive();
    await page.waitForURL(/funnel/);
    await leave();
  });
});

describe('files that cannot be taken as they are', () => {
  test('say why beside their name, and the others wait', async () => {
    const { page, leave } = await visit(browser, at('/start'));
    const file = (name: string, content: Buffer | string) => ({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(content),
    });
    await page
      .locator('input[type=file]')
      .setInputFiles([
        file('empty.csv', ''),
        file('headers.csv', '客资编号,录入时间\n'),
        file('what.csv', 'colour,size\nred,XL\n'),
        file('either.csv', '客资编号,录入时间,门市\nL1,2026-01-01,A1\n'),
      ]);
    await looked(page);
    const text = await page.locator('main').innerText();
    for (const sentence of [
      'empty.csv is empty',
      'not a single row',
      'do not tell which list',
      'The seller, or the store?',
    ])
      expect(text).toContain(sentence);
    expect(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
    await isClean(page);

    for (const name of ['empty.csv', 'headers.csv', 'what.csv'])
      await page.getByRole('button', { name: `Leave out ${name}` }).click();
    await page.getByLabel(/^门市/).selectOption('store');
    await expect.poll(() => page.getByRole('button', { name: 'Import', exact: true }).isEnabled()).toBe(true);
    await leave();
  });
});

describe('the server', () => {
  const part = '--x\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\nlead_id';
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };

  test('takes no form from another site', async () => {
    const answer = await fetch(at('/data?/draft'), {
      method: 'POST',
      body: `${part}\r\n--x--\r\n`,
      headers: { ...headers, origin: 'http://evil.example' },
    });
    expect(answer.status).toBe(403);
    expect(staged()).toEqual([]);
  });

  test('forgets what was half sent when the sender goes away, and goes on', async () => {
    const { host } = new URL(studio.address);
    const sending = request(at('/data?/draft'), {
      method: 'POST',
      headers: {
        ...headers,
        host,
        origin: studio.address,
        cookie: signedIn.get(studio.address),
        'content-length': '100000',
      },
    });
    sending.on('error', () => undefined);
    sending.write(part);
    await expect.poll(staged).toHaveLength(1);
    sending.destroy();
    await expect.poll(staged).toHaveLength(0);
    expect((await studio.fetch('/')).status).toBe(200);
  });
});
