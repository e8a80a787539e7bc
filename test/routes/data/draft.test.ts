import { isRedirect } from '@sveltejs/kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importDrafts } from '#lib/server/import/drafts/drafts.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { importJobs } from '#lib/server/import/jobs.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { actions, load } from '../../../src/routes/data/drafts/[id]/+page.server.ts';
import type { AsideView } from '../../../src/routes/data/drafts/[id]/aside-view.server.ts';
import type { FileView } from '../../../src/routes/data/drafts/[id]/file-view.server.ts';
import { workbook } from '../../lib/server/import/reading/workbooks.ts';
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
  await own.drafts.close();
  await studio.close();
});

async function drafted(name: string, text: string | Buffer): Promise<string> {
  const files = [{ ...studio.file(name, text), size: Buffer.byteLength(text) }];
  const { id } = await own.drafts.add({ files, fields: new Map(), discard: () => Promise.resolve() });
  await own.drafts.settled(id);
  return id;
}

/** The owner, in whose name the page acts. */
const viewer = { kind: 'person', id: 'p1', name: '王静', role: 'owner' } as const;

const locals = () => ({ own, locale: 'en', viewer });

/** What the page answers to a form: where it leads, or what it says. */
async function send(action: keyof typeof actions, id: string, fields: Record<string, string | File>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const request = new Request('http://a.example/', { method: 'POST', body: form });
  try {
    return await actions[action]?.({ params: { id }, request, locals: locals() } as never);
  } catch (thrown) {
    if (isRedirect(thrown)) return thrown.location;
    throw thrown;
  }
}

async function show(id: string): Promise<{
  files: FileView[];
  aside: AsideView[];
  ready: boolean;
  going: boolean;
}> {
  return (await load({ params: { id }, locals: locals() } as never)) as never;
}

const seen = async (id: string) => (await show(id)).files[0]?.seen;

describe('the columns of a file', () => {
  it('are shown by values on one line, without their outer blanks', async () => {
    const id = await drafted(
      'l.csv',
      'lead_id,created_at,note\n"L1\t",2026-01-01,"on Sunday, \r\n at two"\n',
    );
    const shown = await seen(id);
    expect(shown?.columns.map(({ samples }) => samples)).toEqual(['L1', '2026-01-01', 'on Sunday, at two']);
    expect(shown?.records.records[0]?.cells.map(({ text }) => text)).toEqual([
      'L1',
      '2026-01-01',
      'on Sunday, at two',
    ]);
  });

  it('that another list of the file uses are no extra columns of this one', async () => {
    const wide =
      'lead_id,created_at,visit_id,visited_at,note\nL1,2026-01-01,V1,2026-01-02,x\nL2,2026-01-01,,,\n';
    const shown = await seen(await drafted('wide.csv', wide));
    const [, , visit, , note] = shown?.columns ?? [];
    expect(visit?.taken).toMatchObject([
      { field: '', isElsewhere: true },
      { field: 'visit_id', isElsewhere: false },
    ]);
    expect(note?.taken).toMatchObject([{ isElsewhere: false }, { isElsewhere: false }]);
  });

  it('of JSON say that they are, and ask nothing about it', async () => {
    const text = JSON.stringify([{ lead_id: 'L1', created_at: '2026-01-01' }]);
    expect((await show(await drafted('l.json', text))).files[0]?.reading).toBe('JSON');
  });
});

describe('the form of a draft', () => {
  it('makes, changes and drops conditions', async () => {
    const id = await drafted('leads.csv', 'lead_id,created_at,age\nL1,2026-01-01,7\nL2,2026-01-02,9\n');
    const rule = async (fields: Record<string, string>) => {
      const named = Object.entries(fields).map(([name, value]) => [`f0.l0.rule.${name}`, value]);
      await send('change', id, Object.fromEntries(named) as Record<string, string>);
      const list = (await seen(id))?.lists[0];
      return list?.calculation.rules.filter(({ isNew }) => !isNew);
    };
    expect(await rule({ '0.column': '2' })).toMatchObject([{ column: '2', is: 'filled', open: false }]);
    expect(await rule({ '0.column': '2', '0.is': '>=', '0.value': '' })).toMatchObject([{ open: true }]);
    expect((await show(id)).ready).toBe(false);
    expect(await rule({ '0.column': '2', '0.is': '>=', '0.value': ' ８ ' })).toMatchObject([
      { is: '>=', value: '8', open: false },
    ]);
    expect(await seen(id)).toMatchObject({ outcomes: [{ leftOut: '1', comes: { count: '1' } }] });
    expect(await rule({ '0.column': '', '0.is': '>=', '0.value': '8' })).toEqual([]);
  });

  it('takes a choice of how the file is read back', async () => {
    const id = await drafted('till.csv', 'shop\n\nlead_id,created_at\nL1,2026-01-01\ntotal,\n');
    const reading = async (fields: Record<string, string>) => {
      await send('change', id, fields);
      const file = own.drafts.find(id).files[0];
      return { choice: file?.choice, read: file?.look.kind === 'seen' && file.look.inspection.reading };
    };
    const found = await reading({});
    expect(found).toMatchObject({ choice: {}, read: { header: { first: 1, rows: 1 }, footer: 1 } });
    expect(await reading({ 'f0.footer': '0', 'f0.delimiter': ';' })).toMatchObject({
      choice: { footer: 0, delimiter: ';' },
    });
    expect(await reading({ 'f0.footer': 'auto' })).toMatchObject({ choice: { delimiter: ';' } });
    expect(await reading({ 'f0.delimiter': 'auto' })).toEqual(found);
    expect(await reading({ 'f0.header': '0' })).toMatchObject({
      choice: { header: { first: 0, rows: 1 } },
    });
    expect(await reading({ 'f0.header': 'auto' })).toEqual(found);
  });

  it('lets a file be read again that a choice made unreadable', async () => {
    const id = await drafted('leads.csv', 'lead_id,created_at\nL1,2026-01-01\n');
    await own.drafts.decide(
      id,
      () =>
        new Map([['f0', { reading: { sheet: 'x', header: { first: 90, rows: 1 } }, lists: [], more: null }]]),
    );
    await own.drafts.settled(id);
    expect((await show(id)).files[0]).toMatchObject({ isStuck: true, seen: null });
    await send('change', id, { 'f0.reset': '1' });
    expect((await show(id)).files[0]).toMatchObject({ isStuck: false, ready: true });
  });

  it('answers at once when a script watches, and shows how far the files are', async () => {
    const id = await drafted('leads.csv', 'lead_id,created_at\nL1,2026-01-01\n');
    expect(await send('change', id, { live: '1', 'f0.l0.rule.0.column': '0' })).toBeUndefined();
    expect(await show(id)).toMatchObject({ going: true, ready: false });
    await own.drafts.settled(id);
    expect(await show(id)).toMatchObject({ going: false, ready: true });
  });

  it('shows what of a workbook is not imported, takes it in and leaves it out again', async () => {
    const book = await workbook({
      客资: [
        ['客资编号', '创建时间'],
        ['L1', '2026-01-01'],
      ],
      说明: [['共一条']],
    });
    const id = await drafted('三月.xlsx', book);
    const labels = async () =>
      (await show(id)).aside.map(({ file, parts }) => [file, ...parts.map(({ label }) => label)]);
    expect(await labels()).toEqual([['三月.xlsx', 'sheet “说明” (rows: 1)']]);
    const [{ parts } = { parts: [] }] = (await show(id)).aside;
    expect(await send('take', id, { aside: parts[0]?.id ?? '' })).toBe(`/data/drafts/${id}`);
    await own.drafts.settled(id);
    expect((await show(id)).files.map(({ name, ready }) => [name, ready])).toEqual([
      ['三月.xlsx · 客资', true],
      ['三月.xlsx · 说明', false],
    ]);
    expect(await labels()).toEqual([]);
    await send('leave', id, { file: (await show(id)).files[1]?.id ?? '' });
    expect(await labels()).toEqual([['三月.xlsx', 'sheet “说明” (rows: 1)']]);
    expect((await show(id)).ready).toBe(true);
  });

  it('keeps to the sheet that a file is when its reading is found out anew', async () => {
    const sheet = (name: string) => [
      ['客资编号', '创建时间'],
      [name, '2026-01-01'],
    ];
    const id = await drafted('a.xlsx', await workbook({ 一月: sheet('L1'), 二月: sheet('L2') }));
    const { id: second = '' } = own.drafts.find(id).files[1] ?? {};
    const choice = () => own.drafts.find(id).files[1]?.choice;
    await send('change', id, { [`${second}.footer`]: '1' });
    expect(choice()).toEqual({ sheet: '二月', footer: 1 });
    await send('change', id, { [`${second}.reset`]: '1' });
    expect(choice()).toEqual({ sheet: '二月' });
    expect((await show(id)).files[1]).toMatchObject({ name: 'a.xlsx · 二月', ready: true });
  });

  it('takes in another file, and says why not where there is none', async () => {
    const id = await drafted('leads.csv', 'lead_id,created_at\nL1,2026-01-01\n');
    const more = new File(['lead_id,created_at\nL2,2026-01-01\n'], 'more.csv');
    expect(await send('add', id, { files: more })).toBe(`/data/drafts/${id}`);
    expect((await show(id)).files.map(({ name }) => name)).toEqual(['leads.csv', 'more.csv']);
    expect(await send('add', id, {})).toMatchObject({ status: 400 });
  });
});

describe('a file without columns that stand filled in', () => {
  const full = 'order_id,ordered_at,amount,status,room\nO1,2026-11-17,1,,7\nO2,2026-11-18,2,cancelled,8\n';

  it('is asked about, and imported once its box is ticked', async () => {
    await importFiles(studio.app, [studio.file('orders.csv', full)]);
    const id = await drafted('short.csv', 'order_id,ordered_at,amount\nO2,2026-11-18,2\nO3,2026-11-18,3\n');
    const page = await show(id);
    expect(page.ready).toBe(false);
    expect(page.files[0]?.seen?.outcomes).toMatchObject([
      { fates: { fresh: '1', changed: '1', unchanged: null } },
    ]);
    const [question] = page.files[0]?.seen?.losses ?? [];
    expect(question).toMatchObject({
      list: 'Orders',
      isOpen: true,
      fields: [
        { label: 'room', count: '1', such: 'O2', value: null, canChoose: false },
        { label: 'status', count: '1', value: 'active', canChoose: true },
      ],
    });
    expect(await send('import', id, {})).toMatchObject({ status: 409 });
    await send('change', id, { 'f0.l0.agreed': question?.value ?? '' });
    expect((await seen(id))?.losses).toMatchObject([{ isOpen: false }]);
    expect(await send('import', id, {})).toMatch(/^\/data\/imports\//);
    const history = 'select imported_by from raw.batches order by batch_id';
    expect(await studio.app.warehouse.query(history)).toEqual([
      { imported_by: null },
      { imported_by: '王静' },
    ]);
  });

  it('is not taken for agreed by a box that says nothing, or nonsense', async () => {
    await importFiles(studio.app, [studio.file('orders.csv', full)]);
    const id = await drafted('short.csv', 'order_id,ordered_at,amount\nO2,2026-11-18,2\n');
    for (const text of ['{}', '', 'yes', '{"status":"all","room":9}', '{"status":1}'])
      expect(await send('import', id, { 'f0.l0.agreed': text }), text).toMatchObject({ status: 409 });
  });
});
