import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { looked } from './looked.ts';
import { sideways, violations } from './reader.ts';

/** Chooses files from the disk in the page's field. */
export const choose = (page: Page, ...chosen: string[]) =>
  page
    .locator('input[type=file]')
    .setInputFiles(
      chosen.map((file) => ({ name: basename(file), mimeType: '', buffer: readFileSync(file) })),
    );

/** Does something that the page answers by looking at the files again, and waits until it has. */
export async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  const answer = page.waitForResponse(
    (response) => response.url().includes('/data/drafts/') && response.request().method() === 'POST',
  );
  await act();
  await answer;
  await looked(page);
}

/** Whether everybody can use the page once nothing on it waits. */
export async function isClean(page: Page): Promise<void> {
  await page.locator('main:not(.waiting)').waitFor();
  expect(await violations(page), page.url()).toEqual([]);
  expect(await sideways(page), page.url()).toBe(0);
}
