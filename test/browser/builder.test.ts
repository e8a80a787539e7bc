import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Standing } from '#lib/access/viewer.ts';
import { openLinks } from '#lib/server/accounts/links.ts';
import { openPeople } from '#lib/server/accounts/people.ts';
import { locales } from '#lib/words/locale.ts';
import { joinBy } from './askers.ts';
import { sideways, speakers, violations, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

const shared = sampleStudio();

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio(inject('sampleFolder'));
});
afterAll(() => studio.end());

const at = (path: string) => studio.address + path;
const section = (page: Page, heading: string) => page.locator(`section[aria-labelledby=${heading}]`);
const number = (text: string) => Number(text.replaceAll(/\D/g, ''));

/** What the bars say, a row for each step: its name and the numbers beside it. */
const bars = (page: Page) => section(page, 'bars').locator('tbody tr').allInnerTexts();

/** Somebody new who has signed in. */
async function joined(name: string, standing: Standing): Promise<string> {
  const store = join(studio.data, 'app.sqlite');
  const [people, links] = [openPeople(store), openLinks(store)];
  try {
    const now = new Date();
    return await joinBy(studio, links.make(people.add(name, standing, now).id, 'join', now).secret);
  } finally {
    people.close();
    links.close();
  }
}

describe.each(locales)('on a phone, in %s', (language) => {
  test('each judgement and each rate beside it stands on the screen: no table is scrolled, nor one that was folded', async () => {
    const half = 'from=2025-01-06&to=2025-06-29';
    const { page, leave } = await visit(shared.browser, shared.address, {
      locale: speakers[language],
      width: 390,
      script: false,
    });
    for (const [path, tables] of [
      [`/funnel/builder?${half}&by=channel`, 6],
      [`/funnel?${half}&by=channel`, 5],
      [`/funnel/why?${half}&by=channel`, 1],
      [`/funnel/why?${half}&by=channel&figure=money`, 1],
      ['/funnel/backtest', 1],
      ['/funnel/standing', 1],
    ] as const) {
      await page.goto(shared.address + path);
      const hidden = await page.evaluate(() => {
        for (const folded of document.querySelectorAll('details')) folded.open = true;
        return [...document.querySelectorAll('.wide')].map(
          ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
        );
      });
      expect(hidden.length, path).toBeGreaterThanOrEqual(tables);
      expect(new Set(hidden), path).toEqual(new Set([0]));
    }
    await leave();
  });
});

test('printed on A4, the page Why keeps its sentence and every column, and leaves out what could be clicked', async () => {
  const address = `${shared.address}/funnel/why?from=2025-04-07&to=2025-06-29&by=channel`;
  const { page, leave } = await visit(shared.browser, address, { width: 720, script: false });
  const columns = section(page, 'effects').locator('thead th:visible');
  const onScreen = await columns.count();
  const buttons = page.locator('main :is(button, select, input):visible');
  expect(await buttons.count()).toBeGreaterThan(0);
  await page.emulateMedia({ media: 'print' });
  expect(await columns.count()).toBe(onScreen);
  expect(await page.locator('main .lead').innerText()).toMatch(/points/);
  expect(await buttons.count()).toBe(0);
  expect(await sideways(page)).toBe(0);
  const table = section(page, 'effects').locator('.wide');
  expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await leave();
});

test('what an address says that a page of the funnel does not know is said, and pages that are not there are refused', async () => {
  const { page, leave } = await visit(shared.browser, `${shared.address}/funnel/why`, { script: false });
  const unread = page.getByText('Not understood in the address and left out');
  expect(await unread.count()).toBe(0);
  for (const [path, given] of [
    ['/funnel/standing?step_no=99', 'step_no=99'],
    ['/funnel/backtest?as_of=9999-99-99&step=bought', 'as_of=9999-99-99'],
    ['/funnel?utm_source=chat', 'utm_source=chat'],
    ['/funnel/builder?stp=1&utm=2', 'stp=1…'],
    [`/funnel/why?note=${'<b>'.repeat(30)}`, `note=${'<b>'.repeat(11)}<b…`],
  ] as const) {
    await page.goto(shared.address + path);
    expect(await unread.allInnerTexts(), path).toEqual([expect.stringContaining(`“${given}”`)]);
  }
  for (const path of ['page=x', 'page=0', 'page=999', 'at=99', 'as_of=9999-99-99']) {
    const answer = await page.goto(`${shared.address}/funnel/standing?${path}`);
    expect(answer?.status(), path).toBe(400);
    expect(await page.locator('main').innerText(), path).toContain(path.split('=')[1]);
  }
  await page.goto(`${shared.address}/funnel/standing?as_of=2099-01-01`);
  expect(await page.getByText('counts as lost').innerText()).toMatch(/1 January 2099.*the data end on/);
  await leave();
});

describe('the funnel builder', () => {
  test('composes a funnel in the business’s words, keeps it, shows it on Week and to others, and lists who stands at its steps', async () => {
    const { page, complaints, leave } = await visit(
      shared.browser,
      at('/funnel/builder?from=2026-06-01&to=2026-08-30'),
    );
    await page.locator('select[name="s3.kind"]').selectOption({ label: 'visit (31,126)' });
    await page.waitForURL(/steps=/);
    await page.locator('summary', { hasText: 'Conditions' }).nth(1).click();
    await page.locator('select[name="s2.c1.field"]').selectOption('sort of event');
    await page.locator('select[name="s2.c1.value"]').first().waitFor();
    await page.locator('select[name="s2.c1.value"]').first().selectOption({ label: 'consultation (14,955)' });
    await page.waitForURL(/consult/);
    await page.getByRole('heading', { name: 'What they did next instead' }).waitFor();
    await expect.poll(() => bars(page)).toContainEqual(expect.stringContaining('2 visit (consultation)'));
    const shown = await bars(page);
    expect(shown).toHaveLength(3);
    expect(await violations(page)).toEqual([]);

    await page.getByLabel('name', { exact: true }).fill('Second visits');
    await page.getByLabel('for everybody who may open it').check();
    await page.getByRole('button', { name: 'Save' }).click();
    const saved = section(page, 'views').getByRole('link', { name: 'Second visits' });
    await saved.waitFor();
    const link = (await saved.getAttribute('href')) ?? '';
    await page.getByRole('button', { name: 'Pin to Week: Second visits' }).click();
    await page.getByRole('button', { name: 'Take off Week: Second visits' }).waitFor();

    const people = await section(page, 'bars').locator('tbody td:nth-child(2)').allInnerTexts();
    await page.goto(at('/'));
    expect(await section(page, 'pinned').locator('p').innerText()).toContain(
      `Second visits ${people.at(-1)} of ${people[0]} (`,
    );
    await section(page, 'pinned').getByRole('link', { name: 'Second visits' }).click();
    await page.waitForURL(at(link));
    expect(await bars(page)).toEqual(shown);

    await page.getByRole('link', { name: 'visit (consultation)', exact: true }).click();
    await page.waitForURL(/at=2/);
    const open = section(page, 'bars').locator('tbody tr').nth(1).locator('td').nth(4);
    const standing = number(await open.innerText());
    await page.getByRole('link', { name: 'Who stands here, since when and whose they are' }).click();
    await page.waitForURL(/standing/);
    expect(number(await section(page, 'standing').locator('.find').innerText())).toBe(standing);
    expect(await violations(page)).toEqual([]);
    const csv = await section(page, 'standing').getByRole('link', { name: 'CSV' }).getAttribute('href');
    const lines = (await (await studio.fetch(csv ?? '')).text()).trim().split('\n');
    expect(lines).toHaveLength(1 + standing);
    expect(complaints).toEqual([]);
    await leave();

    const manager = await joined('of one store', { role: 'manager', stores: ['中山路店'] });
    const other = await visit(shared.browser, at(link), { cookie: manager, width: 390, script: false });
    expect(await bars(other.page)).toHaveLength(shown.length);
    const [own = ''] = await section(other.page, 'bars').locator('tbody td:nth-child(2)').allInnerTexts();
    expect(number(own)).toBeGreaterThan(0);
    expect(number(own)).toBeLessThan(number(people[0] ?? ''));
    expect(await section(other.page, 'views').innerText()).toContain('by Owner');
    expect(await sideways(other.page)).toBe(0);
    await other.leave();
  });

  test('leads the staff from their own page to their own people, with whole numbers', async () => {
    const cookie = await joined('seller', { role: 'staff', staffId: 'S11' });
    const { page, complaints, leave } = await visit(shared.browser, at('/me'), { cookie, width: 390 });
    await page.getByRole('link', { name: /^Whom I have to get further/ }).click();
    await page.waitForURL(/standing/);
    const phones = await section(page, 'standing').locator('tbody td:nth-child(2)').allInnerTexts();
    expect(phones.length).toBeGreaterThan(0);
    expect(phones.filter((phone) => !/^(\d{11}|—)$/.test(phone))).toEqual([]);
    const owners = await section(page, 'standing').locator('tbody td:nth-child(6)').allInnerTexts();
    expect(new Set(owners.map((told) => told.split('\n')[0]))).toEqual(new Set(['林静']));
    expect(await sideways(page)).toBe(0);
    expect(complaints).toEqual([]);
    await leave();
  });
});
