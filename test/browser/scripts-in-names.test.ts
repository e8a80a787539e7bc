import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { doors } from '#lib/server/access/doors.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { OWNER, cookieIn, openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

const shared = sampleStudio();

/** What would run in a text, an attribute, a script, a title or a text area of a page, or in a picture. */
const SCRIPT = `'"></script></title></textarea></text><svg/onload=hit()><img/src=x onerror=hit()><script>hit()</script>`;
/** The same for names of sixty characters at the most. */
const SHORT = `"'><img/src=x onerror=hit()><svg/onload=hit()>`;

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csv = (rows: (string | number)[][]) => rows.map((row) => row.map(String).map(quoted).join()).join('\n');
const named = (what: string, at: number) => `${what} ${at} ${SCRIPT}`;

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio(inject('sampleFolder'));
  await studio.command('import', ...lists());
  await post('/notes?/add', { week: '2026-07-27', text: SCRIPT });
  await post('/people?/invite', { name: SHORT, role: 'marketer' });
  await post('/account?/add_token', { name: SHORT, expires: '2030-01-01', present: OWNER.password });
}, 240_000);
afterAll(() => studio.end());

const post = (path: string, fields: Record<string, string>) =>
  studio.fetch(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: studio.address, accept: 'text/html' },
    redirect: 'manual',
  });

/** Thirty weeks of a studio in which everything that has a name has a script in it. */
function lists(): string[] {
  const day = (at: number) => new Date(Date.UTC(2026, 0, 5 + at)).toISOString().slice(0, 10);
  const journeys = Array.from({ length: 420 }, (_, at) => ({
    at,
    on: day(Math.floor(at / 2)),
    id: `${SCRIPT}${at}`,
  }));
  const tables = {
    leads: [
      [
        'lead_id',
        'created_at',
        'channel',
        'campaign_id',
        'store',
        'staff_id',
        'customer_id',
        'customer_name',
        'city',
        SCRIPT,
      ],
      ...journeys.map(({ at, on, id }) => [
        id,
        `${on} 10:00`,
        named('channel', at % 2),
        named('campaign', 0),
        named('store', at % 2),
        named('staff', at % 3),
        named('customer', at),
        SCRIPT,
        named('city', 0),
        named('extra', at % 2),
      ]),
    ],
    visits: [
      ['visit_id', 'visited_at', 'lead_id', 'outcome', 'store', 'staff_id', 'reason', 'tactic'],
      ...journeys
        .filter(({ at }) => at % 3 > 0)
        .map(({ at, on, id }) => [
          `v${id}`,
          `${on} 11:00`,
          id,
          at % 3 > 1 ? 'booked' : 'no_sale',
          named('store', at % 2),
          named('staff', at % 3),
          SCRIPT,
          SCRIPT,
        ]),
    ],
    orders: [
      ['order_id', 'ordered_at', 'amount', 'lead_id', 'customer_id', 'package', 'store', 'staff_id'],
      ...journeys
        .filter(({ at }) => at % 3 > 1)
        .map(({ at, on, id }) => [
          `o${id}`,
          `${on} 12:00`,
          1000 + at,
          id,
          named('customer', at),
          SCRIPT,
          named('store', at % 2),
          named('staff', at % 3),
        ]),
    ],
    upsells: [
      ['upsell_id', 'sold_at', 'amount', 'order_id', 'touchpoint', 'item_type', 'staff_id'],
      ...journeys
        .filter(({ at }) => at % 3 > 1)
        .map(({ at, on, id }) => [
          `u${id}`,
          `${on} 13:00`,
          100,
          `o${id}`,
          'viewing',
          named('item', at % 2),
          named('staff', at % 3),
        ]),
    ],
    staff: [
      ['staff_id', 'name', 'role', 'store'],
      ...[0, 1, 2].map((at) => [named('staff', at), `${at}${SCRIPT}`, 'seller', named('store', at % 2)]),
    ],
    campaigns: [
      ['campaign_id', 'name', 'channel', 'cost'],
      [named('campaign', 0), SCRIPT, named('channel', 0), 100],
    ],
    campaign_days: [
      ['campaign_id', 'date', 'audience', 'aware'],
      ...Array.from({ length: 210 }, (_, at) => [named('campaign', 0), day(at), 1000, 100]),
    ],
    customers: [
      ['customer_id', 'name', 'phone'],
      ...journeys.map(({ at }) => [named('customer', at), SCRIPT, '13800138000']),
    ],
  };
  return Object.entries(tables).map(([table, rows]) => {
    const path = join(studio.data, `${table}.csv`);
    writeFileSync(path, csv(rows));
    return path;
  });
}

/** Fails the page as soon as something of ours runs; counts what would have, had the policy not forbidden it. */
async function watch(page: Page): Promise<string[]> {
  const fired: string[] = [];
  await page.exposeFunction('hit', () => fired.push('a script ran'));
  page.on('dialog', (dialog) => {
    fired.push(dialog.message());
    void dialog.dismiss();
  });
  return fired;
}

/** Elements that only a name which was taken for markup can have made. */
const made = (page: Page) =>
  page.evaluate(
    () =>
      document.querySelectorAll('[onload], [onerror], img[src="x"], svg > script, body script:not([nonce])')
        .length,
  );

test('no name of anything becomes more than text: pages, charts, what the pointer shows, panels, print', async () => {
  const { page, complaints, leave } = await visit(shared.browser, `${studio.address}/glossary`);
  const fired = await watch(page);
  const wrong: string[] = [];
  const shown: string[] = [];
  const look = async (path: string) => {
    await page.goto(studio.address + path, { waitUntil: 'networkidle' });
    if ((await page.locator('main').innerText()).includes('hit()')) shown.push(path);
    const markup = await made(page);
    const heard = complaints.splice(0).filter((one) => !/status of 4\d\d/.test(one));
    if (markup > 0 || heard.length > 0 || fired.length > 0)
      wrong.push(`${path}: ${markup} ${heard} ${fired}`);
  };
  const span = { from: '2026-06-01', to: '2026-08-02' };
  const by = (field: string) => `/funnel?${new URLSearchParams({ by: field, ...span })}`;
  const pages = Object.entries(doors).flatMap(([route, { page: door }]) =>
    door && !route.includes('[') && !['/login', '/setup'].includes(route) ? [route] : [],
  );
  const evil = encodeURIComponent(SCRIPT);
  for (const path of [
    ...pages,
    ...['store', 'channel', 'campaign_id', 'staff_id', SCRIPT].map(by),
    `/?week=2026-07-27&store=${encodeURIComponent(named('store', 0))}`,
    figureLink('funnel', 'people', { ...span, by: 'store' }, { segment: named('store', 0), step_no: 2 }),
    figureLink('journey_rows', 'all_rows', span),
    figureLink('upsell_sellers', 'sold', span, { staff_id: named('staff', 2) }),
    '/reports/funnel',
    '/data/lists/leads',
    '/data/batches/1',
    '/data/batches/2',
    `/search?q=${evil}`,
    `/notes?week=2026-08-03&edit=1`,
    `/people?edit=${evil}`,
    `/funnel?by=${evil}x`,
    `/data/lists/${evil}`,
    `/figure/${evil}/${evil}`,
    `/login?back=${evil}`,
    `/${evil}`,
  ])
    await look(path);

  await page.goto(`${studio.address}${by('store')}`, { waitUntil: 'networkidle' });
  const chart = page.locator('[data-layer]').first();
  await chart.waitFor({ state: 'attached' });
  for (const share of [0.3, 0.6, 0.9]) {
    const box = await chart.locator('..').boundingBox();
    if (box) await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
  }
  await page.locator('a[href^="/figure/"]').first().click();
  await page.locator('dialog[open]').waitFor();
  expect(await made(page)).toBe(0);
  await page.emulateMedia({ media: 'print' });
  expect(await made(page)).toBe(0);
  expect(complaints.filter((one) => !/status of 4\d\d/.test(one))).toEqual([]);
  expect(fired).toEqual([]);
  expect(wrong).toEqual([]);
  for (const path of ['/', '/upsells', '/team', '/notes', '/people', '/account', by('store')])
    expect(shown).toContain(path);
  expect(shown.filter((path) => path.startsWith('/figure/')).length).toBeGreaterThan(1);
  await leave();
});

test('nor in files before their import, whose names, sheets and cells are shown', async () => {
  const form = new FormData();
  const content = `lead_id,created_at,${quoted(SCRIPT)}\n${quoted(SCRIPT)},2026-08-01,${quoted(SCRIPT)}\n`;
  form.append('files', new Blob([content]), `leads ${SHORT.replaceAll('/', '')}.csv`);
  form.append(
    'files',
    new Blob([JSON.stringify([{ [SCRIPT]: SCRIPT, lead_id: SCRIPT }])]),
    `${SHORT.replaceAll('/', '')}.json`,
  );
  const taken = await studio.fetch('/data?/draft', {
    method: 'POST',
    body: form,
    headers: { origin: studio.address, accept: 'text/html' },
    redirect: 'manual',
  });
  const place = taken.headers.get('location') ?? '';
  const { page, complaints, leave } = await visit(shared.browser, `${studio.address}/glossary`);
  const fired = await watch(page);
  await page.goto(studio.address + place, { waitUntil: 'networkidle' });
  await page.getByText('hit()').first().waitFor({ state: 'attached' });
  expect([await made(page), complaints, fired]).toEqual([0, [], []]);
  await leave();
});

test('nor in files that are taken away, nor in what a program is answered', async () => {
  const span = 'from=2026-06-01&to=2026-08-02';
  const picture = await studio.fetch(
    figureLink(
      'funnel',
      'people',
      { from: '2026-07-27', to: '2026-08-02', by: 'store' },
      { segment: named('store', 0), step_no: 2 },
    ).replace('?', '/chart.svg?'),
  );
  expect(picture.headers.get('content-disposition')).toContain('attachment');
  expect(picture.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await picture.text()).not.toMatch(/<(img|script|svg\/)/);
  for (const format of ['json', 'csv', 'xlsx', 'arrow']) {
    const answer = await studio.fetch(`/api/reports/funnel?by=store&${span}&format=${format}`);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-type')).not.toMatch(/html|xml;|svg/);
  }
});

test('nor where somebody joins by a link under such a name', async () => {
  const link = await studio.command('user', 'add', `2 ${SHORT}`.slice(0, 60), '--role', 'marketer');
  const path = new URL(link.trim()).pathname;
  const { page, complaints, leave } = await visit(shared.browser, `${studio.address}${path}`, {
    script: true,
  });
  expect([await made(page), complaints]).toEqual([0, []]);
  const password = 'seven steps to somewhere';
  const joined = await fetch(studio.address + path, {
    method: 'POST',
    body: new URLSearchParams({ password, again: password }),
    headers: { origin: studio.address, accept: 'text/html' },
    redirect: 'manual',
  });
  expect(cookieIn(joined)).not.toBe('');
  await leave();
});
