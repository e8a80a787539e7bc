import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { openBrowser } from './reader.ts';

/** What a file of tests needs to look at the sample: a browser of its own, and the address where all of them see it. */
export type SampleStudio = { browser: Browser; address: string };

/** Opens the browser before the file's tests and closes it after; filled when the first test runs. */
export function sampleStudio(): SampleStudio {
  const shared = { address: inject('sampleAddress') } as SampleStudio;
  beforeAll(async () => {
    shared.browser = await openBrowser();
  });
  afterAll(() => shared.browser.close());
  return shared;
}
