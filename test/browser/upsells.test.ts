import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { locales } from '#lib/words/locale.ts';
import { sideways, speakers, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const at = (path: string) => shared.address + path;
const section = (page: Page, heading: string) => page.locator(`section[aria-labelledby=${heading}]`);
const half = '/upsells?from=2025-01-06&to=2025-06-29';
const yuan = (text: string) => Number(text.replaceAll(/[^\d-]/g, ''));

type LadderRow = {
  segment: string;
  touchpoint: string;
  attach_hits: number;
  reached: number;
  amount: string;
};
async function ladder(query: string): Promise<LadderRow[]> {
  const answer = await fetch(at(`/api/reports/upsell_ladder?from=2025-01-06&to=2025-06-29${query}`));
  return ((await answer.json()) as { rows: LadderRow[] }).rows;
}

describe('the Upsells page', () => {
  test('shows the ladder with an area for each touchpoint, and what all of it adds up to', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at(half));
    const table = section(page, 'ladder').locator('table');
    expect(await table.locator('svg rect').count()).toBe(4);
    const shown = (await table.locator('tbody td:last-child a').allInnerTexts()).map(yuan);
    const rows = await ladder('');
    expect(shown).toEqual(rows.map(({ amount }) => Math.round(Number(amount))));
    const last = shown.at(-1) ?? 0;
    expect(Math.abs(shown.slice(0, -1).reduce((sum, part) => sum + part, 0) - last)).toBeLessThanOrEqual(2);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('lists sellers by name, each with denominator and interval, and gives nobody a rank', async () => {
    const { page, leave } = await visit(shared.browser, at(`${half}&at=shoot`), { script: false });
    const sellers = section(page, 'sellers');
    const names = await sellers.locator('tbody th').allInnerTexts();
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual(names.toSorted());
    const rows = (await ladder('&by=upsell_seller')).filter(({ touchpoint }) => touchpoint === 'shoot');
    expect(names).toEqual(rows.map(({ segment }) => segment));
    const figures = await sellers.locator('tbody td:nth-child(3)').allInnerTexts();
    figures.forEach((text, index) => {
      expect(text).toContain(`${rows[index]?.attach_hits} of ${rows[index]?.reached}`);
      expect(text).toMatch(/\d–\d+\.\d%/);
    });
    expect(await sellers.innerText()).not.toMatch(/rank \d|#\d|1st/);
    await leave();
  });

  test('follows the orders of a period instead, and says which have not come that far', async () => {
    const { page, leave } = await visit(shared.browser, at('/upsells'));
    await page.getByRole('link', { name: 'these orders so far' }).click();
    await page.waitForURL(/view=cohort/);
    expect(await section(page, 'ladder').innerText()).toMatch(/\d+ have not come that far yet/);
    await page.locator('select[name=where]').first().selectOption({ index: 1 });
    await page.waitForURL(/where=store/);
    expect(page.url()).toContain('view=cohort');
    expect(await section(page, 'stores').locator('tbody tr').count()).toBe(1);
    await leave();
  });

  test('refuses what cannot be asked, in words', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { script: false });
    for (const [path, code] of [
      ['/upsells?to=yesterday', 'bad_date'],
      ['/upsells?at=door', 'bad_choice'],
      ['/upsells?where=phone=1', 'personal_column'],
    ] as const) {
      expect((await page.goto(at(path)))?.status(), path).toBeGreaterThanOrEqual(400);
      expect(await page.locator('main').innerText(), path).toContain(code);
    }
    await leave();
  });
});

describe.each(locales)('in %s', (language) => {
  const locale = speakers[language];

  test('axe finds nothing, by day and by night', async () => {
    const { page, leave } = await visit(shared.browser, at(half), { locale });
    expect(await violationsAllDay(page)).toEqual([]);
    await page.goto(at('/upsells?view=cohort&at=pickup'));
    expect(await violationsAllDay(page)).toEqual([]);
    await leave();
  });

  test('nothing reaches beyond the screen, however narrow or wide', async () => {
    const { page, leave } = await visit(shared.browser, at(half), { locale, script: false });
    for (const width of [390, 820, 1280, 1680]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sideways(page), `at ${width}`).toBe(0);
    }
    await leave();
  });
});
