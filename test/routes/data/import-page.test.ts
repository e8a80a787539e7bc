import { isRedirect } from '@sveltejs/kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importDrafts } from '#lib/server/import/drafts/drafts.ts';
import { importJobs } from '#lib/server/import/jobs.ts';
import type { Job } from '#lib/server/import/jobs.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { load } from '../../../src/routes/data/imports/[id]/+page.server.ts';
import { studioFolder } from '../../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../../lib/server/import/studio-folder.ts';

let studio: StudioFolder;
let own: Own;
beforeEach(async () => {
  studio = await studioFolder();
  const imports = importJobs(studio.app);
  own = { app: studio.app, imports, drafts: importDrafts(studio.app, imports) };
});
afterEach(async () => {
  await own.imports.close();
  await own.drafts.close();
  await studio.close();
});

/** Begins to import a list of one lead. */
function begin(text = 'lead_id,created_at\nL1,2026-01-01\n'): Job {
  const file = studio.file('leads.csv', text);
  return own.imports.start({
    files: [{ ...file, size: 34 }],
    aside: [
      { kind: 'sheet', name: '进店', rows: 2, is: 'list', of: '三月.xlsx', choice: { sheet: '进店' } },
      { kind: 'member', name: '..\\x.csv', rows: null, is: 'unsafe', of: 'a.zip', choice: null },
    ],
    draft: 'd',
    by: null,
    ended: () => Promise.resolve(),
  });
}

const show = async ({ id }: Job, { isSample = false, locale = 'en' } = {}) => {
  const locals = { app: studio.app, own, isSample, locale, theme: 'auto' };
  return load({ params: { id }, locals } as never);
};

describe('the page of an import', () => {
  it('that ends while the page is made is one that goes on, and at the next look one that is done', async () => {
    const job = begin();
    await own.imports.ended(job.id);
    const { state: done } = job;
    job.state = { kind: 'building' };
    const asked = show(job);
    job.state = done;
    expect(await asked).toMatchObject({ kind: 'building', over: false });
    expect(await show(job)).toMatchObject({ kind: 'done', over: true, brought: [{ loaded: '1' }] });
  });

  it('says what of its files was not imported', async () => {
    const job = begin();
    await own.imports.ended(job.id);
    expect(await show(job, { locale: 'zh-Hans' })).toMatchObject({
      aside: [
        '三月.xlsx 里没有导入：工作表 进店（2 行）。',
        'a.zip 里没有导入：..\\x.csv（路径指向压缩包外）。',
      ],
    });
  });

  it('is asked for again when its first data came in after it had been asked as a page of the sample', async () => {
    const job = begin();
    await own.imports.ended(job.id);
    const answer: unknown = await show(job, { isSample: true }).catch((thrown: unknown) => thrown);
    expect(isRedirect(answer) && answer.location).toBe(`/data/imports/${job.id}`);
  });

  it('tells what standing records lost to a file', async () => {
    await own.imports.ended(begin('lead_id,created_at,phone,room\nL1,2026-01-01,13800138000,7\n').id);
    const job = begin();
    await own.imports.ended(job.id);
    expect(await show(job)).toMatchObject({ brought: [{ replaced: '1', lost: 'phone (1), room (1)' }] });
  });
});
