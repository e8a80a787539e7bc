import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until the page of a draft has nothing more to look at. */
export async function looked(page: Page): Promise<void> {
  await page.waitForURL(/drafts/);
  await page.locator('form:has(.go) button.main').waitFor();
  await expect.poll(() => page.locator('form .go [role=status]').innerText()).not.toMatch(/Looking|正在/);
}
