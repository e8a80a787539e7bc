import { describe, expect, test } from 'vitest';
import type { RetentionRow } from '#lib/server/reports.gen.ts';
import { locales } from '#lib/words/locale.ts';
import { sideways, speakers, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const at = (path: string) => shared.address + path;
const asked = '/clients?period=quarter&measure=people&from=2023-01-01&to=2025-06-30';

/** What the report says of the cells after the first, row by row, as the page writes them. */
async function people(query: string): Promise<string[]> {
  const answer = await fetch(
    at(`/api/reports/retention?period=quarter&from=2023-01-01&to=2025-06-30&${query}`),
  );
  const { rows } = (await answer.json()) as { rows: RetentionRow[] };
  return rows
    .filter(({ period_no, cohort_people }) => period_no > 0 && cohort_people > 0)
    .map((row) => row.people.toLocaleString('en-GB'));
}

describe('who comes back, on the page Clients', () => {
  test('is asked without scripts by days since the start, written as anybody writes them', async () => {
    const { page, leave } = await visit(shared.browser, at(asked), { script: false });
    await page.locator('input[name=days]').fill('365，0, 90');
    await page.locator('main form button').first().click();
    expect(new URL(page.url()).searchParams.get('measure')).toBe('people');
    const table = page.locator('section[aria-labelledby=retention] table');
    expect((await table.locator('thead th').allInnerTexts()).slice(2)).toEqual(['0–89 d', '90–364 d']);
    const cells = await table
      .locator('tbody td.cell a')
      .evaluateAll((links) => links.map((link) => link.firstChild?.textContent?.trim() ?? ''));
    expect(cells).toEqual(await people('periods=50&brackets=[0,90,365]'));
    expect(cells.length).toBeGreaterThan(4);
    expect(await page.locator('input[name=days]').inputValue()).toBe('0,90,365');
    await leave();
  });

  test('counts every period with an order, from everybody’s own start, where that is chosen, as the report does', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at(asked));
    await page.getByRole('link', { name: 'every period with one' }).click();
    await page.waitForURL(/entry=recurring/);
    await page.getByRole('link', { name: 'everybody’s own start' }).click();
    await page.waitForURL(/intervals=rolling/);
    const cells = await page
      .locator('section[aria-labelledby=retention] tbody td.cell a')
      .evaluateAll((links) => links.map((link) => link.firstChild?.textContent?.trim() ?? ''));
    expect(cells).toEqual(await people('periods=11&entry=recurring&intervals=rolling'));
    expect(await page.locator('main').innerText()).toContain('a quarter 91');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('leads from a value of the field that divides the means to its own cohorts', async () => {
    const { page, leave } = await visit(shared.browser, at(`${asked}&by=store`), { script: false });
    const first = page.locator('section[aria-labelledby=divided] tbody th a').first();
    const store = await first.innerText();
    await first.click();
    const address = new URL(page.url()).searchParams;
    expect([address.get('where'), address.get('by')]).toEqual([`store=${store}`, null]);
    await leave();
  });

  test('is refused in words for days that are none', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { script: false });
    for (const days of ['soon', '30', '0,1.5']) {
      expect((await page.goto(at(`/clients?days=${days}`)))?.status(), days).toBe(400);
      expect(await page.locator('main').innerText(), days).toContain('bad_choice');
    }
    await leave();
  });
});

test.each(locales)('in %s it reads on a phone and on paper, by day and by night', async (language) => {
  const state = `${asked}&days=0,30,90,365&entry=recurring&intervals=rolling&by=store`;
  const { page, leave } = await visit(shared.browser, at(state), { locale: speakers[language] });
  expect(await violationsAllDay(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await sideways(page)).toBe(0);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 718, height: 1000 });
  expect(await sideways(page)).toBe(0);
  expect(await page.locator('input[name=days]').isVisible()).toBe(false);
  await leave();
});
