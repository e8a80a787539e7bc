import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFiles } from '#lib/server/import/import-files.ts';
import { actions, load } from '../../../src/routes/data/batches/[batch]/+page.server.ts';
import { studioFolder } from '../../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../../lib/server/import/studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

/** The page of batch 1 as an owner gets it, and the sending of its form. */
const page = async () => {
  const url = new URL('http://127.0.0.1:3000/data/batches/1');
  const locals = { app: studio.app, locale: 'en', isSample: false };
  return (await load({ params: { batch: '1' }, url, locals } as never)) as Exclude<
    Awaited<ReturnType<typeof load>>,
    void
  >;
};
const send = (fields: Record<string, string>) => {
  const body = new FormData();
  for (const [name, text] of Object.entries(fields)) body.set(name, text);
  const request = new Request('http://127.0.0.1:3000/data/batches/1?/mend', { method: 'POST', body });
  const locals = { own: { app: studio.app }, locale: 'en' };
  return actions.mend({ params: { batch: '1' }, request, locals } as never);
};

describe('the page of a batch', () => {
  it('counts the records that still wait, and marks those that came in mended with their batch', async () => {
    const list = 'lead_id,created_at\nL1,soon\nL2,soon\nL3,soon\n';
    await importFiles(studio.app, [studio.file('list.csv', list)]);
    expect((await page()).waiting).toEqual({ problems: '3', records: '3' });
    await send({ 'cell.2.1': '2026-01-02' });
    const { waiting, rejects } = await page();
    expect(waiting).toEqual({ problems: '2', records: '2' });
    expect(rejects.map(({ line, mendedIn }) => [line, mendedIn])).toEqual([
      ['1', null],
      ['2', 2],
      ['3', null],
    ]);
  });
});
