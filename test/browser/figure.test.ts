import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
import type { Download, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { figureLink } from '#lib/ui/figure-link.ts';
import { sideways, violations, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const week = { from: '2026-10-12', to: '2026-10-18' };
const rate = figureLink('funnel', 'rate', week, { step_no: 3 });
const collected = figureLink('money', 'collected', week, { starts_on: week.from });
const at = (path: string) => shared.address + path;
const panel = (page: Page) => page.locator('dialog.panel');

/** Puts a link to a number into the page that is read, as any page may have one. */
async function withLink(page: Page, href: string): Promise<void> {
  await page.evaluate((address) => {
    const link = document.createElement('a');
    link.href = address;
    link.id = 'opens';
    link.textContent = 'a number';
    document.querySelector('h1')?.append(link);
  }, href);
}

async function saved(page: Page, click: () => Promise<void>): Promise<{ file: Download; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return { file, bytes: readFileSync(await file.path()) };
}

describe('a number', () => {
  test('opens over the page under its own address, down to its rows, and closes back to where the reader was', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at('/reports'), { locale: 'zh-CN' });
    await withLink(page, rate);
    await page.locator('#opens').click();
    await panel(page).waitFor();
    expect(page.url()).toBe(at(rate));
    const [, hits, base, result] =
      /进店率 = 进店 ÷ 客资\s*=\s*(\d+) ÷ (\d+)\s*= ([\d.]+%)/.exec(await panel(page).innerText()) ?? [];
    expect(((100 * Number(hits)) / Number(base)).toFixed(1)).toBe(result?.replace('%', ''));
    expect(await panel(page).innerText()).toContain(`共 ${hits ?? ''} 条`);

    await panel(page)
      .getByRole('link', { name: base ?? '', exact: true })
      .click();
    await page.waitForURL(/rate_base/);
    await panel(page)
      .getByText(`共 ${base ?? ''} 条`)
      .waitFor();
    await page.goBack();
    await panel(page)
      .getByText(`共 ${hits ?? ''} 条`)
      .waitFor();
    await page.goForward();
    await panel(page)
      .getByText(`共 ${base ?? ''} 条`)
      .waitFor();

    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(page.url()).toBe(at('/reports'));
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('opens');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('closes with the back button, and a reload under its address shows it as a page', async () => {
    const { page, leave } = await visit(shared.browser, at('/reports'));
    await withLink(page, collected);
    await page.locator('#opens').click();
    await panel(page).waitFor();
    await page.goBack();
    await panel(page).waitFor({ state: 'detached' });
    expect(page.url()).toBe(at('/reports'));
    await page.locator('#opens').click();
    await panel(page).waitFor();
    await page.reload({ waitUntil: 'networkidle' });
    expect(await panel(page).count()).toBe(0);
    expect(await page.locator('main h1').innerText()).toMatch(/Collected\s+¥[\d,]+\.\d\d/);
    await leave();
  });

  test('is saved as CSV, Arrow, SVG and PNG: the file has every row, the rows no whole name or telephone number', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at(rate));
    const rows = page.locator('section[aria-labelledby=figure-rows]');
    const all = Number(/([\d,]+) rows/.exec(await rows.innerText())?.[1]);

    const csv = await saved(page, () => rows.getByRole('link', { name: 'CSV' }).click());
    const lines = csv.bytes.toString().trimEnd().split('\r\n');
    expect(csv.file.suggestedFilename()).toBe('journey_rows_2026-10-12_2026-10-18.csv');
    expect(lines.length - 1).toBe(all);
    expect(csv.bytes.toString()).not.toMatch(/1\d{10}/);
    expect(csv.bytes.toString()).toMatch(/\p{Script=Han}\*/u);

    const arrow = await saved(page, () => rows.getByRole('link', { name: 'Arrow' }).click());
    const table = tableFromIPC(new Uint8Array(arrow.bytes));
    expect(table.numRows).toBe(all);
    expect(String(table.getChild('reached_on')?.type)).toBe('Date32<DAY>');

    const svg = await saved(page, () => page.getByRole('link', { name: 'SVG' }).click());
    expect(svg.bytes.toString()).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg.bytes.toString()).not.toMatch(/var\(|inherit|<script/);
    const png = await saved(page, () => page.getByRole('button', { name: 'PNG' }).click());
    expect([...png.bytes.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
    expect(png.bytes.readUInt32BE(16)).toBe(2 * Number(/width="(\d+)"/.exec(svg.bytes.toString())?.[1]));
    expect(complaints).toEqual([]);
    await leave();
  });

  test('is a page without JavaScript: definition, formula, SQL, and rows that are turned page by page', async () => {
    const { page, leave } = await visit(shared.browser, at(rate), { locale: 'zh-TW', script: false });
    expect(await page.locator('main').innerText()).toMatch(/進店率 = 進店 ÷ 名單/);
    const first = await page.locator('tbody tr').last().innerText();
    await page.locator('summary', { hasText: 'funnel.sql' }).click();
    expect(await page.locator('pre').innerText()).toContain('$from::date');
    await page.getByRole('link', { name: /下一頁/ }).click();
    expect(page.url()).toContain('page=2');
    expect(await page.locator('tbody tr').last().innerText()).not.toBe(first);
    await leave();
  });

  test.each([
    { width: 390, locale: 'zh-CN', colours: 'dark' },
    { width: 1280, locale: 'en-GB', colours: 'light' },
  ] as const)('is readable for everybody at $width px, as a page and as a panel', async (reader) => {
    const { page, complaints, leave } = await visit(shared.browser, at(collected), reader);
    expect(await sideways(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.goto(at('/reports'), { waitUntil: 'networkidle' });
    await withLink(page, rate);
    await page.locator('#opens').click();
    await panel(page).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await panel(page).evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
    expect(complaints).toEqual([]);
    await leave();
  });

  test.each([
    ['/figure/nothing/rate', 404, 'unknown_report'],
    ['/figure/funnel/colour', 404, 'unknown_figure'],
    ['/figure/funnel/rate', 404, 'row_not_found'],
    ['/figure/funnel/rate?row=step_no:9', 404, 'row_not_found'],
    ['/figure/funnel/rate?by=phone&row=step_no:3', 403, 'personal_column'],
    ['/figure/funnel/rate?sql=select&row=step_no:3', 400, 'unknown_parameter'],
  ])('%s is refused with %i %s and a way on', async (path, status, code) => {
    const response = await fetch(at(path));
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(code);
  });
});
