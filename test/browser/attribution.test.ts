import { describe, expect, test } from 'vitest';
import type { AttributionPathsRow, AttributionRow } from '#lib/server/reports.gen.ts';
import { locales } from '#lib/words/locale.ts';
import { sideways, speakers, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const days = 'from=2026-01-01&to=2026-06-30';
const at = (query: string) => `${shared.address}/attribution?${days}${query}`;
async function rowsOf<R>(report: string, query: string): Promise<R[]> {
  const answer = await fetch(`${shared.address}/api/reports/${report}?${days}&as_of=2026-10-25${query}`);
  return ((await answer.json()) as { rows: R[] }).rows;
}

describe('the page of attribution', () => {
  test('shows eight ways side by side as its report reckons them, and opens a credit', async () => {
    const { page, leave } = await visit(shared.browser, at('&window=30'), { script: false });
    const rows = await rowsOf<AttributionRow>('attribution', '&window_days=30');
    const lines = page.locator('section[aria-labelledby=credits] tbody tr');
    expect(await page.locator('section[aria-labelledby=credits] thead th').count()).toBe(9);
    expect(await lines.count()).toBe(new Set(rows.map(({ channel_no }) => channel_no)).size);
    const last = rows.filter(({ channel_no }) => channel_no === 0);
    const shown = await lines.last().locator('a.opens').allInnerTexts();
    expect(shown).toEqual(last.map(({ orders }) => String(Number(orders))));
    await lines.first().locator('a.opens').nth(1).click();
    expect(new URL(page.url()).pathname).toBe('/figure/attribution/orders');
    expect(await page.locator('main').innerText()).toContain('Orders credited');
    await leave();
  });

  test('holds what it was asked in its address: window, half-life, touches and what is shown', async () => {
    const { page, leave } = await visit(shared.browser, at(''), { script: false });
    await page.locator('input[name=window]').fill('14');
    await page.locator('input[name=half_life]').fill('3');
    await page.locator('select[name=touches]').selectOption('sources');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('link', { name: 'money signed' }).click();
    const asked = new URL(page.url()).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      window: '14',
      half_life: '3',
      touches: 'sources',
      show: 'amount',
    });
    expect(await page.locator('input[name=half_life]').inputValue()).toBe('3');
    const text = await page.locator('section[aria-labelledby=credits]').innerText();
    expect(text).toContain('¥');
    expect(text).not.toContain('follow-up');
    await leave();
  });

  test('tells the paths that most took with how many of them ordered', async () => {
    const { page, leave } = await visit(shared.browser, at(''), { script: false });
    const [first] = await rowsOf<AttributionPathsRow>('attribution_paths', '');
    const line = page.locator('section[aria-labelledby=paths] tbody tr').first();
    expect(await line.locator('a.opens').innerText()).toBe(`${first?.orders} of ${first?.people}`);
    await leave();
  });

  test('refuses a window of no days and says what there is where nobody ordered', async () => {
    expect((await fetch(at('&window=0'))).status).toBe(400);
    const none = `${shared.address}/attribution?from=2001-01-01&to=2001-01-31`;
    const { page, leave } = await visit(shared.browser, none, { script: false });
    expect(await page.locator('main').innerText()).toContain('Choose a longer one');
    await leave();
  });

  test.each(locales)('reads without barriers on a phone in %s', async (locale) => {
    const address = at('&show=amount');
    const { page, leave } = await visit(shared.browser, address, { width: 390, locale: speakers[locale] });
    expect(await violationsAllDay(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await leave();
  });
});
