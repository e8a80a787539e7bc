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
