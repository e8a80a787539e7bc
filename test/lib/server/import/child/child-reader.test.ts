import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { childReader, readerIn } from '#lib/server/import/child/child-reader.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import type { Progress } from '#lib/server/import/import-files.ts';
import { inspectFile } from '#lib/server/import/inspect-file.ts';
import { readerHere } from '#lib/server/import/stage/reader-here.ts';
import type { StageProgress, StageTask } from '#lib/server/import/stage/task.ts';
import { codeOf } from '../bring.ts';
import { raw } from '../reading/workbooks.ts';
import { studioFolder } from '../studio-folder.ts';
import type { StudioFolder } from '../studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await studio.close();
});

const list = 'lead_id,created_at,channel\nL1,2026-01-01,小红书\nL2,soon,x\nL3\nL4,2026-01-04,y\n';
const dying = readerIn(() => join(import.meta.dirname, 'dying.ts'));
const insatiable = readerIn(() => join(import.meta.dirname, 'insatiable.ts'));
const silent = readerIn(() => join(import.meta.dirname, 'silent.ts'));

function task(name: string, content = list): StageTask {
  const folder = join(studio.app.data, name);
  mkdirSync(folder);
  const files = [studio.file(`${name}.csv`, content)];
  return { folder, files, zone: 'Asia/Shanghai', known: { staff: [], stores: [] } };
}

/** The studio's app with another reader. */
const withReader = (reader: App['reader']): App => ({ ...studio.app, reader });

describe('the process that reads what is handed in', () => {
  it('gives what reading in this process gives, and tells how far it is', async () => {
    const seen: StageProgress[] = [];
    const theirs = await childReader.stage(task('theirs'), (progress) => void seen.push(progress));
    expect(theirs).toEqual(await readerHere.stage(task('ours'), () => undefined));
    expect(theirs[0]).toMatchObject({ table: 'leads', counted: 4, stored: 3, rejected: 2, numbered: true });
    expect(seen.at(-1)).toEqual({
      kind: 'reading',
      file: 0,
      records: 4,
      bytes: list.length + 6,
      of: list.length + 6,
    });
  });

  it('shows a file before it is imported as reading in this process shows it', async () => {
    const handed = studio.file('list.csv', list.replaceAll(',', ';'));
    const theirs = await inspectFile(withReader(childReader), handed);
    expect(theirs).toEqual(await inspectFile(studio.app, handed));
    expect(theirs).toMatchObject({
      reading: { delimiter: ';', encoding: 'utf-8' },
      head: { headers: ['lead_id', 'created_at', 'channel'] },
    });
    const chosen = await inspectFile(withReader(childReader), { ...handed, choice: { delimiter: ',' } });
    expect(chosen.reading.delimiter).toBe(',');
    expect(readdirSync(join(studio.app.data, 'staging'))).toEqual([]);
  });

  it('refuses as reading in this process refuses', async () => {
    const work = childReader.stage(task('refused', 'colour,size\nred,XL\n'), () => undefined);
    await expect(work).rejects.toMatchObject({
      code: 'no_known_column',
      params: { file: 'refused.csv', columns: 'colour, size' },
    });
  });

  it('dies alone: the file is named, nothing is imported, nothing stays, and the next import works', async () => {
    const files = [studio.file('good.csv', list), studio.file('deadly.csv', list)];
    const refused = await importFiles(withReader(dying), files).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'reader_died',
      params: { file: 'deadly.csv' },
      cause: 'a terrible file',
    });
    expect(await studio.app.warehouse.query('select count(*) as n from raw.batches')).toEqual([{ n: 0 }]);
    expect(readdirSync(join(studio.app.data, 'staging'))).toEqual([]);
    const { summaries } = await importFiles(withReader(childReader), [studio.file('good.csv', list)]);
    expect(summaries[0]).toMatchObject({ batch: 1, loaded: 2, rejected: 2 });
  });

  it('ends when a file takes more memory than it may have, and says so', async () => {
    vi.stubEnv('SEVENSTEPS_MEMORY', '500MB');
    await expect(
      inspectFile(withReader(insatiable), studio.file('endless.xlsx', list)),
    ).rejects.toMatchObject({
      code: 'reader_out_of_memory',
      params: { file: 'endless.xlsx', limit: 192 },
    });
  });

  it('reads a small workbook that would fill gigabytes within its memory, and refuses it', async () => {
    vi.stubEnv('SEVENSTEPS_MEMORY', '500MB');
    const path = join(studio.app.data, 'far.xlsx');
    const row = (at: number) => `<row r="${at}"><c r="ALK${at}"><v>1</v></c></row>`;
    writeFileSync(path, raw(Array.from({ length: 200_000 }, (_, at) => row(at + 1)).join('')));
    expect(statSync(path).size).toBeLessThan(2e6);
    const work = inspectFile(withReader(childReader), { name: 'far.xlsx', path });
    await expect(work).rejects.toMatchObject({
      code: 'sheet_too_large',
      params: { file: 'far.xlsx', sheet: 'a', columns: 999 },
    });
  });

  it('is killed when the import is stopped', async () => {
    const stop = new AbortController();
    let pid = 0;
    const begun = (progress: Progress) => {
      if (progress.kind === 'reading') pid = progress.records;
      stop.abort();
    };
    expect(
      await codeOf(
        importFiles(withReader(silent), [studio.file('list.csv', list)], {
          onProgress: begun,
          signal: stop.signal,
        }),
      ),
    ).toBe('query_cancelled');
    expect(pid).toBeGreaterThan(0);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(readdirSync(join(studio.app.data, 'staging'))).toEqual([]);
  });

  it('is what the product reads with', async () => {
    const app = await openApp({ data: join(studio.app.data, 'other'), clock: () => new Date() });
    expect(app.reader).toBe(childReader);
    await app.close();
  });
});

describe('DuckDB', () => {
  it('reaches nothing outside the staging folder once the stores are open', async () => {
    const { path } = studio.file('private.csv', list);
    const { warehouse } = studio.app;
    for (const sql of [
      `select * from read_csv('${path}')`,
      `copy (select 1) to '${join(studio.app.data, 'out.csv')}'`,
      `attach '${join(studio.app.data, 'other.duckdb')}'`,
      `select * from read_text('${join(studio.app.data, 'staging', '..', 'private.csv')}')`,
      'set enable_external_access = true',
    ])
      await expect(warehouse.query(sql), sql).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/Permission Error|locked|Cannot/) as string },
      });
  });
});
