import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importJobs } from '#lib/server/import/jobs.ts';
import { POST } from '../../../src/routes/api/v1/[table]/+server.ts';
import { studioFolder } from '../../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../../lib/server/import/studio-folder.ts';

let studio: StudioFolder;
let secret: string;
beforeEach(async () => {
  studio = await studioFolder();
  const wish = { name: 'till', tables: 'leads,orders', expires: null };
  ({ secret } = studio.app.tokens.add(wish, studio.app.clock()));
});
afterEach(() => studio.close());

type Sent = { headers?: Record<string, string>; body?: BodyInit };

/** Sends a request to the handler as SvelteKit would. */
async function post(table: string, { headers = {}, body }: Sent) {
  const { app } = studio;
  const url = new URL(`/api/v1/${table}`, 'http://127.0.0.1:3000');
  const request = new Request(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, ...headers },
    body: body ?? null,
  });
  const locals = { app, own: { app, imports: importJobs(app) }, locale: 'en', isSample: false };
  const event = { params: { table }, url, request, locals };
  const response = await POST(event as unknown as Parameters<typeof POST>[0]);
  const answer = (await response.json()) as Record<string, unknown> & { error?: { code: string } };
  return { status: response.status, code: answer.error?.code ?? null, answer };
}

const csv = (body: string, headers: Record<string, string> = {}) =>
  ({ headers: { 'content-type': 'text/csv', ...headers }, body }) satisfies Sent;
const rows = (sql: string) => studio.app.warehouse.query(sql);
const two = 'lead_id,created_at,channel\nL1,2026-11-01,fair\nL2,2026-11-02,web\n';

describe('POST /api/v1/TABLE', () => {
  it('takes records in as a batch that the history knows by its token', async () => {
    const { status, answer } = await post('leads', csv(two));
    expect(status).toBe(200);
    expect(answer).toEqual({
      file: 'leads.csv',
      table: 'leads',
      batch: 1,
      read: 2,
      loaded: 2,
      replaced: 0,
      unchanged: 0,
      superseded: 0,
      rejected: 0,
      rejects: [],
    });
    expect(await rows('select source, source_name from raw.batches')).toEqual([
      { source: 'api', source_name: 'till' },
    ]);
  });

  it.each([
    [
      'application/json',
      '[{"lead_id":"L1","created_at":"2026-11-01","渠道":"fair"},{"lead_id":"L2","created_at":"2026-11-02","渠道":"web"}]',
    ],
    [
      'application/x-ndjson',
      '{"lead_id":"L1","created_at":"2026-11-01","channel":"fair"}\n{"lead_id":"L2","created_at":"2026-11-02","channel":"web"}\n',
    ],
    ['text/csv; charset=utf-8', two],
  ])('reads %s', async (type, body) => {
    const { status, answer } = await post('leads', { headers: { 'content-type': type }, body });
    expect([status, answer['loaded']]).toEqual([200, 2]);
    expect(await rows('select lead_id, channel from exports.leads order by 1')).toEqual([
      { lead_id: 'L1', channel: 'fair' },
      { lead_id: 'L2', channel: 'web' },
    ]);
  });

  it('tells what standing records lost because no record handed in carries it', async () => {
    await post('leads', csv(two));
    const { status, answer } = await post('leads', csv('lead_id,created_at\nL2,2026-11-02\n'));
    expect([status, answer['replaced']]).toEqual([200, 1]);
    expect(answer['emptied']).toEqual([{ field: 'channel', records: 1 }]);
  });

  it('tells which records were rejected and why, and takes the others', async () => {
    const { status, answer } = await post(
      'orders',
      csv('order_id,ordered_at,amount\nO1,2026-11-01,much\nO2,2026-11-01,5\n'),
    );
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      loaded: 1,
      rejected: 1,
      rejects: [{ line: 1, column: 'amount', reason: 'money' }],
    });
  });

  it('answers a repeated key with the first answer and imports nothing again', async () => {
    const first = await post('leads', csv(two, { 'idempotency-key': 'k1' }));
    const again = await post('leads', csv(two, { 'idempotency-key': 'k1' }));
    expect(again).toEqual(first);
    expect(await rows('select count(*)::int as n from raw.batches')).toEqual([{ n: 1 }]);
    const other = await post('leads', csv(`${two}L3,2026-11-03,web\n`, { 'idempotency-key': 'k1' }));
    expect([other.status, other.code]).toEqual([422, 'idempotency_reused']);
  });

  it('lets a refused key be used again', async () => {
    const refused = await post('leads', csv('lead_id,created_at\n', { 'idempotency-key': 'k1' }));
    expect(refused.code).toBe('header_only');
    expect((await post('leads', csv(two, { 'idempotency-key': 'k1' }))).status).toBe(200);
  });

  it.each<[string, string, Sent, number, string]>([
    ['without a token', 'leads', csv(two, { authorization: '' }), 401, 'token_missing'],
    ['with a guessed token', 'leads', csv(two, { authorization: 'Bearer guess' }), 401, 'token_unknown'],
    ['for a table that its token may not fill', 'visits', csv(two), 403, 'token_scope'],
    ['for no table', 'dreams', csv(two), 404, 'no_such_table'],
    [
      'of an unknown kind',
      'leads',
      { headers: { 'content-type': 'text/html' }, body: two },
      415,
      'unread_media_type',
    ],
    ['without a body', 'leads', csv(''), 400, 'nothing_uploaded'],
    [
      'of noise',
      'leads',
      { headers: { 'content-type': 'application/json' }, body: '{"a":' },
      422,
      'bad_json',
    ],
    ['with a key of blanks', 'leads', csv(two, { 'idempotency-key': 'a b' }), 400, 'bad_idempotency_key'],
  ])('refuses a request %s and keeps nothing', async (_, table, sent, status, code) => {
    const refused = await post(table, sent);
    expect([refused.status, refused.code]).toEqual([status, code]);
    expect(await rows('select count(*)::int as n from raw.batches')).toEqual([{ n: 0 }]);
  });

  it('stops reading at the limit for uploads', async () => {
    studio.app.settings.set('upload_limit', '1');
    const { status, code } = await post('leads', csv(two + randomBytes(1_000_000).toString('hex')));
    expect([status, code]).toEqual([413, 'upload_too_large']);
  });
});
