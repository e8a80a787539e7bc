import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFiles } from '#lib/server/import/import-files.ts';
import { GET } from '../../../src/routes/api/v1/experiments/[id]/assign/+server.ts';
import { studioFolder } from '../../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../../lib/server/import/studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const lists = {
  'experiments.csv':
    'experiment_id,name,unit,variants,starts_on,ends_on\n' +
    'E1,送礼短信,lead,"平时:30, 送礼:70",2020-01-01,\n' +
    'E2,over,lead,"a, b",2020-01-01,2020-02-01\n' +
    'E3,without shares,lead,,2020-01-01,\n',
  'assignments.csv': 'experiment_id,unit,variant\nE1,L00002,送礼\nE2,L00001,b\n',
};

/** Asks the handler as SvelteKit would, with a token for these lists; null without one. */
async function asked(id: string, unit: string | null, tables: string | null = 'assignments') {
  const { app } = studio;
  const wish = { name: 'mini-program', tables: tables ?? '', expires: null };
  const secret = tables === null ? null : app.tokens.add(wish, app.clock()).secret;
  const url = new URL(`http://127.0.0.1:3000/api/v1/experiments/${id}/assign`);
  if (unit !== null) url.searchParams.set('unit', unit);
  const request = new Request(url, { headers: secret === null ? {} : { authorization: `Bearer ${secret}` } });
  const event = { params: { id }, url, request, locals: { app, own: { app }, locale: 'en' } };
  const response = await GET(event as unknown as Parameters<typeof GET>[0]);
  const answer = (await response.json()) as Record<string, unknown> & { error?: { code: string } };
  return { status: response.status, code: answer.error?.code ?? null, answer };
}

describe('GET /api/v1/experiments/ID/assign', () => {
  beforeEach(async () => {
    const files = Object.entries(lists).map(([name, text]) => studio.file(name, text));
    await importFiles(studio.app, files);
  });

  it('gives the variant that follows from the hash, the same each time', async () => {
    const answer = { experiment: 'E1', unit: 'L00001', variant: '平时', recorded: false };
    expect(await asked('E1', 'L00001')).toEqual({ status: 200, code: null, answer });
    expect((await asked('E1', 'L00001')).answer).toEqual(answer);
  });

  it('gives what was recorded before what the hash says, also after the end', async () => {
    expect((await asked('E1', 'L00002')).answer).toMatchObject({ variant: '送礼', recorded: true });
    expect((await asked('E2', 'L00001')).answer).toMatchObject({ variant: 'b', recorded: true });
  });

  it('gives none to newcomers once the experiment is over', async () => {
    expect((await asked('E2', 'L00009')).answer).toMatchObject({ variant: null, recorded: false });
  });

  it.each([
    ['E9', 'L1', 'assignments', 404, 'unknown_experiment'],
    ['E3', 'L1', 'assignments', 409, 'experiment_without_plan'],
    ['E1', null, 'assignments', 400, 'unit_missing'],
    ['E1', ' ', 'assignments', 400, 'unit_missing'],
    ['E1', 'L1', 'leads', 403, 'token_scope'],
    ['E1', 'L1', null, 401, 'token_missing'],
  ])('%s, unit %s, token for %s: %i %s', async (id, unit, tables, status, code) => {
    expect(await asked(id, unit, tables)).toMatchObject({ status, code });
  });
});
