import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import type { Mapping } from '#lib/exports/mapping.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { kindOfFile } from '#lib/server/mappings/mappings.ts';
import { codeOf } from './bring.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const bring = (name: string, text: string, mapping?: Mapping) =>
  importFiles(studio.app, [{ ...studio.file(name, text), mapping }]);
const said = mappingByHeader('leads', { lead_id: 'who', created_at: 'when' });
const kept = () => studio.app.mappings.all().map(({ source }) => source);

describe('what a person decided about a file', () => {
  it('holds for the next month, also where the columns stand in another order, and the history says so', async () => {
    await bring('till 2026-10.csv', 'who,when,colour\nL1,2026-10-01,Ulm\n', said);
    const { summaries } = await bring('till 2026-11 (1).csv', 'colour,when,who\nUlm,2026-11-01,L2\n');
    expect(summaries).toMatchObject([{ table: 'leads', loaded: 1 }]);
    expect(
      await studio.app.warehouse.query('select lead_id, created_at, extra from exports.leads order by 1'),
    ).toMatchObject([
      { lead_id: 'L1', created_at: '2026-10-01T00:00:00' },
      { lead_id: 'L2', created_at: '2026-11-01T00:00:00', extra: '{"colour":"Ulm"}' },
    ]);
    expect(await studio.app.warehouse.query('select decided_by from raw.batches order by batch_id')).toEqual([
      { decided_by: 'person' },
      { decided_by: 'memory' },
    ]);
  });

  it('asks where the columns are others now, and holds again once a person has looked', async () => {
    await bring('till.csv', 'who,when,colour\nL1,2026-10-01,Ulm\n', said);
    const changed = 'who,when,colour,shop\nL2,2026-10-01,Ulm,x\n';
    expect(await codeOf(bring('till.csv', changed))).toBe('layout_changed');
    await bring('till.csv', changed, said);
    expect((await bring('till.csv', changed)).summaries).toMatchObject([{ unchanged: 1 }]);
  });

  it('does not stand in the way of another list under the same name', async () => {
    await bring('export.csv', 'who,when,colour\nL1,2026-10-01,Ulm\n', said);
    const { summaries } = await bring('export.csv', 'visit_id,visited_at\nV1,2026-10-01\n');
    expect(summaries).toMatchObject([{ table: 'visits', loaded: 1 }]);
    expect(kept()).toEqual(['export.csv']);
  });

  it('is forgotten about how a file is read where another list comes under the same name', async () => {
    const below = { ...said, reading: { header: { first: 2, rows: 1 } } };
    await bring('export.csv', 'a,b\nc,d\nwho,when\nL1,2026-10-01\n', below);
    const again = await bring('export.csv', 'x,y\n1,2\nwho,when\nL2,2026-10-01\n');
    expect(again.summaries).toMatchObject([{ table: 'leads', read: 1, loaded: 1 }]);
    const visits = 'visit_id,visited_at\nV1,2026-10-01\nV2,2026-10-01\nV3,2026-10-02\nV4,2026-10-02\n';
    expect((await bring('export.csv', visits)).summaries).toMatchObject([{ table: 'visits', loaded: 4 }]);
  });

  it('is not kept where the headers say the same, where nothing was imported, and where nobody wants it kept', async () => {
    await bring('plain.csv', 'lead_id,created_at\nL1,2026-10-01\n', mappingByHeader('leads'));
    expect(await codeOf(bring('bad.csv', 'who,when\n', said))).toBe('header_only');
    const source = { ...studio.file('till.csv', 'who,when\nL1,2026-10-01\n'), mapping: said };
    await importFiles(studio.app, [source], { dryRun: true });
    await importFiles(studio.app, [source], { remembers: false });
    expect(kept()).toEqual([]);
  });

  it('keeps its constants, meanings, rules and sums, but not how this file happened to be written', async () => {
    const lines: Mapping = {
      lists: [
        {
          table: 'orders',
          columns: { order_id: 'no', ordered_at: 'day', amount: 'price*pieces' },
          constants: { store: 'Ulm' },
          sum: ['amount'],
          only: ['pieces>0'],
        },
      ],
    };
    const text = 'no;day;price;pieces\nA;1.2.2026;1,50;2\nA;28.2.2026;1,50;2\n';
    await bring('lines.csv', text, lines);
    expect(studio.app.mappings.get('lines.csv').mapping).toEqual({
      headers: ['no', 'day', 'price', 'pieces'],
      ...lines,
    });
    const again = await bring('lines.csv', 'no;day;price;pieces\nB;2026-03-01;1.50;2\n');
    expect(again.summaries).toMatchObject([{ table: 'orders', loaded: 1 }]);
    expect(
      await studio.app.warehouse.query(
        'select order_id, amount::varchar as amount, store from exports.orders order by 1',
      ),
    ).toEqual([
      { order_id: 'A', amount: '6.00', store: 'Ulm' },
      { order_id: 'B', amount: '3.00', store: 'Ulm' },
    ]);
  });
});

describe('files of one kind', () => {
  it.each([
    ['leads 2026-10.csv', 'leads #-#.csv'],
    ['/home/li/Leads 2026-11.CSV', 'leads #-#.csv'],
    ['C:\\Export\\leads 2026-12 (3).csv', 'leads #-#.csv'],
    ['订单（２０２６）.xlsx', '订单.xlsx'],
    ['till', 'till'],
  ])('%s is one of %s', (name, kind) => {
    expect(kindOfFile(name)).toBe(kind);
  });
});
