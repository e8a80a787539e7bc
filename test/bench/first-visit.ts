import type { Browser } from 'playwright-core';
import { openBrowser } from '../browser/reader.ts';
import { withSample } from './sample.ts';
import { kilobytes, type Measurement } from './table.ts';

/** What one visit with an empty cache cost: compressed bytes, by moment, and each shift of the layout. */
type Visit = { beforeAlive: number; inAll: number; shifts: { value: number; moved: string[] }[] };

const still = 1500;

/** Opens a page in a fresh profile and follows every response as it comes over the wire, headers included. */
async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  const late = new Set<string>();
  let loaded = false;
  let beforeAlive = 0;
  let inAll = 0;
  wire.on('Network.requestWillBeSent', (request) => {
    if (loaded) late.add(request.requestId);
  });
  wire.on('Network.loadingFinished', (response) => {
    inAll += response.encodedDataLength;
    if (!late.has(response.requestId)) beforeAlive += response.encodedDataLength;
  });
  await page.addInitScript(() => {
    type Shift = PerformanceEntry & { value: number; sources: { node?: Node }[] };
    const shifts: Visit['shifts'] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as Shift[])
        shifts.push({
          value,
          moved: sources.map(({ node }) => node?.textContent?.trim().slice(0, 60) ?? ''),
        });
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(address, { waitUntil: 'load' });
  loaded = true;
  await page.waitForLoadState('networkidle');
  await page.evaluate((pause) => new Promise((resolve) => setTimeout(resolve, pause)), still);
  const shifts = await page.evaluate(() => (globalThis as unknown as Pick<Visit, 'shifts'>).shifts);
  await context.close();
  return { beforeAlive, inAll, shifts };
}

/** A first visit of the Week page in real Chromium against the built server, compressed as it is served. */
export function firstVisit(): Promise<Measurement[]> {
  return withSample(async ({ address }) => {
    const browser = await openBrowser();
    try {
      const { beforeAlive, inAll, shifts } = await visit(browser, address);
      for (const { value, moved } of shifts) console.error(`layout shift of ${value}:`, moved);
      const shift = shifts.reduce((sum, { value }) => sum + value, 0);
      return [
        {
          what: 'first visit, compressed, before the charts come alive',
          measured: kilobytes(beforeAlive),
          target: '≤ 120 kB',
          met: beforeAlive <= 120_000,
        },
        {
          what: 'first visit, compressed, in all',
          measured: kilobytes(inAll),
          target: '≤ 350 kB',
          met: inAll <= 350_000,
        },
        {
          what: 'layout shift of the first visit',
          measured: shift.toFixed(3),
          target: '0',
          met: shift === 0,
        },
      ];
    } finally {
      await browser.close();
    }
  });
}
