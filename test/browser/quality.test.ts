import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { messyLists } from './messy-lists.ts';
import { sideways, violations, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

const shared = sampleStudio();
const lists = messyLists();
let messy: Studio;

beforeAll(async () => {
  messy = await openStudio(inject('sampleFolder'));
  await messy.command('import', lists.leads, lists.orders, lists.payments);
});
afterAll(async () => {
  await messy.end();
  lists.remove();
});

const readers = [
  {
    who: 'on a phone, in Chinese, by night',
    reader: { locale: 'zh-CN', width: 390, colours: 'dark' },
    stopped: '江滨店，客资：手机从3月3日起一直空着。',
    since: '之后进来 22 条',
    person: '同一个电话',
    payment: '同一张订单、同一分钟、同样金额',
    money: '1,000.00',
    fine: '以前一直在填的列，现在都还在填。',
  },
  {
    who: 'on a desk, in traditional Chinese',
    reader: { locale: 'zh-TW' },
    stopped: '江滨店，名單：手機從3月3日起一直空著。',
    since: '之後進來 22 筆',
    person: '同一支電話',
    payment: '同一張訂單、同一分鐘、同樣金額',
    money: '1,000.00',
    fine: '以前一直有填的欄位，現在都還有填。',
  },
  {
    who: 'without scripts, in English',
    reader: { script: false },
    stopped: '江滨店, Leads: phone has been empty since 3 Mar.',
    since: '22 records came since',
    person: 'same phone',
    payment: 'same order, amount and minute',
    money: '1,000.00',
    fine: 'Every column that used to be filled still is.',
  },
] as const;

describe.each(readers)('an owner $who', ({ reader, stopped, since, person, payment, money, fine }) => {
  const scripted = !('script' in reader);

  test('reads since when a store lacks telephone numbers, and opens the leads without one', async () => {
    const { page, complaints, leave } = await visit(shared.browser, `${messy.address}/data`, reader);
    const columns = page.locator('#columns');
    expect(await columns.innerText()).toContain(stopped);
    expect(await columns.locator('li').count()).toBe(1);
    expect(await sideways(page)).toBe(0);
    if (scripted) expect(await violations(page)).toEqual([]);
    const link = columns.getByRole('link', { name: since });
    await page.goto(messy.address + ((await link.getAttribute('href')) ?? ''));
    const rows = page.locator('table').last();
    expect(await rows.locator('tbody tr').count()).toBe(20);
    expect(await rows.innerText()).toContain('J52');
    expect(await page.locator('main').innerText()).not.toContain('1330000');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('sees who and what may stand there twice, and opens the rows with the numbers masked', async () => {
    const { page, complaints, leave } = await visit(shared.browser, `${messy.address}/data`, reader);
    const twice = page.locator('#twice tbody tr');
    expect(await twice.count()).toBe(2);
    expect(await twice.nth(0).innerText()).toContain(person);
    expect(await twice.nth(1).innerText()).toContain(payment);
    expect(await twice.nth(1).innerText()).toContain(money);
    const [leads, payments] = await Promise.all(
      [0, 1].map((at) => twice.nth(at).locator('a').getAttribute('href')),
    );
    await page.goto(messy.address + (leads ?? ''));
    const text = await page.locator('table').last().innerText();
    for (const shown of ['B8', 'B9', '135****0008']) expect(text).toContain(shown);
    expect(text).not.toContain('13500000008');
    await page.goto(messy.address + (payments ?? ''));
    expect(await page.locator('table').last().innerText()).toContain('S2');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('looks at a list column by column, for one store', async () => {
    const { page, complaints, leave } = await visit(shared.browser, `${messy.address}/data`, reader);
    await page.locator('#columns .lists a').first().click();
    await page.waitForURL(/lists\/leads/);
    await page.getByRole('link', { name: '江滨店' }).click();
    await page.waitForURL(/store=/);
    await page.locator('main:not(.waiting)').waitFor();
    const phones = page.locator('tbody tr', { hasText: /phone|手机|手機/ });
    expect(await phones.innerText()).toContain('58.5%');
    expect(await sideways(page)).toBe(0);
    if (scripted) expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('whose lists are in order reads one line', async () => {
    const { page, leave } = await visit(shared.browser, `${shared.address}/data`, reader);
    const columns = page.locator('#columns');
    expect(await columns.innerText()).toContain(fine);
    expect(await columns.locator('li').count()).toBe(0);
    await leave();
  });
});
