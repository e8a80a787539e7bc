import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { ownLists } from './own-lists.ts';
import { visit } from './reader.ts';
import { statusFor } from './request.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio } from './studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();
const at = (path: string) => shared.address + path;
const heading = (page: Page) => page.locator('h1').innerText();

describe('the server', () => {
  test('answers no other host than its own, and no form from another site', async () => {
    expect(await statusFor(shared.address, { host: new URL(shared.address).host })).toBe(200);
    expect(await statusFor(shared.address, { host: 'shared.studio.example' })).toBe(421);
    const form = { method: 'POST', body: new URLSearchParams({ theme: 'dark' }) };
    const foreign = await fetch(at('/preferences'), { ...form, headers: { origin: 'http://evil.example' } });
    expect(foreign.status).toBe(403);
  });

  test('tells whoever watches it that it lives and answers, by any address and nothing more', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect(await statusFor(at(path), { host: '10.0.0.7:8080' })).toBe(200);
    expect(await (await fetch(at('/readyz'))).text()).toBe('ready\n');
  });

  test('gives every request an id of its own', async () => {
    const ids = [await fetch(at('/glossary')), await fetch(at('/nowhere'))].map(({ headers }) =>
      headers.get('x-request-id'),
    );
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('outlives readers who leave before a page is made, and questions that cannot be meant', async () => {
    for (const week of ['2026-06-15', '2026-06-22', '2026-06-29']) {
      const leaving = new AbortController();
      const gone = fetch(at(`/?week=${week}&compare=mean_of_four`), { signal: leaving.signal });
      setImmediate(() => leaving.abort());
      await expect(gone).rejects.toThrow('abort');
    }
    expect((await fetch(at('/?store=%00'))).status).toBe(400);
    expect((await fetch(shared.address)).status).toBe(200);
  });

  test('leads nobody away from itself', async () => {
    for (const back of [
      '//evil.example',
      '/\\evil.example',
      '/a/..//evil.example',
      'https://evil.example/',
      '',
    ]) {
      const body = new URLSearchParams({ theme: 'dark', back });
      const headers = { origin: new URL(shared.address).origin };
      const answer = await fetch(at('/preferences'), { method: 'POST', body, headers, redirect: 'manual' });
      const target = new URL(answer.headers.get('location') ?? '', shared.address);
      expect(answer.status).toBe(303);
      expect(target.origin, back).toBe(new URL(shared.address).origin);
    }
  });
});

describe('own data', () => {
  test('take the sample’s place, and a list imported meanwhile is there at the next look', async () => {
    const own = await openStudio(inject('sampleFolder'));
    const lists = ownLists();
    const { page, leave } = await visit(shared.browser, own.address);
    await page.getByRole('link', { name: 'Start with my data' }).click();
    await page.getByText('sevensteps -- import').first().waitFor();

    await own.command('import', lists.twoWeeks);
    await page.goto(own.address);
    expect(await page.locator('body').innerText()).not.toContain('Sample studio');
    expect(await heading(page)).toBe('11–17 March 2024');

    const [summary] = JSON.parse(await own.command('import', lists.nextWeek, '--json')) as object[];
    expect(summary).toMatchObject({ read: 16, loaded: 14, rejected: 2 });
    expect(await heading(page)).toBe('11–17 March 2024');
    await page.reload();
    expect(await heading(page)).toBe('18–24 March 2024');
    expect(await page.locator('.steps .n').nth(0).innerText()).toBe('—');
    expect(await page.locator('.steps').innerText()).toContain('14');
    expect(await page.locator('.steps').innerText()).toContain('no source');

    await own.command('import', lists.weekBegun);
    await page.reload();
    expect(await heading(page)).toBe('18–24 March 2024');
    await page.getByRole('link', { name: 'The week after' }).click();
    await page.getByText('This week is still running').waitFor();
    expect(await heading(page)).toBe('25–31 March 2024');
    await leave();
    await own.end();
    lists.remove();
  });
});
