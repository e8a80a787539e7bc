import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { partLabel } from '#lib/exports/part-label.ts';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import type { Draft } from '#lib/server/import/drafts/draft.ts';
import { inline, withHidden, workbook } from '../reading/workbooks.ts';
import { zip } from '../reading/zip.ts';
import { deskOfDrafts, leads } from './desk-of-drafts.ts';

const desk = deskOfDrafts();
const { sent, added } = desk;

const visits = 'visit_id,visited_at,lead_id\nV1,2026-01-02,L1\n';
const book = () =>
  workbook({
    说明: [['本表由门店填写'], ['每周一交']],
    进店: [
      ['进店编号', '进店时间', '客资编号'],
      ['V1', '2026-01-02', 'L1'],
      ['V2', '2026-01-03', 'L1'],
    ],
    客资: [
      ['客资编号', '创建时间', '渠道', '预算'],
      ['L1', '2026-01-01', '美团', 1],
    ],
    Sheet4: [],
  });
const archive = () =>
  zip([
    { name: 'leads.csv', content: leads },
    { name: '..\\..\\evil.csv', content: leads },
    { name: '.hidden.csv', content: leads },
    { name: 'visits.csv', content: visits },
    { name: 'contract.pdf', content: '%PDF' },
    { name: '.DS_Store', content: 'x' },
  ]);

const names = ({ files }: Draft) => files.map(({ name }) => name);
const asides = ({ aside }: Draft) => aside.map(({ name, rows, is }) => [name, rows, is]);
const asideOf = ({ aside }: Draft, wanted: string) => aside.find(({ name }) => name === wanted)?.id ?? '';
const fileOf = ({ files }: Draft, wanted: string) => files.find(({ name }) => name === wanted)?.id ?? '';
const begin = async (draft: Draft) => {
  const job = await desk.drafts.import(draft.id, null);
  await desk.jobs.ended(job.id);
  expect(job.state.kind).toBe('done');
  return job;
};
const batches = () =>
  desk.studio.app.warehouse.query('select file, table_name, read from raw.batches order by batch_id');

describe('a workbook of several lists', () => {
  it('stands as each of them in its order, and all come in together', async () => {
    const draft = await added(sent('三月.xlsx', await book()));
    expect(names(draft)).toEqual(['三月.xlsx · 进店', '三月.xlsx · 客资']);
    expect(draft.files.map(({ look }) => look.kind === 'seen' && look.lists[0]?.table)).toEqual([
      'visits',
      'leads',
    ]);
    await begin(draft);
    expect(await batches()).toEqual([
      { file: '三月.xlsx · 进店', table_name: 'visits', read: 2 },
      { file: '三月.xlsx · 客资', table_name: 'leads', read: 1 },
    ]);
    expect(desk.discarded).toEqual(['三月.xlsx']);
  });

  it('says of a sheet that looks like no list how many rows it has, and takes it in where somebody wants it', async () => {
    const draft = await added(sent('三月.xlsx', await book()));
    expect(asides(draft)).toEqual([['说明', 2, 'other']]);
    desk.drafts.takeIn(draft.id, asideOf(draft, '说明'));
    await desk.drafts.settled(draft.id);
    expect(names(draft)).toEqual(['三月.xlsx · 进店', '三月.xlsx · 客资', '三月.xlsx · 说明']);
    expect(asides(draft)).toEqual([]);
    await expect(desk.drafts.import(draft.id, null)).rejects.toMatchObject({ code: 'draft_not_ready' });
  });

  it('leaves sheets aside that it hides, says so, and takes one in where somebody wants it', async () => {
    const rows = (id: string) => inline('lead_id', 'created_at') + inline(id, '2026-01-02');
    const draft = await added(
      sent('三月.xlsx', withHidden(rows('L1'), { 旧: rows('L0'), 字典: rows('L9') })),
    );
    expect(names(draft)).toEqual(['三月.xlsx · a']);
    expect(draft.aside.map((part) => partLabel('zh-Hans', part))).toEqual([
      '工作表 旧（Excel 里隐藏的、1 行）',
      '工作表 字典（Excel 里隐藏的、1 行）',
    ]);
    desk.drafts.takeIn(draft.id, asideOf(draft, '旧'));
    await desk.drafts.settled(draft.id);
    await begin(draft);
    expect(await batches()).toEqual([
      { file: '三月.xlsx · a', table_name: 'leads', read: 1 },
      { file: '三月.xlsx · 旧', table_name: 'leads', read: 1 },
    ]);
  });

  it('leaves out the sheet that is not wanted, says so to the import, and can have it back', async () => {
    const draft = await added(sent('三月.xlsx', await book()));
    await desk.drafts.leaveOut(draft.id, fileOf(draft, '三月.xlsx · 进店'));
    expect(asides(draft)).toEqual([
      ['说明', 2, 'other'],
      ['进店', 2, 'list'],
    ]);
    desk.drafts.takeIn(draft.id, asideOf(draft, '进店'));
    await desk.drafts.settled(draft.id);
    expect(names(draft)).toEqual(['三月.xlsx · 客资', '三月.xlsx · 进店']);
    await desk.drafts.leaveOut(draft.id, fileOf(draft, '三月.xlsx · 进店'));
    const { aside } = await begin(draft);
    expect(await batches()).toEqual([{ file: '三月.xlsx · 客资', table_name: 'leads', read: 1 }]);
    expect(aside).toMatchObject([
      { of: '三月.xlsx', kind: 'sheet', name: '说明' },
      { of: '三月.xlsx', kind: 'sheet', name: '进店', rows: 2 },
    ]);
  });

  it('takes a sheet that was said to be a list as one for the next workbook of its name', async () => {
    const { mappings } = desk.studio.app;
    mappings.keep('三月.xlsx · 说明', mappingByHeader('leads'), new Date());
    const draft = await added(sent('三月.xlsx', await book()));
    expect(names(draft)).toEqual(['三月.xlsx · 说明', '三月.xlsx · 进店', '三月.xlsx · 客资']);
  });

  it('is remembered, sheet by sheet, only where somebody has decided something about one', async () => {
    const kept = () => desk.studio.app.mappings.all().map(({ source }) => source);
    await begin(await added(sent('三月.xlsx', await book())));
    expect(kept()).toEqual([]);
    const draft = await added(sent('三月.xlsx', await book()));
    const { id = '', choice } = draft.files[1] ?? {};
    const footer = { reading: { ...choice, footer: 0 }, lists: [], more: null };
    await desk.drafts.decide(draft.id, () => new Map([[id, footer]]));
    await desk.drafts.settled(draft.id);
    await begin(draft);
    expect(desk.studio.app.mappings.all()).toMatchObject([
      { source: '三月.xlsx · 客资', mapping: { reading: { footer: 0 } } },
    ]);
    const again = await added(sent('三月.xlsx', await book()));
    expect(again.files[1]).toMatchObject({
      choice: { sheet: '客资', footer: 0 },
      look: { isRemembered: true },
    });
  });

  it('is one file where only one sheet is filled', async () => {
    const draft = await added(
      sent(
        'a.xlsx',
        await workbook({
          客资: [
            ['客资编号', '创建时间'],
            ['L1', '2026-01-01'],
          ],
          Sheet2: [],
        }),
      ),
    );
    expect([names(draft), asides(draft)]).toEqual([['a.xlsx'], []]);
  });

  it('of more lists than a draft may have files sets the rest aside, and takes no more of them in', async () => {
    const { files, ...staged } = sent('三月.xlsx', await book());
    const others = Array.from({ length: 49 }, (_, at) => sent(`${at}.csv`, leads).files).flat();
    const draft = await desk.drafts.add({ ...staged, files: [...files, ...others] });
    await expect
      .poll(() => asides(draft))
      .toEqual([
        ['说明', 2, 'other'],
        ['进店', 2, 'list'],
      ]);
    expect(draft.files).toHaveLength(50);
    expect(() => desk.drafts.takeIn(draft.id, asideOf(draft, '进店'))).toThrow(
      expect.objectContaining({ code: 'upload_too_many' }),
    );
  });

  it('takes its bytes once of what may be sent', async () => {
    desk.studio.app.settings.set('upload_limit', '1');
    const note = 'x'.repeat(30_000);
    const sheet = Array.from({ length: 12 }, (_, at) => [`L${at}`, '2026-01-01', `${at}${note}`]);
    const full = await workbook({
      一月: [['客资编号', '创建时间', '备注'], ...sheet],
      二月: [['客资编号', '创建时间', '备注'], ...sheet],
    });
    const draft = await added({
      ...sent('a.xlsx', full),
      files: [{ ...desk.studio.file('a.xlsx', full), size: 600_000 }],
    });
    expect(draft.files).toHaveLength(2);
    await desk.drafts.append(draft.id, sent('b.csv', leads));
    expect(draft.files).toHaveLength(3);
  });
});

describe('an archive of several lists', () => {
  it('stands as each of them, and what was never read is named with the reason', async () => {
    const draft = await added(sent('march.zip', archive()));
    expect(names(draft)).toEqual(['march.zip/leads.csv', 'march.zip/visits.csv']);
    expect(asides(draft)).toEqual([
      ['..\\..\\evil.csv', null, 'unsafe'],
      ['.hidden.csv', null, 'hidden'],
      ['contract.pdf', null, 'document'],
    ]);
    desk.drafts.takeIn(draft.id, asideOf(draft, '.hidden.csv'));
    expect(draft.files).toHaveLength(2);
    await begin(draft);
    expect(await batches()).toEqual([
      { file: 'march.zip/leads.csv', table_name: 'leads', read: 1 },
      { file: 'march.zip/visits.csv', table_name: 'visits', read: 1 },
    ]);
  });

  it('stays on the disk as long as one of them is wanted', async () => {
    const draft = await added(sent('march.zip', archive()));
    const path = draft.files[0]?.path ?? '';
    await desk.drafts.leaveOut(draft.id, fileOf(draft, 'march.zip/leads.csv'));
    expect(asides(draft).at(-1)).toEqual(['leads.csv', 1, 'list']);
    desk.drafts.takeIn(draft.id, asideOf(draft, 'leads.csv'));
    await desk.drafts.settled(draft.id);
    expect(draft.files).toMatchObject([
      { name: 'march.zip/visits.csv', look: { kind: 'seen' } },
      { name: 'march.zip/leads.csv', look: { kind: 'seen' } },
    ]);
    await desk.drafts.append(draft.id, sent('other.csv', leads));
    await desk.drafts.leaveOut(draft.id, fileOf(draft, 'march.zip/leads.csv'));
    await desk.drafts.leaveOut(draft.id, fileOf(draft, 'march.zip/visits.csv'));
    expect([names(draft), asides(draft), existsSync(path)]).toEqual([['other.csv'], [], false]);
  });

  it('may hold a workbook of several lists', async () => {
    const content = zip([
      { name: 'visits.csv', content: visits },
      { name: '三月.xlsx', content: await book() },
    ]);
    const draft = await added(sent('all.zip', content));
    expect(names(draft)).toEqual([
      'all.zip/visits.csv',
      'all.zip/三月.xlsx · 进店',
      'all.zip/三月.xlsx · 客资',
    ]);
    await begin(draft);
    expect(await batches()).toMatchObject([{ read: 1 }, { read: 2 }, { read: 1 }]);
  });
});
