import { describe, expect, test } from 'vitest';
import type { CampaignProgressRow, CampaignsRow } from '#lib/server/reports.gen.ts';
import { locales } from '#lib/words/locale.ts';
import { sideways, speakers, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const at = (path: string) => `${shared.address}/campaigns${path}`;
async function rowsOf<Row>(question: string): Promise<Row[]> {
  const answer = await fetch(`${shared.address}/api/reports/${question}`);
  return ((await answer.json()) as { rows: Row[] }).rows;
}

describe('the pages of campaigns', () => {
  test('list every campaign, the most promising first, and whoever came without one last', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { script: false });
    await page.getByRole('navigation').getByRole('link', { name: 'Campaigns' }).click();
    const rows = await rowsOf<CampaignsRow>('campaigns');
    const lines = page.locator('section[aria-labelledby=campaigns] tbody tr');
    expect(await lines.count()).toBe(rows.length);
    const best = rows.find(({ rank }) => rank === 1);
    expect(await lines.first().locator('th a').innerText()).toBe(best?.name);
    expect(await page.locator('main .lead').innerText()).toContain(`${best?.name ?? ''} promises most`);
    expect(await lines.last().locator('th').innerText()).toBe('Without a campaign');
    await lines.first().locator('a.opens').first().click();
    expect(await page.locator('main').innerText()).toContain('Profit so far');
    await leave();
  });

  test('show one campaign as a chain with the interval of each proportion, and how it went as its report says', async () => {
    const { page, leave } = await visit(shared.browser, at('/M57'), { script: false });
    const chain = page.locator('section[aria-labelledby=chain] tbody tr');
    expect(await chain.count()).toBe(6);
    expect(await chain.nth(3).innerText()).toMatch(
      /Contact I3 26\.3%.*\s+its aim\s+35 of 133\s+19\.6–34\.4%/,
    );
    expect(await chain.nth(1).innerText()).toContain('no interval');
    const weeks = await rowsOf<CampaignProgressRow>('campaign_progress?campaign=M57');
    const lines = page.locator('section[aria-labelledby=progress] tbody tr');
    expect(await lines.count()).toBe(weeks.length);
    await page.getByRole('link', { name: 'day', exact: true }).click();
    const days = await rowsOf<CampaignProgressRow>('campaign_progress?campaign=M57&every=day');
    expect(await lines.count()).toBe(days.length);
    expect(await page.locator('section[aria-labelledby=progress] svg path.line').count()).toBeGreaterThan(2);
    await leave();
  });

  test('say of a campaign without leads that nobody came, not that nothing is recorded', async () => {
    const { page, leave } = await visit(shared.browser, at('/M48'), { script: false });
    expect(await page.locator('section[aria-labelledby=chain]').innerText()).toContain('nobody came by it');
    await leave();
  });

  test('ask for leads of other days, and let no estimate stand in for what is recorded', async () => {
    const days = 'from=2023-01-01&to=2023-10-01';
    expect((await fetch(at(`/M57?${days}`))).status).toBe(404);
    const { page, leave } = await visit(shared.browser, at(`?${days}`), { script: false });
    expect(await page.locator('main').innerText()).toContain('There is no campaign in these days');
    await page.locator('input[name=from]').fill('');
    await page.locator('input[name=to]').fill('');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('section[aria-labelledby=campaigns] tbody tr').count()).toBeGreaterThan(50);
    await page.goto(at('/M48?audience=90000'));
    const chain = page.locator('section[aria-labelledby=chain] tbody tr');
    const [recorded] = await rowsOf<CampaignsRow>('campaigns?campaign=M48');
    expect((await chain.first().innerText()).replaceAll(',', '')).toContain(String(recorded?.audience));
    await leave();
  });

  test('refuse a campaign that is not there, and what no link of theirs asks', async () => {
    expect((await fetch(at('/nobody'))).status).toBe(404);
    expect((await fetch(at('/too_few'))).status).toBe(404);
    expect((await fetch(at('/M57?every=year'))).status).toBe(400);
    expect((await fetch(at('/M57?aware=many'))).status).toBe(400);
  });

  test.each(locales)('read without barriers on a phone in %s', async (locale) => {
    for (const path of ['', '/M57']) {
      const { page, leave } = await visit(shared.browser, at(path), { width: 390, locale: speakers[locale] });
      expect(await violationsAllDay(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      await leave();
    }
  });
});
