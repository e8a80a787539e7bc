import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../run/machine.ts';
import { serveSample } from './server.ts';
import { kilobytes, type Measurement } from './table.ts';

/** What one visit with an empty cache cost: compressed bytes, by moment, and the sum of layout shifts. */
type Visit = { beforeAlive: number; inAll: number; shift: number };

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
    const seen = { shift: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        seen.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(address, { waitUntil: 'load' });
  loaded = true;
  await page.waitForLoadState('networkidle');
  await page.evaluate((pause) => new Promise((resolve) => setTimeout(resolve, pause)), still);
  const shift = await page.evaluate(() => (globalThis as unknown as { seen: { shift: number } }).seen.shift);
  await context.close();
  return { beforeAlive, inAll, shift };
}

/** A first visit of the Week page in real Chromium against the built server, compressed as it is served. */
export async function firstVisit(folder: string): Promise<Measurement[]> {
  const server = await serveSample(join(folder, 'data'));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const { beforeAlive, inAll, shift } = await visit(browser, server.address);
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
      { what: 'layout shift of the first visit', measured: shift.toFixed(3), target: '0', met: shift === 0 },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}
