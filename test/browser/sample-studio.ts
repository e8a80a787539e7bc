import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from './reader.ts';
import { openStudio, sampleTemplate } from './studio.ts';
import type { Studio, Template } from './studio.ts';

/** What a file of tests shares: a browser, a server that shows the sample, and the sample's data to copy. */
export type SampleStudio = { browser: Browser; studio: Studio; template: Template };

/** Opens them before the file's tests and ends them after; filled when the first test runs. */
export function sampleStudio(): SampleStudio {
  const shared = {} as SampleStudio;
  beforeAll(async () => {
    [shared.browser, shared.template] = await Promise.all([openBrowser(), sampleTemplate()]);
    shared.studio = await openStudio(shared.template);
  });
  afterAll(async () => {
    await shared.browser.close();
    await shared.studio.end();
    shared.template.remove();
  });
  return shared;
}
