import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright-core';

/** Drops files from the disk onto a page, as a hand would: over it first, then let go. */
export async function drop(page: Page, ...files: string[]): Promise<void> {
  const dropped = files.map((file) => ({ name: basename(file), text: readFileSync(file, 'utf8') }));
  const transfer = await page.evaluateHandle((list) => {
    const held = new DataTransfer();
    for (const { name, text } of list) held.items.add(new File([text], name, { type: 'text/csv' }));
    return held;
  }, dropped);
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await transfer.dispose();
}
