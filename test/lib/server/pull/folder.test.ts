import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { pull } from '#lib/server/pull/pull.ts';
import { codeOf } from '../import/bring.ts';
import { houseOfFeeds, signal } from './house-of-feeds.ts';

const house = houseOfFeeds();
const { world, run, leads, state } = house;

describe('a folder feed', () => {
  const old = new Date('2026-11-19T00:00:00Z');
  const write = (name: string, text: string, at = old) => {
    const path = join(house.studio.app.data, 'inbox', name);
    mkdirSync(join(house.studio.app.data, 'inbox'), { recursive: true });
    writeFileSync(path, text);
    utimesSync(path, at, at);
  };
  const diskFull = () => Promise.reject(new Refusal('disk_full', {}));
  const putFolder = (folder: string, more: object = {}) =>
    house.studio.app.feeds.put({
      name: 'till',
      kind: 'folder',
      table: 'leads',
      path: join(house.studio.app.data, folder),
      ...more,
    });
  const list = (id: string) => `lead_id,created_at\n${id},2026-11-01\n`;

  it('imports each finished file once, and again when it has changed', async () => {
    write('a.csv', list('L1'));
    write('~$a.csv', 'lock');
    write('growing.csv', list('L9'), new Date('2026-11-20T01:59:58Z'));
    putFolder('inbox');
    expect((await run()).summaries.length).toBe(1);
    expect((await run()).summaries.length).toBe(0);
    write('a.csv', `${list('L1')}L2,2026-11-02\n`, new Date('2026-11-19T01:00:00Z'));
    expect((await run()).summaries.map(({ loaded, unchanged }) => [loaded, unchanged])).toEqual([[1, 1]]);
    expect((await leads()).length).toBe(2);
  });

  it('names a file that is refused and takes the others', async () => {
    write('a.csv', 'dream\n1\n');
    write('b.csv', list('L1'));
    putFolder('inbox');
    const { summaries, refused } = await run();
    expect(summaries.length).toBe(1);
    expect(refused).toEqual([{ file: 'a.csv', code: 'missing_required_column' }]);
    expect(state()?.last_outcome).toBe('missing_required_column');
  });

  it('says which file is not in until it is, and tries it again once its columns are named', async () => {
    write('a.csv', '编码,何时\nL1,2026-11-01\n');
    putFolder('inbox');
    const refused = [{ file: 'a.csv', code: 'missing_required_column' }];
    await run();
    expect(await run()).toMatchObject({ summaries: [], refused });
    expect(state()).toMatchObject({ last_outcome: 'missing_required_column', refused_files: refused });
    const lists = [{ table: 'leads', columns: { lead_id: '编码', created_at: '何时' } }];
    putFolder('inbox', { mapping: { lists } });
    expect((await run()).summaries.map(({ loaded }) => loaded)).toEqual([1]);
    expect(state()).toMatchObject({ last_outcome: 'done', refused_files: [] });
    expect((await run()).summaries).toEqual([]);
  });

  it('tries a file again each time where the machine was at fault', async () => {
    write('a.csv', list('L1'));
    putFolder('inbox');
    const full = { ...house.studio.app, reader: { ...house.studio.app.reader, stage: () => diskFull() } };
    expect((await pull(full, 'till', world, signal)).refused).toEqual([{ file: 'a.csv', code: 'disk_full' }]);
    expect(state()?.last_outcome).toBe('disk_full');
    expect((await run()).summaries.length).toBe(1);
    expect(state()).toMatchObject({ last_outcome: 'done', refused_files: [] });
  });

  it('forgets a refused file that was taken away', async () => {
    write('a.csv', 'dream\n1\n');
    putFolder('inbox');
    await run();
    rmSync(join(house.studio.app.data, 'inbox', 'a.csv'));
    expect((await run()).refused).toEqual([]);
    expect(state()).toMatchObject({ last_outcome: 'done', refused_files: [] });
  });

  it('that is not there is refused', async () => {
    putFolder('nowhere');
    expect(await codeOf(run())).toBe('folder_unreadable');
  });
});
