import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { stage, stagingFolder } from '#lib/server/import/staging.ts';
import { sevensteps } from '../../../cli/command-line.ts';
import { codeOf } from './bring.ts';
import { smallDisk } from './small-disk.ts';
import type { SmallDisk } from './small-disk.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

const ROWS = 100_000;
const leads = (rows: number) =>
  ['lead_id,created_at,channel', ...Array.from({ length: rows }, (_, row) => line(row))].join('\n');
const line = (row: number) => `L${row},2026-01-01,${(Math.imul(row, 2_654_435_761) >>> 0).toString(36)}`;

/** Where the lists lie: not on the disk that is full. */
let elsewhere: StudioFolder;
let disk: SmallDisk | null;
let opened: App[];
beforeEach(async () => {
  elsewhere = await studioFolder();
  disk = smallDisk(64);
  opened = [];
});
afterEach(async () => {
  for (const app of opened) await app.close();
  disk?.remove();
  await elsewhere.close();
});

async function open(data: string): Promise<App> {
  const app = await openApp({ data, clock: () => new Date('2026-11-20T02:00:00Z') });
  opened.push(app);
  return app;
}
async function close(app: App): Promise<void> {
  opened = opened.filter((one) => one !== app);
  await app.close();
}
const counted = ({ warehouse }: App) =>
  warehouse.query('select count(*) as leads, count(distinct batch_id) as batches from exports.leads');

// Where this process may not mount a disk (it takes root) there is none to fill, and nothing is asked.
describe('a disk that is full', () => {
  it.for([0.1, 0.5, 1])(
    'with %d MB left refuses an import, loses nothing and takes the import once there is room',
    async (megabytes) => {
      if (!disk) return;
      const { folder, leave } = disk;
      const app = await open(join(folder, 'data'));
      await importFiles(app, [elsewhere.file('few.csv', leads(100))]);
      leave(megabytes * 1e6);
      const many = elsewhere.file('many.csv', leads(ROWS));
      expect(await codeOf(importFiles(app, [many]))).toBe('disk_full');
      expect(await counted(app)).toEqual([{ leads: 100, batches: 1 }]);
      leave('all');
      const { summaries } = await importFiles(app, [many]);
      expect(summaries[0]).toMatchObject({ batch: 2, read: ROWS, rejected: 0 });
      await close(app);
      expect(await counted(await open(join(folder, 'data')))).toEqual([{ leads: ROWS, batches: 2 }]);
    },
  );

  it('refuses an upload and keeps nothing of it', async () => {
    if (!disk) return;
    const { folder, leave } = disk;
    const { data } = await open(join(folder, 'data'));
    leave(2e5);
    const { body, headers } = new Response(formOf(leads(ROWS)));
    const sent = { body: body as AsyncIterable<Uint8Array>, contentType: headers.get('content-type') };
    expect(await codeOf(stage(data, sent, { limit: 1e9 }))).toBe('disk_full');
    expect(readdirSync(stagingFolder(data))).toEqual([]);
  });
});

describe('a folder that nobody may write', () => {
  it('is named when the stores are opened in it, and what was there is there still', async () => {
    if (!disk) return;
    const { folder, readOnly, readWrite } = disk;
    const data = join(folder, 'data');
    const app = await open(data);
    await importFiles(app, [elsewhere.file('few.csv', leads(100))]);
    await close(app);
    readOnly();
    await expect(open(data)).rejects.toMatchObject({ code: 'folder_read_only', params: { folder: data } });
    await expect(open(join(folder, 'new'))).rejects.toMatchObject({ code: 'folder_read_only' });
    readWrite();
    expect(await counted(await open(data))).toEqual([{ leads: 100, batches: 1 }]);
  });

  it('is named by the command line', async () => {
    if (!disk) return;
    const { folder, readOnly } = disk;
    const { path } = elsewhere.file('few.csv', leads(100));
    readOnly();
    const { code, messages } = await sevensteps(join(folder, 'data'), ['import', path]);
    expect({ code, messages }).toMatchObject({
      code: 1,
      messages: expect.stringContaining(
        `Nothing can be written into the folder ${join(folder, 'data')}.`,
      ) as string,
    });
  });
});

function formOf(text: string): FormData {
  const form = new FormData();
  form.set('files', new File([text], 'many.csv'));
  return form;
}
