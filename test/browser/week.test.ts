import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { locales } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { openHalfway } from './halfway.ts';
import { crossings, painted, shifts, sideways, speakers, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const at = (path: string) => shared.address + path;
const heading = (page: Page) => page.locator('h1').innerText();
const refusals = [
  { path: '/?week=2026-02-30', status: 400, code: 'bad_date', named: '2026-02-30' },
  { path: '/?week=2199-01-07', status: 400, code: 'period_in_future', named: '2199' },
  { path: '/?week=1900-01-01', status: 400, code: 'before_data', named: '1900' },
  { path: '/?view=sideways', status: 400, code: 'bad_choice', named: 'sideways' },
  { path: '/?compare=a&compare=b', status: 400, code: 'bad_choice', named: 'compare' },
  { path: '/?store=Atlantis', status: 400, code: 'unknown_value', named: 'Atlantis' },
  { path: '/reports/nothing', status: 404, code: 'unknown_report', named: 'nothing' },
  { path: '/nowhere', status: 404, code: 'page_not_found', named: '/nowhere' },
];

describe('the Week page', () => {
  test('shows the last complete week of the sample and says that it is the sample', async () => {
    const { page, complaints, leave } = await visit(shared.browser, shared.address);
    expect(await page.locator('body').innerText()).toContain('Sample studio – not your data');
    expect(await heading(page)).toMatch(/^\d{1,2}( [A-Z]\w+)?( \d{4})?\s?–\s?\d{1,2} [A-Z]\w+ \d{4}$/);
    for (const step of ['Q0', 'Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6'])
      expect(await page.locator('.steps').innerText()).toContain(step);
    expect(await page.locator('section[aria-labelledby=cohorts] tbody tr').count()).toBe(13);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('goes to another week and filters, and the address says all of it', async () => {
    const { page, complaints, leave } = await visit(shared.browser, shared.address);
    const first = await heading(page);
    await page.getByRole('link', { name: 'The week before', exact: true }).click();
    await page.waitForURL(/week=/);
    const before = await heading(page);
    expect(before).not.toBe(first);
    const whole = await page.locator('.steps .n').nth(2).innerText();
    await page.locator('select[name=store]').selectOption({ index: 1 });
    await page.waitForURL(/store=[^&]+/);
    expect(await heading(page)).toBe(before);
    const part = await page.locator('.steps .n').nth(2).innerText();
    expect(Number(part.replaceAll(',', ''))).toBeLessThan(Number(whole.replaceAll(',', '')));

    const again = await visit(shared.browser, page.url());
    expect(await again.page.locator('main').innerText()).toBe(await page.locator('main').innerText());
    expect(complaints).toEqual([]);
    await again.leave();
    await leave();
  });

  test('keeps language and colours, and returns to the same page', async () => {
    const { page, leave } = await visit(shared.browser, at('/?view=cohort'));
    await page.getByRole('button', { name: '简体' }).click();
    await page.waitForFunction(() => document.documentElement.lang === 'zh-Hans');
    expect(await heading(page)).toMatch(/年.*日$/);
    await page.getByRole('button', { name: '深色' }).click();
    await page.waitForFunction(() => document.documentElement.classList.contains('dark'));
    expect(new URL(page.url()).search).toBe('?view=cohort');
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await paper()).toBe('rgb(21, 20, 15)');
    await page.reload();
    expect(await paper()).toBe('rgb(21, 20, 15)');
    await leave();
  });

  test('can be read and steered without JavaScript', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { script: false });
    const first = await heading(page);
    expect(await page.locator('section[aria-labelledby=cohorts] tbody tr').count()).toBe(13);
    expect(await page.locator('figure svg path').count()).toBeGreaterThan(2);
    await page.locator('input[type=date][name=week]').fill('2025-03-05');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await heading(page)).toBe('3–9 March 2025');
    expect(first).not.toBe('3–9 March 2025');
    await page.getByRole('button', { name: '繁體' }).click();
    expect(await heading(page)).toBe('2025年3月3–9日');
    await leave();
  });

  test('brings its chart alive and moves nothing, from the first byte on', async () => {
    const { page, complaints, leave } = await visit(shared.browser, shared.address, {
      watchShifts: true,
    });
    const chart = page.locator('[data-alive]');
    await chart.waitFor();
    expect(await shifts(page)).toEqual([]);
    const labels = await chart.locator('svg text:visible').allInnerTexts();
    await chart.hover({ position: { x: 400, y: 100 } });
    await expect.poll(() => chart.locator('svg text:visible').count()).toBeGreaterThan(labels.length);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('comes within 120 kB, without the words that another page has for itself', async () => {
    const { page, leave } = await visit(shared.browser, shared.address);
    const { bytes, scripts } = await page.evaluate(() => {
      const [opened] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      const asked = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const first = asked.filter(({ startTime }) => startTime < (opened?.loadEventStart ?? 0));
      return {
        bytes: [opened, ...first].reduce((sum, answer) => sum + (answer?.transferSize ?? 0), 0),
        scripts: first.map(({ name }) => name).filter((name) => name.endsWith('.js')),
      };
    });
    const texts = await Promise.all(scripts.map(async (script) => (await fetch(script)).text()));
    const sent = (key: string) => texts.some((text) => text.includes(word('en', key)));
    expect(['steps.strip', 'cohorts.find.unknown'].filter(sent)).toHaveLength(2);
    expect(['data.fresh.note', 'funnel.parts', 'upsells.stores', 'settings.lead'].filter(sent)).toEqual([]);
    expect(bytes).toBeLessThan(120_000);
    await leave();
  });

  test('is painted when all of it has come, and never in parts', async () => {
    const halfway = await openHalfway(shared.address);
    const context = await shared.browser.newContext();
    const page = await context.newPage();
    const arrived = page.goto(halfway.address);
    await page.waitForFunction(() => document.querySelector('h1') !== null, undefined, { polling: 50 });
    expect(await painted(page)).toBe(false);
    halfway.release();
    await arrived;
    expect(await painted(page)).toBe(true);
    await context.close();
    await halfway.end();
  });

  test('runs no script that another put into it', async () => {
    const { page, leave } = await visit(shared.browser, shared.address);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.head.append(script);
      return 'ran' in globalThis;
    });
    expect(ran).toBe(false);
    await leave();
  });

  test('names the store and the days of a gap, and calls nothing that the gap touches', async () => {
    const { gap } = JSON.parse(readFileSync('data/sample/truth.json', 'utf8')) as {
      gap: { store: string; from: string };
    };
    const { page, leave } = await visit(shared.browser, at(`/?week=${gap.from}`), { script: false });
    const text = await page.locator('main').innerText();
    expect(await page.locator('.lead').innerText()).toMatch(new RegExp(`^${gap.store} has no `));
    expect(await page.locator('.act').last().innerText()).toContain(gap.store);
    expect(text).toContain('data missing');
    await leave();
  });

  test('says the week in one sentence with its four sums before anybody scrolls a phone', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, {
      locale: 'zh-CN',
      width: 390,
    });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator('.lead').innerText()).toMatch(
      /^本周签\d+单、¥[\d.]+万，比上一周[多少]\d+单，营收(反而)?[多少]¥[\d.]+万，(主要是|最大的一项是).+[；。]/,
    );
    const sums = page.locator('.sums');
    expect(await sums.locator('dt').allInnerTexts()).toEqual(['业绩', '二销', '实收', '欠款']);
    const box = await sums.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? Infinity)).toBeLessThanOrEqual(844);
    await leave();
  });

  test('opens the largest bar of the waterfall down to its rows, in a panel that the back button closes', async () => {
    const { page, complaints, leave } = await visit(shared.browser, shared.address);
    const links = page.locator('section[aria-labelledby=why] td.num a');
    const effects = (await links.allInnerTexts()).map((text) =>
      Number(text.replace('−', '-').replace(/[+,]/g, '')),
    );
    const largest = effects.indexOf(effects.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0);
    await links.nth(largest).click();
    const panel = page.locator('dialog[open]');
    await panel.locator('tbody tr').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/figure/revenue_change/effect');
    await page.goBack();
    await panel.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toBe('/');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('what is to be done comes before the steps on a phone, and opens the people to call on a screen without scrolling sideways', async () => {
    const { page, leave } = await visit(shared.browser, at('/?week=2025-07-28'), {
      locale: 'zh-CN',
      width: 390,
    });
    const top = async (id: string) =>
      (await page.locator(`section[aria-labelledby=${id}]`).boundingBox())?.y ?? 0;
    expect(await top('why')).toBeLessThan(await top('act'));
    expect(await top('act')).toBeLessThan(await top('steps'));
    const link = page.getByRole('link', { name: /位回电话/ });
    const [, open] = /(\d+)位/.exec(await link.innerText()) ?? [];
    await link.click();
    const list = page.locator('dialog[open] table').first();
    await list.waitFor();
    expect(new URL(page.url()).pathname).toBe('/figure/people_to_call/open_people');
    expect(await list.locator('th').allInnerTexts()).toEqual([
      '姓名',
      '电话',
      '销售',
      '原因',
      '进店',
      '现在',
    ]);
    expect(await list.locator('tbody tr').count()).toBe(Number(open));
    const box = await list.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(390);
    expect(box?.y ?? Infinity).toBeLessThan(400);
    await leave();
  });

  test('prints the money to the cent of its report: the effects add up to the difference it says', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { script: false });
    const csv = await page
      .locator('section[aria-labelledby=why] a[href*="format=csv"]')
      .first()
      .getAttribute('href');
    const answer = await fetch(new URL((csv ?? '').replace('format=csv', 'format=json'), shared.address));
    const { rows } = (await answer.json()) as { rows: { effect: string; difference: string }[] };
    const cents = (text: string) => BigInt(text.replace('.', ''));
    expect(rows.map(({ effect }) => cents(effect)).reduce((a, b) => a + b, 0n)).toBe(
      cents(rows[0]?.difference ?? ''),
    );
    expect(rows.length).toBeGreaterThan(5);
    await leave();
  });

  test('fits two sheets of paper', async () => {
    const { page, leave } = await visit(shared.browser, shared.address);
    const sheets = (await page.pdf({ preferCSSPageSize: true }))
      .toString('latin1')
      .match(/\/Type\s*\/Page\b/g);
    expect(sheets?.length).toBeLessThanOrEqual(2);
    await leave();
  });
});

describe.each(locales)('in %s', (language) => {
  const locale = speakers[language];

  test('axe finds nothing, by day and by night', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { locale });
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    for (const path of ['/', '/?view=cohort&compare=last_year', '/nowhere']) {
      await page.goto(at(path));
      expect(await violationsAllDay(page), path).toEqual([]);
    }
    await leave();
  });

  test('nothing reaches beyond the screen, however narrow or wide', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { locale, script: false });
    for (const path of ['/', '/?view=cohort', '/reports/funnel', '/start']) {
      await page.goto(at(path));
      for (const width of [390, 820, 1280, 1680]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await sideways(page), `${path} at ${width}`).toBe(0);
      }
    }
    await leave();
  });

  test('no text of the seven steps stands on another, from a phone to a desk', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { locale, script: false });
    for (const width of [390, 820, 1000, 1024, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await crossings(page, 'figure:has(.steps)'), `at ${width}`).toEqual([]);
    }
    await leave();
  });

  test('what cannot be shown is refused with a code, a sentence and a remedy', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { locale, script: false });
    for (const { path, status, code, named } of refusals) {
      const response = await page.goto(at(path));
      const text = await page.locator('main').innerText();
      expect(response?.status(), path).toBe(status);
      expect(text).toContain(code);
      expect(text).toContain(named);
      expect(await page.locator('.remedy').innerText(), path).not.toBe('');
    }
    await leave();
  });
});
