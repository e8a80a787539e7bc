import { afterEach, beforeEach, expect, it } from 'vitest';
import { importFiles } from '#lib/server/import/import-files.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { GET as answer } from '../../../src/routes/api/reports/[name]/+server.ts';
import { GET as download } from '../../../src/routes/data/batches/[batch]/rejects.csv/+server.ts';
import { GET as sheet } from '../../../src/routes/data/batches/[batch]/rejects.xlsx/+server.ts';
import { counter } from '../../lib/server/import/reading/handed.ts';
import { studioFolder } from '../../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../../lib/server/import/studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

it('rejected records are masked in the answer of the API and whole in the download of their owner', async () => {
  const list = 'lead_id,created_at,phone,mail\nL1,soon,13800138000,wang@example.com\n';
  await importFiles(studio.app, [studio.file('list.csv', list)]);
  const asker = asOwner(studio.app);
  const locals = { app: studio.app, asker, locale: 'en', isSample: false, theme: 'auto' };
  const url = new URL('http://127.0.0.1:3000/api/reports/rejects?batch=1&format=csv');
  const request = new Request(url);
  const masked = await answer({ params: { name: 'rejects' }, url, request, locals } as never);
  expect(await masked.text()).toContain('"L1,soon,****,****"');
  const whole = await download({ params: { batch: '1' }, request, locals } as never);
  expect(await whole.text()).toContain('"L1,soon,13800138000,wang@example.com"');
  const book = await sheet({ params: { batch: '1' }, request, locals } as never);
  const { hand, close } = counter();
  const { records } = await hand(await book.bytes(), { name: 'rejected.xlsx' });
  close();
  expect(records[1]).toEqual(['1', 'created_at', expect.any(String), 'L1,soon,13800138000,wang@example.com']);
});
