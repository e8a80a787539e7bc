import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { doors } from '#lib/server/access/doors.ts';
import { locales } from '#lib/words/locale.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';
import { openBrowser, sideways, speakers, violationsAllDay, visit } from './reader.ts';

let browser: Browser;
let house: House;
beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse(inject('sampleFolder'))]);
});
afterAll(async () => {
  await browser.close();
  await house.end();
});

const routes = Object.entries(doors).flatMap(([route, { page }]) => (page ? [route] : []));

test.each(routes)('%s is whole for everybody on a phone, by day and by night', async (route) => {
  const shown = house.pages.filter((page) => page.route === route);
  expect(shown.length).toBeGreaterThan(0);
  // Colours and sizes hardly depend on the language: the pages take turns.
  const locale = speakers[locales[routes.indexOf(route) % locales.length] ?? 'en'];
  for (const { address, cookie } of shown) {
    const { page, complaints, status, leave } = await visit(browser, address, { locale, width: 390, cookie });
    expect([page.url(), status]).toEqual([address, 200]);
    expect(await violationsAllDay(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(complaints).toEqual([]);
    await leave();
  }
});

test('Me is painted before it asks for a script, and comes alive all the same', async () => {
  const { address, cookie } = house.own;
  const { page, complaints, leave } = await visit(browser, address, { width: 390, cookie });
  const { painted, parsed, asked } = await page.evaluate(() => {
    const [paint] = performance.getEntriesByType('paint');
    const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const files = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    return {
      painted: paint?.startTime ?? Infinity,
      parsed: load?.domInteractive ?? 0,
      asked: files.map(({ startTime }) => startTime),
    };
  });
  expect(asked.length).toBeGreaterThan(5);
  // A machine that paints later than that has waited for long enough.
  expect(Math.min(...asked)).toBeGreaterThanOrEqual(Math.min(painted, parsed + 400));
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
  await page.locator('main a[href*="span=month"]').first().click();
  await page.waitForURL(/span=month/);
  await page.locator('main:not(.waiting)').waitFor();
  expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
  expect(complaints).toEqual([]);
  await leave();
});
