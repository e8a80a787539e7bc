import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { locales } from '#lib/words/locale.ts';
import { sideways, speakers, violations, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const at = (path: string) => shared.address + path;
const section = (page: Page, heading: string) => page.locator(`section[aria-labelledby=${heading}]`);

/** Asks for a path as one of the people as whom one may look at the sample. */
const as = (look: string, path: string, init: RequestInit = {}) =>
  fetch(at(path), {
    redirect: 'manual',
    ...init,
    headers: { cookie: `look_as=${look}`, accept: 'text/html', origin: shared.address, ...init.headers },
  });

type Compared = { staff_id: string; name: string; rank: number | null; rank_low: number | null };
async function compared(): Promise<Compared[]> {
  const answer = await fetch(at(`/api/reports/staff_comparison`));
  return ((await answer.json()) as { rows: Compared[] }).rows;
}

describe('the page Team', () => {
  test('shows everybody beside what was to be expected, with places only where they are sure, and within the limits of chance', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at('/team'), { script: false });
    const rows = await compared();
    const people = section(page, 'people').locator('tbody tr');
    expect(new Set(await people.locator('th a').allInnerTexts())).toEqual(
      new Set(rows.map(({ name }) => name)),
    );
    expect(await people.locator('svg circle').count()).toBe(
      rows.filter((row) => row.rank_low !== null).length,
    );
    const places = await people.locator('td:last-child').allInnerTexts();
    expect(places.filter((text) => /^place \d+$/.test(text))).toHaveLength(
      rows.filter(({ rank }) => rank !== null).length,
    );
    expect(places.every((text) => /^place \d+$|cannot be told|no place/.test(text))).toBe(true);
    const funnel = section(page, 'funnel-plot');
    expect(await funnel.getByRole('img').getAttribute('aria-label')).toContain('limits of chance');
    expect(await funnel.locator('details tbody tr').count()).toBe(rows.length);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('leads to each person’s page as they see it, whose numbers open, and back', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at('/team'));
    await section(page, 'people').getByRole('link', { name: '林静' }).click();
    await page.waitForURL(/\/me\?staff=S11/);
    expect(await page.locator('main aside').innerText()).toContain('You see this page as 林静 does');
    const rate = section(page, 'desk').locator('a.opens').first();
    const shown = await rate.innerText();
    await rate.click();
    const panel = page.locator('dialog[open]');
    await panel.locator('table').first().waitFor();
    expect(await panel.locator('h1').innerText()).toContain(shown);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Back to the team' }).click();
    await page.waitForURL(/\/team$/);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('is for owner and managers, each of whom looks as nobody but those they may see, and does nothing in their name', async () => {
    const page = await (await as('manager', '/team')).text();
    expect(page).toContain('staff=S11');
    expect(page).not.toContain('staff=S14');
    expect((await as('manager', '/me?staff=S11')).status).toBe(200);
    expect((await as('manager', '/me?staff=S14')).status).toBe(404);
    expect((await as('seller', '/me?staff=S11')).status).toBe(200);
    expect((await as('seller', '/me?staff=S12')).status).toBe(403);
    expect((await as('seller', '/team')).status).toBe(403);
    expect((await as('marketer', '/team')).status).not.toBe(200);
    expect((await as('marketer', '/me?staff=S11')).status).not.toBe(200);
    for (const action of ['', '&/password', '&/add'])
      expect(
        (await as('owner', `/me?staff=S11${action}`, { method: 'POST', body: new URLSearchParams() })).status,
      ).toBe(403);
  });

  test('refuses what cannot be asked, in words, and says where nothing can be compared yet', async () => {
    const { page, leave } = await visit(shared.browser, at('/team?figure=charm'), { script: false });
    expect(await page.locator('main').innerText()).toContain('bad_choice');
    await page.goto(at('/team?from=2026-10-19&to=2026-10-25'));
    expect(await page.locator('main .lead').innerText()).toContain('30 days old');
    await page.getByRole('link', { name: 'Show three months that are' }).click();
    expect(await section(page, 'people').locator('tbody tr').count()).toBeGreaterThan(5);
    await leave();
  });
});

describe.each(locales)('in %s', (language) => {
  const locale = speakers[language];
  const colours = language === 'zh-Hans' ? 'dark' : 'light';

  test(`axe finds nothing in ${colours} colours, and nothing reaches beyond the screen`, async () => {
    const { page, leave } = await visit(shared.browser, at('/team'), { locale, colours });
    for (const path of ['/team', '/me?staff=S11', '/me']) {
      await page.goto(at(path));
      expect(await violations(page), path).toEqual([]);
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await sideways(page), `${path} at ${width}`).toBe(0);
      }
    }
    await leave();
  });
});
