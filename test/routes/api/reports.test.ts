import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { GivenRow } from '../../queries/case.ts';
import { fill, openEmptyWarehouse } from '../../queries/fill.ts';
import { GET as list } from '../../../src/routes/api/reports/+server.ts';
import { GET as answer } from '../../../src/routes/api/reports/[name]/+server.ts';

const lead = (id: string, day: string, store: string | null): GivenRow => ({
  lead_id: id,
  created_at: `${day} 10:00:00`,
  store,
  batch_id: '1',
  line: '1',
  imported_on: '2026-03-31',
});
const leads = [
  lead('1', '2026-03-02', '北店'),
  lead('2', '2026-03-03', 'a "b", c'),
  lead('3', '2026-03-08', null),
];

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
  await fill(warehouse, new Map([['leads', leads]]));
});
afterAll(() => warehouse.close());

const owner: Viewer = { kind: 'person', id: 'p1', name: '陈', role: 'owner' };

/** Sends a request to the handler as SvelteKit would. */
async function get(
  path: string,
  headers: Record<string, string> = {},
  locale: Locale = 'en',
  viewer: Viewer = owner,
): Promise<Response> {
  const url = new URL(path, 'http://127.0.0.1:3000');
  const name = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
  const event = {
    params: { name },
    url,
    request: new Request(url, { headers }),
    locals: { asker: { warehouse, viewer }, locale, isSample: false, theme: 'auto' },
  };
  return answer(event as unknown as Parameters<typeof answer>[0]);
}

describe('GET /api/reports/NAME', () => {
  it('answers with the report, its parameters, the last day that counts, the data version and the rows', async () => {
    const response = await get('/api/reports/segment_values?by=store&where=store=北店&where=store=');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      report: 'segment_values',
      params: { as_of: '2026-03-08', by: 'store', where: ['store=北店', 'store='] },
      as_of: '2026-03-08',
      data_version: warehouse.dataVersion(),
      rows: expect.arrayContaining([
        { value: '北店', people: 1 },
        { value: null, people: 1 },
      ]) as unknown,
    });
  });

  it('answers as CSV, quoted where it has to be, with nothing where nothing is', async () => {
    const response = await get('/api/reports/segment_values?by=store&format=csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await response.text()).split('\r\n').sort()).toEqual(
      ['', ',1', '"a ""b"", c",1', 'value,people', '北店,1'].sort(),
    );
  });

  it('tells spreadsheets that its CSV is UTF-8 and names the file after report and days', async () => {
    const response = await get('/api/reports/funnel?from=2026-03-02&to=2026-03-08&format=csv');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="funnel_2026-03-02_2026-03-08.csv"',
    );
    expect([...new Uint8Array(await response.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('answers as an Arrow stream that apache-arrow reads: the same rows as the JSON, the question in its metadata', async () => {
    const response = await get('/api/reports/segment_values?by=store&format=arrow');
    expect(response.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream');
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    const { rows, data_version } = (await (await get('/api/reports/segment_values?by=store')).json()) as {
      rows: { value: string | null; people: number }[];
      data_version: number;
    };
    expect(table.schema.metadata.get('data_version')).toBe(String(data_version));
    expect(rows.map((_, at) => table.getChild('value')?.get(at) as unknown)).toEqual(
      rows.map(({ value }) => value),
    );
    expect(rows.map((_, at) => Number(table.getChild('people')?.get(at)))).toEqual(
      rows.map(({ people }) => people),
    );
  });

  it.each([
    ['application/vnd.apache.arrow.stream', 'application/vnd.apache.arrow.stream'],
    ['text/csv', 'text/csv; charset=utf-8'],
    ['text/csv;q=0.5, application/json', 'application/json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
    ['text/csv;q=0', 'application/json'],
  ])('gives a client that accepts %s the type %s', async (accept, type) => {
    const response = await get('/api/reports/segment_values?by=store', { accept });
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('vary')).toBe('accept');
  });

  it('answers 304 while nothing has changed, and anew when the data have', async () => {
    const etag = (await get('/api/reports/data_span')).headers.get('etag') ?? '';
    expect((await get('/api/reports/data_span', { 'if-none-match': etag })).status).toBe(304);
    await fill(warehouse, new Map([['leads', leads]]));
    expect((await get('/api/reports/data_span', { 'if-none-match': etag })).status).toBe(200);
  });

  it.each([
    ['/api/reports/nothing', 404, 'unknown_report'],
    ['/api/reports/funnel?from=2026-02-30', 400, 'bad_date'],
    ['/api/reports/funnel?from=2027-01-04', 400, 'period_in_future'],
    ['/api/reports/funnel?by=phone', 403, 'personal_column'],
    ['/api/reports/funnel?where=store%3DAtlantis', 400, 'unknown_value'],
    ['/api/reports/funnel?colour=red', 400, 'unknown_parameter'],
    ['/api/reports/funnel?format=pdf', 400, 'bad_choice'],
  ])('%s is refused with %i %s, a sentence and a remedy', async (path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: Record<string, string | null> };
    expect(Object.keys(error)).toEqual(['code', 'message', 'remedy', 'cause']);
    expect(error['code']).toBe(code);
    expect(error['message']).toMatch(/^[A-Z“].*\.$/);
    expect(error['remedy']).toMatch(/\.$/);
  });

  it('refuses in the language of the one who asks', async () => {
    const { error } = (await (await get('/api/reports/nothing', {}, 'zh-Hant')).json()) as {
      error: { message: string };
    };
    expect(error.message).toMatch(/\p{Script=Han}/u);
  });
});

describe('GET /api/reports', () => {
  const listed = async (viewer: Viewer) => {
    const event = { locals: { asker: { warehouse, viewer } } };
    return (await list(event as unknown as Parameters<typeof list>[0])).json();
  };

  it('lists every report with its parameters and columns', async () => {
    const { reports } = (await listed(owner)) as {
      reports: { name: string; params: unknown[]; columns: unknown[] }[];
    };
    expect(reports.map(({ name }) => name)).toEqual(Object.keys(reportSpecs));
    for (const { columns } of reports) expect(columns.length).toBeGreaterThan(0);
  });
});
