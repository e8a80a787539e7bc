import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { tryFeed } from '#lib/server/pull/pull.ts';
import type { WebFeed } from '#lib/server/pull/feed.ts';
import { fetchPages } from '#lib/server/pull/web.ts';
import { codeOf } from '../import/bring.ts';
import { houseOfFeeds, signal } from './house-of-feeds.ts';
import { sendJson, webServer } from './web-server.ts';
import type { WebServer } from './web-server.ts';

const house = houseOfFeeds();
const { world, run, leads, state } = house;
let server: WebServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const lead = (number: number) => ({
  lead_id: `L${number}`,
  created_at: `2026-11-0${number}`,
  channel: 'web',
});

function put(feed: object) {
  house.studio.app.feeds.put({
    name: 'till',
    kind: 'web',
    url: `${server?.origin}/leads`,
    table: 'leads',
    allow: ['till.example'],
    ...feed,
  });
}

describe('a web feed', () => {
  it('brings the records of all pages in as one batch, known by its name', async () => {
    server = await webServer((request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page'));
      sendJson(response, { data: { items: page <= 2 ? [lead(page)] : [] } });
    });
    put({ records: 'data.items', paging: { kind: 'page', parameter: 'page' } });
    const { summaries } = await run();
    expect(summaries.map(({ table, read, loaded }) => [table, read, loaded])).toEqual([['leads', 2, 2]]);
    expect(await leads()).toEqual([
      { lead_id: 'L1', channel: 'web' },
      { lead_id: 'L2', channel: 'web' },
    ]);
    expect(await house.studio.app.warehouse.query('select source, source_name from raw.batches')).toEqual([
      { source: 'pull', source_name: 'till' },
    ]);
    expect(state()).toMatchObject({ last_outcome: 'done', last_read: 2 });
  });

  it('refuses nothing that lacks columns, but tells what standing records lost to it', async () => {
    let row: object = { ...lead(1), store: '解放碑店' };
    server = await webServer((_, response) => sendJson(response, [row]));
    put({});
    expect((await run()).emptied).toEqual([[]]);
    row = lead(1);
    expect((await run()).emptied).toEqual([[{ field: 'store', records: 1 }]]);
    expect(state()).toMatchObject({ last_outcome: 'done' });
  });

  it('follows a cursor in the answer until there is none', async () => {
    server = await webServer((request, response) => {
      const after = new URL(request.url ?? '', 'http://x').searchParams.get('after');
      sendJson(response, { rows: [lead(after === null ? 1 : 2)], next: after === null ? 'abc' : null });
    });
    put({ records: 'rows', paging: { kind: 'cursor', parameter: 'after', path: 'next' } });
    await run();
    expect(server.seen.map(({ url }) => url)).toEqual(['/leads', '/leads?after=abc']);
    expect((await leads()).length).toBe(2);
  });

  it('follows the header Link, with CSV pages too', async () => {
    server = await webServer((request, response) => {
      const second = request.url === '/second';
      const link = second ? {} : { link: '</first>; rel="prev", </second>; rel="next"' };
      response.writeHead(200, { 'content-type': 'text/csv', ...link });
      response.end(`lead_id,created_at\n${second ? 'L2' : 'L1'},2026-11-01\n`);
    });
    put({ body: 'csv', paging: { kind: 'link' } });
    await run();
    expect((await leads()).length).toBe(2);
  });

  it('asks next time only for what is new, once the import is in', async () => {
    server = await webServer((request, response, nth) => sendJson(response, [lead(nth)]));
    put({ since: { parameter: 'since', field: 'created_at' } });
    await run();
    await run();
    expect(server.seen.map(({ url }) => url)).toEqual(['/leads', '/leads?since=2026-11-01']);
    expect(state()?.cursor).toBe('2026-11-02');
  });

  it.each([
    ['JSON', 'json', JSON.stringify([lead(1)])],
    ['CSV', 'csv', 'lead_id,created_at\nL1,2026-11-01\n'],
  ])('stops at a page of %s that equals the one before', async (_, body, text) => {
    server = await webServer((__, response) => response.writeHead(200).end(text));
    put({ body, paging: { kind: 'page', parameter: 'page' } });
    const { summaries } = await run();
    expect(summaries.map(({ read }) => read)).toEqual([1]);
    expect(server.seen.map(({ url }) => url)).toEqual(['/leads?page=1', '/leads?page=2']);
  });

  it('is refused where pages are left behind the last that may be asked', async () => {
    server = await webServer((_, response, nth) => sendJson(response, [lead(nth)]));
    put({ paging: { kind: 'page', parameter: 'page' } });
    const { feed } = house.studio.app.feeds.get('till');
    const fetch = (pages: number, rest: 'refused' | 'left') => {
      const folder = mkdtempSync(join(house.studio.app.data, 'pages-'));
      const bounds = { bytes: 1000, pages, rest };
      return fetchPages({ feed: feed as WebFeed, cursor: null, folder, bounds }, world, signal);
    };
    expect(await codeOf(fetch(2, 'refused'))).toBe('source_too_many_pages');
    expect(server.seen.length).toBe(2);
    expect((await fetch(1, 'left')).records).toBe(1);
  });

  it.each<[string, { path?: string; [part: string]: unknown }, string]>([
    ['the same', {}, '/leads?since=2026-11-01'],
    ['a new schedule', { schedule: '0 6 * * *' }, '/leads?since=2026-11-01'],
    ['another address', { path: '/old' }, '/old'],
    ['another list', { table: 'visits' }, '/leads'],
    ['another field', { since: { parameter: 'since', field: 'lead_id' } }, '/leads'],
  ])(
    'that is put again with %s asks anew only where it fetches other records',
    async (_, { path = '/leads', ...change }, url) => {
      server = await webServer((__, response) => sendJson(response, [lead(1)]));
      const since = { parameter: 'since', field: 'created_at' };
      put({ since });
      await run();
      put({ since, url: `${server.origin}${path}`, ...change });
      await run().catch(() => undefined);
      expect(server.seen.at(-1)?.url).toBe(url);
    },
  );

  it('keeps all digits of long numbers: in records, in what is newest, and in the cursor of a page', async () => {
    const record = (id: string) => `{"lead_id":${id},\n "created_at":"2026-11-01", "more":{"next":"no"}}`;
    server = await webServer((_, response, nth) => {
      const ids = nth === 1 ? ['20261116000000012346', '20261116000000012345'] : ['9007199254740993'];
      const next = nth === 1 ? '90071992547409931' : 'null';
      response.writeHead(200);
      response.end(`{"next":1,"rows":[ ${ids.map(record).join(' ,')} ], "n\\u0065xt" : ${next}}`);
    });
    put({
      records: 'rows',
      paging: { kind: 'cursor', parameter: 'after', path: 'next' },
      since: { parameter: 'since', field: 'lead_id' },
    });
    await run();
    expect((await leads()).map(({ lead_id }) => lead_id)).toEqual([
      '20261116000000012345',
      '20261116000000012346',
      '9007199254740993',
    ]);
    expect(server.seen.map(({ url }) => url)).toEqual(['/leads', '/leads?after=90071992547409931']);
    expect(state()?.cursor).toBe('20261116000000012346');
  });

  it('keeps its cursor where an import is refused', async () => {
    server = await webServer((request, response, nth) =>
      sendJson(response, nth === 1 ? [lead(1)] : [{ dream: 1, created_at: '2026-12-01' }]),
    );
    put({ since: { parameter: 'since', field: 'created_at' } });
    await run();
    expect(await codeOf(run())).toBe('missing_required_column');
    expect(state()).toMatchObject({ cursor: '2026-11-01', last_outcome: 'missing_required_column' });
  });

  it.each([
    [{ kind: 'bearer', secret: 's' }, '/leads', { authorization: 'Bearer s' }],
    [{ kind: 'basic', user: 'u', secret: 's' }, '/leads', { authorization: 'Basic dTpz' }],
    [{ kind: 'header', header: 'X-Key', secret: 's' }, '/leads', { 'x-key': 's' }],
    [{ kind: 'query', parameter: 'key', secret: 's' }, '/leads?key=s', {}],
  ])('shows its secret as %j', async (auth, url, headers) => {
    server = await webServer((_, response) => sendJson(response, [lead(1)]));
    put({ auth });
    await run();
    expect(server.seen[0]?.url).toBe(url);
    expect(server.seen[0]?.headers).toMatchObject(headers);
    expect(JSON.stringify(house.studio.app.feeds.all())).not.toContain('"s"');
  });

  it.each(['http://user:pa55word@till.example/x', 'http://user@till.example/x'])(
    'is not kept with a login in its address, %s',
    (url) => {
      expect(() => house.studio.app.feeds.put({ name: 'till', kind: 'web', url })).toThrow('password_in_url');
      expect(house.studio.app.feeds.all()).toEqual([]);
    },
  );

  it.each([
    ['?api_key=TOPSECRET&shop=12', '?api_key=***&shop=12'],
    ['?q=9f86d081884c7d659a2feaa0c55ad015', '?q=***'],
    [
      '?since=2026-11-01T00:00:00.000Z&shop=jie-fang-bei-shop',
      '?since=2026-11-01T00:00:00.000Z&shop=jie-fang-bei-shop',
    ],
  ])('asks with the query %s and shows it as %s', async (query, shown) => {
    server = await webServer((_, response) => sendJson(response, [lead(1)]));
    put({ url: `${server.origin}/leads${query}` });
    await run();
    expect(server.seen[0]?.url).toBe(`/leads${query}`);
    expect(state()?.place).toBe(`${server.origin}/leads${shown}`);
  });

  it('does not carry its secret to another host', async () => {
    server = await webServer((request, response, nth) => {
      if (nth === 1) response.writeHead(302, { location: `http://other.example:${server?.port}/x` }).end();
      else sendJson(response, [lead(1)]);
    });
    put({ auth: { kind: 'bearer', secret: 's' }, allow: ['till.example', 'other.example'] });
    await run();
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer s', undefined]);
  });

  it('waits as long as it is told, else longer each time, and tries five times', async () => {
    server = await webServer((_, response, nth) => {
      if (nth === 1) response.writeHead(429, { 'retry-after': '7' }).end();
      else if (nth <= 3) response.writeHead(503).end();
      else sendJson(response, [lead(1)]);
    });
    put({});
    await run();
    expect(house.waited).toEqual([7000, 1500, 3000]);
  });

  it('gives up on a refusal at once and on a broken server after five tries', async () => {
    server = await webServer((request, response) =>
      response.writeHead(request.url === '/leads' ? 401 : 500).end(),
    );
    put({});
    expect(await codeOf(run())).toBe('source_refused');
    expect(server.seen.length).toBe(1);
    put({ url: `${server.origin}/broken` });
    expect(await codeOf(run())).toBe('source_refused');
    expect(server.seen.length).toBe(6);
    expect(state()?.last_outcome).toBe('source_refused');
  });

  it.each([
    ['a private address', {}, 'private_address'],
    ['a redirect to a private address', { allow: ['till.example'] }, 'private_address'],
  ])('is not asked at %s', async (what, feed, code) => {
    server = await webServer((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${server?.port}/inside` }).end(),
    );
    put({ allow: [], ...feed });
    expect(await codeOf(run())).toBe(code);
    expect(server.seen.length).toBe(what === 'a private address' ? 0 : 1);
  });

  it.each([
    ['no JSON', 'nonsense', {}, 'source_answer'],
    ['no records where they are said to be', '{"a":1}', { records: 'b' }, 'source_answer'],
    ['a list of no records', '[1,2]', {}, 'source_answer'],
  ])('is refused when it answers %s', async (_, body, feed, code) => {
    server = await webServer((__, response) => response.writeHead(200).end(body));
    put(feed);
    expect(await codeOf(run())).toBe(code);
    expect(await house.studio.app.warehouse.query('select * from raw.batches')).toEqual([]);
  });

  it('shows what it would bring and imports nothing', async () => {
    server = await webServer((_, response) => sendJson(response, [lead(1), lead(2)]));
    put({});
    expect(await tryFeed(house.studio.app, 'till', world, signal)).toEqual({
      records: 2,
      headers: ['lead_id', 'created_at', 'channel'],
      first: ['L1', '2026-11-01', 'web'],
    });
    expect(await house.studio.app.warehouse.query('select * from raw.batches')).toEqual([]);
  });
});
