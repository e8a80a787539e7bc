import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { actions, load } from '../../../src/routes/data/batches/[batch]/+page.server.ts';
import type { OpenView } from '../../../src/routes/data/batches/[batch]/mending.server.ts';
import { studioFolder } from '../../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../../lib/server/import/studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

type Page = {
  waiting: { problems: string; records: string };
  mended: string | null;
  rejects: Record<'open' | 'others', { line: string; mendedIn: number | null }[]>;
  open: { records: OpenView[] } | null;
  findings: { name: string; rows: string; link: string }[];
};

/** The page of a batch as an owner gets it. */
const page = async (batch = '1'): Promise<Page> => {
  const url = new URL(`http://127.0.0.1:3000/data/batches/${batch}`);
  const locals = { app: studio.app, asker: asOwner(studio.app), locale: 'en', isSample: false };
  return (await load({ params: { batch }, url, locals } as never)) as Page;
};

/** Sends the form of batch 1 with these fields. */
const send = (fields: Record<string, string>) => {
  const body = new FormData();
  for (const [name, text] of Object.entries(fields)) body.set(name, text);
  const request = new Request('http://127.0.0.1:3000/data/batches/1?/mend', { method: 'POST', body });
  const locals = { own: { app: studio.app }, locale: 'en', viewer: { kind: 'stranger' } };
  return actions.mend?.({ params: { batch: '1' }, request, locals } as never);
};

describe('the page of a batch', () => {
  it('counts and lists the records that still wait, and apart from them those that came in mended, with their batch', async () => {
    const list = 'lead_id,created_at\nL1,soon\nL2,soon\nL3,soon\n';
    await importFiles(studio.app, [studio.file('list.csv', list)]);
    expect((await page()).waiting).toEqual({ problems: '3', records: '3' });
    await send({ 'cell.2.1': '2026-01-02' });
    const { waiting, mended, rejects } = await page();
    expect({ waiting, mended }).toEqual({ waiting: { problems: '2', records: '2' }, mended: '1' });
    expect(rejects.open.map(({ line, mendedIn }) => [line, mendedIn])).toEqual([
      ['1', null],
      ['3', null],
    ]);
    expect(rejects.others.map(({ line, mendedIn }) => [line, mendedIn])).toEqual([['2', 2]]);
  });

  it('takes a cell that a form sent with other line ends for unchanged, and keeps its lines', async () => {
    const list = 'lead_id,created_at,notes\nL1,soon,"a\nb"\nL2,soon,"c\nd"\n';
    await importFiles(studio.app, [studio.file('list.csv', list)]);
    const { open } = await page();
    expect(open?.records.map(({ others }) => others.map(({ text, lines }) => [text, lines]))).toEqual([
      [
        ['L1', 1],
        ['a\nb', 2],
      ],
      [
        ['L2', 1],
        ['c\nd', 2],
      ],
    ]);
    const answer = await send({
      'cell.1.0': 'L1',
      'cell.1.1': '2026-01-02',
      'cell.1.2': 'a\r\nb',
      'cell.2.0': 'L2',
      'cell.2.1': 'soon',
      'cell.2.2': 'c\r\nd',
    });
    expect(answer).toMatchObject({ mended: { taken: '1', wrong: [] } });
    expect(await studio.app.warehouse.query('select lead_id, extra from exports.leads')).toEqual([
      { lead_id: 'L1', extra: JSON.stringify({ notes: 'a\nb' }) },
    ]);
  });

  it('brings a changed cell of several lines with plain line ends', async () => {
    const list = 'lead_id,created_at,notes\nL1,soon,"a\nb"\n';
    await importFiles(studio.app, [studio.file('list.csv', list)]);
    await send({ 'cell.1.1': '2026-01-02', 'cell.1.2': 'a\r\nbee' });
    expect(await studio.app.warehouse.query('select extra from exports.leads')).toEqual([
      { extra: JSON.stringify({ notes: 'a\nbee' }) },
    ]);
  });

  it('lists what standing records lost to it field by field, each with its rows, until a list brings it again', async () => {
    const full = 'order_id,ordered_at,amount,status,room\nO1,2026-11-17,1,,7\nO2,2026-11-18,2,cancelled,8\n';
    await importFiles(studio.app, [studio.file('orders.csv', full)]);
    const short = 'order_id,ordered_at,amount\nO1,2026-11-17,1\nO2,2026-11-18,2\n';
    await importFiles(studio.app, [studio.file('short.csv', short)]);
    expect((await page('2')).findings).toMatchObject([
      {
        name: 'no column for “room”: empty now',
        rows: '2',
        link: '/figure/findings/rows?batch=2&row=kind_no%3A0&row=table_name%3Aorders&row=column_name%3Aroom',
      },
      { name: 'no column for “status”: “active” now', rows: '1' },
    ]);
    await importFiles(studio.app, [studio.file('orders.csv', full)]);
    expect((await page('2')).findings).toEqual([]);
  });
});
