import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { locales } from '#lib/words/locale.ts';
import { sideways, speakers, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio } from './studio.ts';

/** No test but the first changes its settings or notes. */
const shared = sampleStudio();

const at = (path: string) => shared.address + path;
const places = ['/settings', '/glossary', '/notes', '/search?q=visit'];

/** Writes a value into the form of one setting and sends it. */
async function set(page: Page, name: string, value: string): Promise<void> {
  await page.locator(`#value-${name}`).fill(value);
  await page.locator(`#${name} button`).click();
}

describe('the Settings page', () => {
  test('changes settings without JavaScript, for the command line too, and says what is not possible', async () => {
    const own = await openStudio(inject('sampleFolder'));
    const { page, leave } = await visit(shared.browser, `${own.address}/settings`, { script: false });
    expect(await page.locator('#time_zone').innerText()).toContain('rebuilds all models');
    await set(page, 'currency', 'twd');
    expect(await page.locator('#currency').innerText()).toContain('Saved.');
    await set(page, 'margin_rate', '45.5');
    await set(page, 'time_zone', 'Asia/Taipei');
    expect(await page.locator('#time_zone').innerText()).toContain('Saved.');
    const kept = JSON.parse(await own.command('get', '--sample', '--json')) as Record<string, string>;
    expect(kept).toMatchObject({ currency: 'TWD', margin_rate: '0.455', time_zone: 'Asia/Taipei' });
    expect(await page.locator('#value-margin_rate').inputValue()).toBe('45.5');

    await set(page, 'time_zone', 'Mars/Olympus');
    const refused = page.getByRole('alert');
    expect(await refused.innerText()).toContain('Mars/Olympus');
    expect(await refused.innerText()).toContain('Asia/Shanghai');
    expect(await page.locator('#value-time_zone').inputValue()).toBe('Mars/Olympus');
    await page.goto(`${own.address}/`);
    expect(await page.locator('main').innerText()).toContain('amounts in TWD');
    expect(await page.locator('main').innerText()).toContain('Asia/Taipei');
    await leave();
    await own.end();
  });
});

describe('notes', () => {
  test('are pinned on the Week page, changed and removed, without JavaScript', async () => {
    const own = await openStudio(inject('sampleFolder'));
    const week = '/?week=2025-03-10';
    const { page, leave } = await visit(shared.browser, own.address + week, { script: false });
    const pinned = page.locator('.pinned');
    await pinned.locator('summary').click();
    await pinned.locator('input[name=text]').fill('fair in Chengdu');
    await page.getByRole('button', { name: 'Pin' }).click();
    expect(page.url()).toContain('week=2025-03-10');
    expect(await pinned.innerText()).toContain('fair in Chengdu');
    await pinned.getByRole('link', { name: 'Edit' }).click();
    await page.locator('input[name=text]').fill('fair in Chongqing');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.goto(own.address + week);
    expect(await pinned.innerText()).toContain('fair in Chongqing');
    expect(await pinned.innerText()).not.toContain('Chengdu');
    await page.goto(`${own.address}/notes?edit=1`);
    await page.getByRole('button', { name: 'Remove' }).click();
    expect(await page.locator('main').innerText()).toContain('No week has a note yet.');
    expect((await page.goto(`${own.address}/notes?edit=1`))?.status()).toBe(404);
    await leave();
    await own.end();
  });

  test('that are too long or for no day are refused with what was written still there', async () => {
    const answer = await fetch(at('/notes?/add'), {
      method: 'POST',
      headers: { origin: new URL(shared.address).origin, accept: 'text/html' },
      body: new URLSearchParams({ week: '2025-03-10', text: 'x'.repeat(201) }),
    });
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toContain('role="alert"');
    expect(html).toContain('x'.repeat(201));
  });

  test('are written by nobody from another site, and lead nobody away', async () => {
    const body = new URLSearchParams({ week: '2025-03-10', text: 'x', back: '//evil.example' });
    const foreign = { origin: 'http://evil.example' };
    expect((await fetch(at('/notes?/add'), { method: 'POST', headers: foreign, body })).status).toBe(403);
    const own = { origin: new URL(shared.address).origin };
    const answer = await fetch(at('/notes?/change'), {
      method: 'POST',
      headers: own,
      body,
      redirect: 'manual',
    });
    expect(answer.headers.get('location') ?? '').not.toContain('evil');
  });
});

describe('the keyboard', () => {
  test('turns the weeks, finds reports and explains itself', async () => {
    const { page, complaints, leave } = await visit(shared.browser, at('/?week=2025-03-10'));
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/week=2025-03-03/);
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/week=2025-03-10/);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard' });
    await help.waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
    expect(page.url()).toContain('week=2025-03-10');
    await page.keyboard.press('/');
    await page.waitForURL(/\/search/);
    await page.keyboard.type('upsell');
    await page.getByRole('link', { name: 'Upsell ladder' }).first().waitFor();
    await page.keyboard.type('/?');
    expect(await page.getByRole('searchbox').inputValue()).toBe('upsell/?');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('is heard as soon as the help is closed, however late the next frame is painted', async () => {
    const { page, leave } = await visit(shared.browser, at('/glossary'));
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.evaluate(() => {
      document.querySelector<HTMLDialogElement>('dialog[open]')?.close();
      const pressed = new KeyboardEvent('keydown', { key: '/', bubbles: true });
      document.activeElement?.dispatchEvent(pressed);
    });
    await page.waitForURL(/\/search/);
    await leave();
  });
});

describe('the glossary', () => {
  test('explains every step and ratio, and headings lead to their words', async () => {
    const { page, leave } = await visit(shared.browser, at('/glossary'), { script: false });
    for (const id of ['q0', 'q6', 'i1', 'i6', 'cohort', 'noise', 'ladder'])
      expect(await page.locator(`#${id} dd`).innerText(), id).not.toBe('');
    expect(await page.locator('#q2').innerText()).toContain('客资');
    for (const path of ['/funnel', '/upsells', '/team', '/me?staff=S28']) {
      await page.goto(at(path));
      for (const link of await page.locator('a[href^="/glossary#"]').all()) {
        const term = (await link.getAttribute('href'))?.split('#')[1] ?? '';
        const found = await (await fetch(at('/glossary'))).text();
        expect(found, `${path} ${term}`).toContain(`id="${term}"`);
      }
    }
    await leave();
  });
});

describe.each(locales)('in %s', (language) => {
  const locale = speakers[language];

  test('axe finds nothing, by day and by night', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { locale });
    for (const path of places) {
      await page.goto(at(path));
      expect(await violationsAllDay(page), path).toEqual([]);
    }
    await page.keyboard.press('Tab');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    expect(await violationsAllDay(page), 'help').toEqual([]);
    await leave();
  });

  test('nothing reaches beyond the screen, however narrow or wide', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { locale, script: false });
    for (const path of places) {
      await page.goto(at(path));
      for (const width of [390, 820, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await sideways(page), `${path} at ${width}`).toBe(0);
      }
    }
    await leave();
  });
});
