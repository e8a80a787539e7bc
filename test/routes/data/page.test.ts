import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRedirect } from '@sveltejs/kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { importDrafts } from '#lib/server/import/drafts/drafts.ts';
import { importJobs } from '#lib/server/import/jobs.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { actions, load } from '../../../src/routes/data/+page.server.ts';

let data: string;
let app: App;
let own: Own;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'seven-steps-page-'));
  app = await openApp({ data, clock: () => new Date('2026-11-20T02:00:00Z') });
  app.settings.set('time_zone', 'Asia/Shanghai');
  const imports = importJobs(app);
  own = { app, imports, drafts: importDrafts(app, imports) };
});
afterEach(async () => {
  await own.drafts.close();
  await app.close();
  rmSync(data, { recursive: true, force: true });
});

/** What the page answers to a form with these files: where it leads, or the refusal. */
async function send(files: Record<string, string>, to: Own | null = own): Promise<unknown> {
  const form = new FormData();
  for (const [name, text] of Object.entries(files)) form.append('files', new File([text], name));
  const request = new Request('http://a.example/data?/draft', { method: 'POST', body: form });
  const event = { request, locals: { app, own: to, isSample: false, locale: 'en', theme: 'auto' } };
  try {
    return await actions.draft?.(event as never);
  } catch (thrown) {
    if (isRedirect(thrown)) return thrown.location;
    throw thrown;
  }
}

/** Sends files and imports them as they are. */
async function bring(files: Record<string, string>): Promise<void> {
  const id = String(await send(files)).replace(/^.*\//, '');
  await own.drafts.settled(id);
  await own.imports.ended((await own.drafts.import(id, null)).id);
}

const show = async (isSample = false) => {
  const locals = { app, asker: asOwner(app), own, isSample, locale: 'en', theme: 'auto' };
  return (await load({ url: new URL('http://a.example/data'), locals } as never)) as Exclude<
    Awaited<ReturnType<typeof load>>,
    void
  >;
};

const week = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => {
    const day = String(from + at).padStart(2, '0');
    return `L${day}a,2026-03-${day} 09:00:00,North\nL${day}b,2026-03-${day} 10:00:00,North\nS${day},2026-03-${day} 10:00:00,South`;
  }).join('\n');

describe('a form of files', () => {
  it('leads to the page where its files are looked at before anything is imported', async () => {
    const location = await send({ 'leads.csv': 'lead_id,created_at\nL1,2026-01-01\n' });
    const id = /^\/data\/drafts\/([0-9a-f-]{36})$/.exec(String(location))?.[1] ?? '';
    expect(own.drafts.find(id).files.map(({ name }) => name)).toEqual(['leads.csv']);
    expect((await show()).bring?.drafts).toMatchObject([{ id, files: ['leads.csv'] }]);
    expect((await show()).history).toEqual([]);
  });

  it('is refused where only the sample is open, with the remedy', async () => {
    expect(await send({ 'leads.csv': 'lead_id\nL1\n' }, null)).toMatchObject({
      status: 409,
      data: { code: 'sample_only', remedy: expect.stringContaining('your own data') },
    });
  });

  it('is refused beyond the size that the settings allow', async () => {
    app.settings.set('upload_limit', '1');
    expect(await send({ 'a.csv': 'x'.repeat(1_000_001) })).toMatchObject({
      status: 413,
      data: { code: 'upload_too_large', message: expect.stringContaining('1 MB') },
    });
  });

  it('is refused without a file', async () => {
    expect(await send({})).toMatchObject({ status: 400, data: { code: 'nothing_uploaded' } });
  });
});

describe('the page', () => {
  it('says what came in and when, by the firm’s clock', async () => {
    await bring({ 'leads.csv': 'lead_id,created_at\nL1,2026-01-01\nL2,soon\n' });
    const shown = await show();
    expect(shown).toMatchObject({ day: '1 January 2026', last: '20 Nov 2026, 10:00' });
    expect(shown.history).toMatchObject([
      { batch: 1, file: 'leads.csv', list: 'Leads', read: '2', loaded: '1', rejected: '1', hasRejects: true },
    ]);
  });

  // Two leads a day up to the 10th: seven weekdays of the gap were 2 each time, the other four 2 and, in the gap itself, 0.
  it('names each gap once, however many weeks it touches, with the records that were to be expected', async () => {
    const lines = [week(1, 10), week(11, 21).replaceAll(/^L.*\n/gm, ''), week(22, 24)].join('\n');
    await bring({ 'leads.csv': `lead_id,created_at,store\n${lines}\n` });
    const { fresh } = await show();
    expect(fresh.gaps).toEqual([
      { store: 'North', list: 'Leads', days: '11–21 Mar', count: '11', expected: '18' },
    ]);
    expect(fresh.absent).toContain('Orders');
    expect(fresh.absent).not.toContain('Leads');
  });

  it('is whole while nothing has come in', async () => {
    expect(await show()).toMatchObject({
      day: null,
      last: null,
      history: [],
      paging: null,
      fresh: { tables: [], gaps: [] },
    });
  });

  it('offers no form for the sample’s lists', async () => {
    expect((await show(true)).bring).toBeNull();
    expect((await show()).bring).toMatchObject({ limit: 2_000_000_000 });
  });
});
