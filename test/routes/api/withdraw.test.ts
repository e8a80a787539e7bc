import { afterEach, beforeEach, expect, it } from 'vitest';
import { importFiles } from '#lib/server/import/import-files.ts';
import { importJobs } from '#lib/server/import/jobs.ts';
import { DELETE } from '../../../src/routes/api/v1/[table]/[batch]/+server.ts';
import { studioFolder } from '../../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../../lib/server/import/studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const token = (name: string, tables: string) =>
  studio.app.tokens.add({ name, tables, expires: null }, studio.app.clock()).secret;

async function bring(way: 'api' | 'page') {
  const file = studio.file('leads.csv', 'lead_id,created_at\nL1,2026-11-01\n');
  await importFiles(studio.app, [file], { origin: { way, name: 'till', by: null } });
}

async function withdraw(table: string, batch: string, secret: string) {
  const { app } = studio;
  const request = new Request(new URL(`/api/v1/${table}/${batch}`, 'http://127.0.0.1:3000'), {
    method: 'DELETE',
    headers: { authorization: `Bearer ${secret}` },
  });
  const locals = { app, own: { app, imports: importJobs(app) }, locale: 'en', isSample: false };
  const event = { params: { table, batch }, request, locals };
  const response = await DELETE(event as unknown as Parameters<typeof DELETE>[0]);
  return { status: response.status, answer: (await response.json()) as { error?: { code: string } } };
}

it('a program takes back what it handed in, and nothing else', async () => {
  const till = token('till', 'leads,orders');
  const other = token('other', 'leads');
  await bring('api');
  await bring('page');
  const code = async (...given: Parameters<typeof withdraw>) => (await withdraw(...given)).answer.error?.code;
  expect(await code('leads', '1', other)).toBe('unknown_batch');
  expect(await code('orders', '1', till)).toBe('unknown_batch');
  expect(await code('leads', '2', till)).toBe('unknown_batch');
  expect(await code('orders', '1', other)).toBe('token_scope');
  expect(await code('shops', '1', till)).toBe('no_such_table');
  expect(await withdraw('leads', '1', till)).toMatchObject({
    status: 200,
    answer: { batch: 1, table: 'leads', removed: 1, restored: 1 },
  });
  expect(await code('leads', '1', till)).toBe('batch_withdrawn');
  expect(await studio.app.warehouse.query('select withdrawn_by from raw.batches order by batch_id')).toEqual([
    { withdrawn_by: 'till' },
    { withdrawn_by: null },
  ]);
});
