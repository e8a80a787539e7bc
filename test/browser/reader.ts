import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Locale } from '#lib/words/locale.ts';
import { findChromium } from '../run/machine.ts';
import { signedIn } from './studio.ts';

/** Who opens the page: language of the browser, colours of the system, width of the screen, and whether scripts run. */
export type Reader = {
  locale?: 'en-GB' | 'zh-CN' | 'zh-TW';
  colours?: 'light' | 'dark';
  width?: number;
  script?: boolean;
  /** Who they are signed in as; otherwise whoever has set the studio up. */
  cookie?: string;
  /** Notes every element that moves by itself, for `shifts`. */
  watchShifts?: boolean;
};

/** What a browser sends for each of our languages. */
export const speakers = { en: 'en-GB', 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW' } as const satisfies Record<
  Locale,
  Reader['locale']
>;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens an address as a reader with a fresh profile. `complaints` collects what the browser holds against us. */
export async function visit(
  browser: Browser,
  address: string,
  {
    locale = 'en-GB',
    colours = 'light',
    width = 1280,
    script = true,
    cookie = signedIn.get(new URL(address).origin) ?? '',
    watchShifts = false,
  }: Reader = {},
): Promise<{ page: Page; complaints: string[]; status: number; leave(): Promise<void> }> {
  const context = await browser.newContext({
    locale,
    colorScheme: colours,
    javaScriptEnabled: script,
    viewport: { width, height: 900 },
  });
  await bringCookies(context, address, cookie);
  const page = await context.newPage();
  if (watchShifts) await page.addInitScript(noteShifts);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  const audits = await context.newCDPSession(page);
  audits.on('Audits.issueAdded', ({ issue }) => complaints.push(JSON.stringify(issue)));
  await audits.send('Audits.enable');
  const response = await page.goto(address, { waitUntil: script ? 'networkidle' : 'load' });
  return { page, complaints, status: response?.status() ?? 0, leave: () => context.close() };
}

async function bringCookies(context: BrowserContext, address: string, cookie: string): Promise<void> {
  const { origin } = new URL(address);
  const cookies = cookie.split('; ').filter((pair) => pair !== '');
  await context.addCookies(
    cookies.map((pair) => {
      const at = pair.indexOf('=');
      return { url: origin, name: pair.slice(0, at), value: pair.slice(at + 1) };
    }),
  );
}

/** What has moved by itself since the page began to load: how much, and the elements. */
export function shifts(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved);
}

/** Whether the page has been painted; waits half a second at most for a frame that may not come. */
export function painted(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((answer) => {
        requestAnimationFrame(() => answer(true));
        setTimeout(() => answer(false), 500);
      }),
  );
}

/** Runs in the page before anything else. */
function noteShifts(): void {
  type Shift = PerformanceEntry & { value: number; sources: { node: Element | null }[] };
  const moved: string[] = [];
  Object.assign(globalThis, { moved });
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as Shift[])
      moved.push(`${value}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80)).join(' ')}`);
  }).observe({ type: 'layout-shift', buffered: true });
}

/** What axe asks only when told to, and Lighthouse asks as well. */
const asked = [
  'target-size',
  'label-content-name-mismatch',
  'identical-links-same-purpose',
  'table-fake-caption',
  'td-has-header',
];

/** What axe finds wrong with the page as it stands: the rule and where. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (rules) => {
    type Found = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] };
    const { axe } = globalThis as unknown as { axe: { run(on: Document, options: object): Promise<Found> } };
    const enabled = Object.fromEntries(rules.map((rule) => [rule, { enabled: true }]));
    const found = await axe.run(document, { resultTypes: ['violations'], rules: enabled });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    );
  }, asked);
}

/** What axe finds wrong with the page as it stands by day, or by night. */
export async function violationsAllDay(page: Page): Promise<string[]> {
  const found = new Set<string>();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const one of await violations(page)) found.add(one);
  }
  return [...found];
}

/** By how many pixels a page can be scrolled sideways. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Texts within `place` that stand on one another, by more than the pixel that rounding takes. */
export function crossings(page: Page, place: string): Promise<string[]> {
  return page.locator(place).evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts: { text: string; box: DOMRect }[] = [];
    while (walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const text = walker.currentNode.textContent?.trim() ?? '';
      if (text === '' || walker.currentNode.parentElement?.closest('.vh, details')) continue;
      for (const box of range.getClientRects()) if (box.width > 1) texts.push({ text, box });
    }
    const across = (a: DOMRect, b: DOMRect) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1;
    const down = (a: DOMRect, b: DOMRect) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    return texts.flatMap((one, at) =>
      texts
        .slice(at + 1)
        .filter(({ box }) => across(one.box, box) && down(one.box, box))
        .map(({ text }) => `${one.text} | ${text}`),
    );
  });
}
