import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFiles } from '#lib/server/import/import-files.ts';
import type { ImportOptions, Progress } from '#lib/server/import/import-files.ts';
import { bringInto, codeOf } from './bring.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const bring = (content: string | Uint8Array, options?: ImportOptions, name?: string) =>
  bringInto(studio, content, options, name);
const rows = (sql: string) => studio.app.warehouse.query(sql);

describe('nothing is loaded halfway', () => {
  it.each([
    ['an empty file', '', 'empty_file'],
    ['blanks only', '\ufeff \n\n', 'empty_file'],
    ['a header only', 'lead_id,created_at\n', 'header_only'],
    ['no known column', 'colour,size\nred,XL\n', 'no_known_column'],
    [
      'two headers for one field',
      'lead_id,created_at,channel,source\nL1,2026-01-01,a,b\n',
      'two_headers_one_field',
    ],
    ['a missing required column', 'lead_id,channel\nL1,a\n', 'missing_required_column'],
    ['a program’s own format', Buffer.from([0x4d, 0x5a, 0, 1, 0, 2, 3, 0, 0, 0, 4]), 'not_text'],
    [
      'a quotation mark that is never closed',
      'lead_id,created_at,channel\nL1,2026-01-01,"a\nL2,2026-01-01,b\n',
      'unclosed_quote',
    ],
  ])('from %s', async (_, content, code) => {
    expect(await codeOf(bring(content))).toBe(code);
    expect(await rows('select count(*) as n from raw.batches')).toEqual([{ n: 0 }]);
    expect(await rows('select count(*) as n from raw.leads')).toEqual([{ n: 0 }]);
  });

  it('from a good file when the one beside it is refused', async () => {
    const good = studio.file('good.csv', 'lead_id,created_at\nL1,2026-01-01\n');
    const bad = studio.file('bad.csv', 'colour\nred\n');
    expect(await codeOf(importFiles(studio.app, [good, bad]))).toBe('no_known_column');
    expect(await rows('select count(*) as n from exports.leads')).toEqual([{ n: 0 }]);
  });

  it('when it is stopped, whether while a file is read, while it is stored or while the models are built', async () => {
    const list = 'lead_id,created_at\nL1,2026-01-01\n';
    for (const phase of ['reading', 'storing', 'building'] as const) {
      const stop = new AbortController();
      const onProgress = (progress: Progress) => {
        if (progress.kind === phase) stop.abort();
      };
      expect(await codeOf(bring(list, { signal: stop.signal, onProgress })), phase).toBe('query_cancelled');
      expect(await rows('select count(*) as n from raw.leads')).toEqual([{ n: 0 }]);
      expect(await rows('select count(*) as n from raw.batches')).toEqual([{ n: 0 }]);
    }
    expect(await bring(list)).toMatchObject({ batch: 1, loaded: 1 });
  });

  it('when it was stopped before its turn came', async () => {
    const stop = new AbortController();
    stop.abort();
    const seen: Progress[] = [];
    const options = { signal: stop.signal, onProgress: (progress: Progress) => void seen.push(progress) };
    expect(await codeOf(bring('lead_id,created_at\nL1,2026-01-01\n', options))).toBe('query_cancelled');
    expect(seen).toEqual([]);
  });

  it('from a dry run, which tells what would have happened', async () => {
    const version = studio.app.warehouse.dataVersion();
    expect(await bring('lead_id,created_at\nL1,2026-01-01\n', { dryRun: true })).toMatchObject({
      batch: null,
      read: 1,
      loaded: 1,
    });
    expect(await rows('select count(*) as n from raw.leads')).toEqual([{ n: 0 }]);
    expect(studio.app.warehouse.dataVersion()).toBe(version);
  });

  it('far into a file: bytes that are not UTF-8 behind a megabyte', async () => {
    const many = Array.from({ length: 40_000 }, (_, at) => `L${at},2026-01-01,${'客'.repeat(7)}`).join('\n');
    const content = Buffer.concat([
      Buffer.from(`lead_id,created_at,channel\n${many}\nM1,2026-01-01,`),
      Buffer.from([0xff, 0x0a]),
    ]);
    const error = await importFiles(studio.app, [studio.file('long.csv', content)]).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ code: 'undecodable', params: { row: 40_002 } });
  });
});
