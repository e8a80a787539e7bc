import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { DraftFiles } from './draft-files.ts';
import { visit } from './reader.ts';

/** What is opened before the tests: a browser, files on the disk, and the address of the page Start. */
type Opened = { browser: Browser; files: DraftFiles; start: string };

/** The same questions and the same import where a browser runs no scripts. */
export function withoutScripts(opened: () => Opened): void {
  describe('without scripts', () => {
    test('dates are asked about and files come in by forms alone', async () => {
      const { browser, files, start } = opened();
      const { page, leave } = await visit(browser, start, { script: false });
      const buffer = readFileSync(files.orders);
      await page.locator('input[type=file]').setInputFiles({ name: 'tour.csv', mimeType: '', buffer });
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.waitForURL(/drafts/);
      await page.getByLabel('Day first: 03/04/2024 is 3 April 2024').waitFor();
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      expect(await page.locator('[role=alert]').innerText()).toContain('still open');
      await page.getByLabel('Day first: 03/04/2024 is 3 April 2024').check();
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      expect(await page.locator('h1').innerText()).toBe('Imported');
      await leave();
    });
  });
}
