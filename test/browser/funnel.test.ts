import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { locales } from '#lib/words/locale.ts';
import { sideways, speakers, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio } from './studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const at = (path: string) => shared.address + path;
const section = (page: Page, heading: string) => page.locator(`section[aria-labelledby=${heading}]`);
const number = (text: string) => Number(text.replaceAll(/[^\d.-]/g, ''));
const half = '/funnel?from=2025-01-06&to=2025-06-29';

describe('the Funnel page', () => {
  test('opens on the last four complete weeks, with both ways of counting side by side', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at('/funnel'));
    expect(await page.locator('nav[aria-label=last] [aria-current=true]').innerText()).toBe('4 weeks');
    const [left, right] = [
      page.locator('table[aria-labelledby=half-period]'),
      page.locator('table[aria-labelledby=half-cohort]'),
    ];
    expect(await left.locator('tbody tr').count()).toBe(7);
    expect(await right.locator('tbody tr').count()).toBe(7);
    const [a, b] = [await left.boundingBox(), await right.boundingBox()];
    expect(a!.x + a!.width).toBeLessThan(b!.x);
    expect(await right.innerText()).toContain('unfinished');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('reconciles: five numbers add up to all orders of the period, and to those of the report', async () => {
    const { page, leave } = await visit(shared.browser, at(half), { script: false });
    const cells = await section(page, 'parts').locator('tbody tr td:nth-child(2)').allInnerTexts();
    const orders = cells.map(number);
    expect(orders).toHaveLength(6);
    expect(orders.slice(0, 5).reduce((sum, part) => sum + part, 0)).toBe(orders[5]);
    const answer = await fetch(at('/api/reports/reconciliation?from=2025-01-06&to=2025-06-29'));
    const { rows } = (await answer.json()) as { rows: { orders: number }[] };
    expect(rows.map((row) => row.orders)).toEqual(orders);
    await leave();
  });

  test('divides by any field, and a value opens the page for itself alone', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at(half));
    await page.locator('select[name=by]').selectOption('channel');
    await page.waitForURL(/by=channel/);
    const first = section(page, 'segments').locator('tbody tr').first();
    const name = await first.locator('th').innerText();
    const leads = await first.locator('td').first().innerText();
    await first.getByRole('link').first().click();
    await page.waitForURL(/where=channel/);
    expect(await page.locator('main').innerText()).toContain(`channel: ${name}`);
    expect(
      await page.locator('table[aria-labelledby=half-cohort] tr:nth-child(3) td').first().innerText(),
    ).toBe(leads);
    await page.getByRole('link', { name: /^Without the filter/ }).click();
    await page.waitForURL((url) => !url.searchParams.has('where'));
    expect(complaints).toEqual([]);
    await leave();
  });

  test('goes to the period before with the arrow key, and never while somebody writes', async () => {
    const { page, leave } = await visit(shared.browser, at(half));
    const heading = () => page.locator('h1').innerText();
    const first = await heading();
    await page.locator('input[name=from]').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await heading()).toBe(first);
    await page.locator('h1').click();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/from=2024-07-15/);
    expect(await heading()).toBe('15 July 2024 – 5 January 2025');
    await leave();
  });

  test('says how long a step takes, in bands that hold everybody who reached it', async () => {
    const { page, leave } = await visit(shared.browser, at(`${half}&step=bought`), { script: false });
    const waits = section(page, 'waits');
    const people = (await waits.locator('tbody td:nth-child(2)').allInnerTexts()).map(number);
    const said = number(/Half of the ([\d,]+)/.exec(await waits.innerText())?.[1] ?? '');
    expect(people.reduce((sum, band) => sum + band, 0)).toBe(said);
    await leave();
  });

  test('draws conversion by age with losses of its own, by segment what the report says, and its figures under the pointer', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at(`${half}&step=bought&by=store`));
    const curve = section(page, 'curve');
    const answer = await fetch(
      at('/api/reports/survival_comparison?from=2025-01-06&to=2025-06-29&step=bought&by=store'),
    );
    const { rows } = (await answer.json()) as {
      rows: { segment: string; people: number; horizon_rate: number; verdict: string }[];
    };
    const shown = await curve.locator('.figures tbody tr').allInnerTexts();
    expect(shown).toHaveLength(rows.length);
    for (const row of rows) {
      const told = shown.find((line) => line.includes(row.segment)) ?? '';
      expect(told).toContain(row.people.toLocaleString('en'));
      expect(told).toContain(`${(100 * row.horizon_rate).toFixed(1)}%`);
      expect(told).toContain(row.verdict === 'differs' ? 'differs' : 'within noise');
    }
    const drawing = curve.locator('.broad > svg');
    expect(await drawing.locator('path[data-line]').count()).toBe(5);
    const box = (await drawing.boundingBox())!;
    await drawing.hover({ position: { x: box.width / 2, y: 80 } });
    expect(await curve.locator('.broad .readout').innerText()).toMatch(/day \d+/);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('shows a note in the trend of its week, and takes it out again', async () => {
    const own = await openStudio(inject('sampleFolder'));
    const { page, leave } = await visit(shared.browser, `${own.address}/notes`, { script: false });
    await page.locator('input[name=week]').fill('2025-03-12');
    await page.locator('input[name=text]').fill('fair in Chengdu');
    await page.getByRole('button', { name: 'Pin' }).click();
    await page.goto(own.address + half);
    const trend = section(page, 'trends');
    expect(await trend.locator('svg text', { hasText: '①' }).count()).toBeGreaterThan(0);
    expect(await trend.innerText()).toContain('① 10–16 Mar fair in Chengdu');
    await page.goto(`${own.address}/notes`);
    await page.getByRole('link', { name: 'Edit fair in Chengdu' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.goto(own.address + half);
    expect(await trend.innerText()).not.toContain('①');
    await leave();
    await own.end();
  });

  test('refuses what cannot be asked, in words', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { script: false });
    for (const [path, code] of [
      ['/funnel?from=2025-02-30', 'bad_date'],
      ['/funnel?from=2025-03-01&to=2025-02-01', 'period_reversed'],
      ['/funnel?from=2199-01-01', 'period_in_future'],
      ['/funnel?by=phone', 'personal_column'],
      ['/funnel?by=colour', 'unknown_segment'],
      ['/funnel?where=store%3DAtlantis', 'unknown_value'],
      ['/funnel?step=married', 'bad_choice'],
    ] as const) {
      const response = await page.goto(at(path));
      expect(response?.status(), path).toBeGreaterThanOrEqual(400);
      expect(await page.locator('main').innerText(), path).toContain(code);
    }
    await leave();
  });
});

describe.each(locales)('in %s', (language) => {
  const locale = speakers[language];

  test('axe finds nothing, by day and by night', async () => {
    const { page, leave } = await visit(shared.browser, at(`${half}&by=store`), { locale });
    expect(await violationsAllDay(page)).toEqual([]);
    await leave();
  });

  test('nothing reaches beyond the screen, however narrow or wide', async () => {
    const { page, leave } = await visit(shared.browser, at(`${half}&by=channel&grain=month`), {
      locale,
      script: false,
    });
    for (const width of [390, 820, 1280, 1680]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sideways(page), `at ${width}`).toBe(0);
    }
    await leave();
  });
});
