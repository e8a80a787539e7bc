import { describe, expect, it } from 'vitest';
import { importFiles } from '#lib/server/import/import-files.ts';
import { isReady } from '#lib/server/import/drafts/draft.ts';
import type { Draft } from '#lib/server/import/drafts/draft.ts';
import { deskOfDrafts, seenOf } from './desk-of-drafts.ts';

const desk = deskOfDrafts();
const { sent, added, wish } = desk;

const full =
  'order_id,ordered_at,amount,lead_id,status\nO1,2026-11-17,4000,L1,\nO2,2026-11-18,3999,L2,cancelled\n';
const short = 'order_id,ordered_at,amount\nO1,2026-11-17,4000\nO2,2026-11-18,3999\nO3,2026-11-19,100\n';

const bring = (text: string) =>
  importFiles(desk.studio.app, [desk.studio.file('standing.csv', text)], { remembers: false });

const checked = (draft: Draft) => {
  const { check } = seenOf(draft);
  if (check.kind !== 'read') throw new Error('not read');
  return check.lists[0];
};
const readyFiles = (draft: Draft) => draft.files.map(isReady);

/** Imports a draft: how that ended. */
async function imported(draft: Draft) {
  const { id } = await desk.drafts.import(draft.id, null);
  await desk.jobs.ended(id);
  const { state } = desk.jobs.find(id);
  return state.kind === 'refused' ? state.refusal.code : state.kind;
}

describe('a draft that would replace what stands', () => {
  it('tells how many of its records are new, change what stands or change nothing', async () => {
    await bring('lead_id,created_at,channel\nL1,2026-01-01,a\nL2,2026-01-01,a\nL3,2026-01-01,a\n');
    const draft = await added(
      sent(
        'l.csv',
        'lead_id,created_at,channel\nL1,2026-01-01,x\nL1,2026-01-01,a\nL2,2026-01-01,b\nL9,2026-01-01,c\n',
      ),
    );
    expect(checked(draft)).toMatchObject({
      outcome: { records: 3, fresh: 1, changed: 1, unchanged: 1 },
      losses: { fields: [] },
    });
    expect(readyFiles(draft)).toEqual([true]);
  });

  it('is not imported before somebody agrees to what standing records lose', async () => {
    await bring(full);
    const draft = await added(sent('short.csv', short));
    const losses = [
      { field: 'lead_id', records: 2, keys: ['O1', 'O2'] },
      { field: 'status', records: 1, keys: ['O2'] },
    ];
    expect(checked(draft)).toMatchObject({
      outcome: { fresh: 1, changed: 2, unchanged: 0 },
      losses: { isAtMost: false, fields: losses },
    });
    await expect(desk.drafts.import(draft.id, null)).rejects.toMatchObject({ code: 'draft_not_ready' });
    await wish(draft, { agreed: { lead_id: 2 } });
    expect(readyFiles(draft)).toEqual([false]);
    await wish(draft, { agreed: { lead_id: 2, status: 1 } });
    expect(readyFiles(draft)).toEqual([true]);
    await wish(draft, { agreed: {} });
    expect(readyFiles(draft)).toEqual([false]);
    await wish(draft, { agreed: { lead_id: 2, status: 1 } });
    expect(await imported(draft)).toBe('done');
  });

  it('asks no more once a column fills the field', async () => {
    await bring(full);
    const draft = await added(
      sent('short.csv', short.replaceAll(/(\d)$/gm, '$1,L7').replace('amount', 'amount,ref')),
    );
    await wish(draft, { agreed: { status: 1 } });
    expect(readyFiles(draft)).toEqual([false]);
    await wish(draft, { from: { lead_id: 3 } });
    expect(checked(draft)?.losses.fields).toEqual([{ field: 'status', records: 1, keys: ['O2'] }]);
    expect(readyFiles(draft)).toEqual([true]);
  });

  it('asks also where its columns are taken as they were decided before', async () => {
    const mapping = {
      lists: [{ table: 'orders', columns: { order_id: 'a', ordered_at: 'b', amount: 'c' } }],
    };
    await importFiles(desk.studio.app, [
      { ...desk.studio.file('till 1.csv', 'a,b,c\nO9,2026-11-17,1\n'), mapping },
    ]);
    await bring(full);
    const draft = await added(sent('till 2.csv', 'a,b,c\nO2,2026-11-18,3999\n'));
    expect(seenOf(draft).isRemembered).toBe(true);
    expect(readyFiles(draft)).toEqual([false]);
  });

  it('of which only the first records are read asks for the most that could be lost', async () => {
    await bring(full);
    const draft = await added(sent('short.csv', 'order_id,ordered_at,amount\nO7,2026-11-17,4000\n'));
    expect(readyFiles(draft)).toEqual([true]);
    await desk.begun(draft, { only: [{ column: 0, is: 'filled' }] });
    await desk.drafts.hurry(draft.id, 'f0');
    await desk.drafts.settled(draft.id);
    expect(checked(draft)?.losses).toEqual({
      isAtMost: true,
      fields: [
        { field: 'lead_id', records: 2, keys: [] },
        { field: 'status', records: 1, keys: [] },
      ],
    });
    expect(readyFiles(draft)).toEqual([false]);
  });
});

describe('an import of a draft that would take more than was agreed to', () => {
  it('changes nothing, and the draft asks, where another import came between', async () => {
    const draft = await added(sent('short.csv', short));
    await bring(full);
    expect(readyFiles(draft)).toEqual([true]);
    expect(await imported(draft)).toBe('draft_empties');
    expect(await desk.studio.app.warehouse.query('select count(*) as n from raw.batches')).toEqual([
      { n: 1 },
    ]);
    expect(checked(draft)?.losses.fields).toHaveLength(2);
    expect(readyFiles(draft)).toEqual([false]);
    await wish(draft, { agreed: { lead_id: 2, status: 1 } });
    expect(await imported(draft)).toBe('done');
  });

  it('does so where another file of the draft has the columns, and comes in once that is agreed', async () => {
    const draft = await added(sent('full.csv', full));
    await desk.drafts.append(draft.id, sent('short.csv', short));
    await desk.drafts.settled(draft.id);
    expect(readyFiles(draft)).toEqual([true, true]);
    expect(await imported(draft)).toBe('draft_empties');
    expect(readyFiles(draft)).toEqual([true, false]);
    const second = draft.files[1];
    if (second) second.agreed = { orders: { lead_id: 2, status: 1 } };
    expect(await imported(draft)).toBe('done');
  });
});

describe('the history of what came from a draft', () => {
  const decidedBy = () =>
    desk.studio.app.warehouse.query('select decided_by from raw.batches order by batch_id');

  it('names headers and values where nobody chose otherwise, and remembers nothing', async () => {
    await imported(await added(sent('leads.csv', 'lead_id,created_at,room\nL1,2026-01-01,7\n')));
    expect(await decidedBy()).toEqual([{ decided_by: 'headers' }]);
    expect(desk.studio.app.mappings.all()).toEqual([]);
  });

  it('names the person who chose, and after that the memory of it', async () => {
    const text = 'lead_id,created_at,room\nL1,2026-01-01,7\n';
    const draft = await added(sent('leads 1.csv', text));
    await wish(draft, { from: { store: 2 } });
    await imported(draft);
    const [kept] = desk.studio.app.mappings.all();
    desk.wait(60_000);
    await imported(await added(sent('leads 2.csv', text)));
    expect(await decidedBy()).toEqual([{ decided_by: 'person' }, { decided_by: 'memory' }]);
    expect(desk.studio.app.mappings.all()).toEqual([kept]);
  });

  it('names the person who looked at columns that are others than the last time', async () => {
    const draft = await added(sent('leads 1.csv', 'lead_id,created_at,room\nL1,2026-01-01,7\n'));
    await wish(draft, { from: { store: 2 } });
    await imported(draft);
    await imported(await added(sent('leads 2.csv', 'lead_id,created_at,room,floor\nL2,2026-01-01,7,1\n')));
    expect(await decidedBy()).toEqual([{ decided_by: 'person' }, { decided_by: 'person' }]);
    const next = await added(sent('leads 3.csv', 'lead_id,created_at,room,floor\nL3,2026-01-01,7,1\n'));
    expect(seenOf(next)).toMatchObject({ isRemembered: true, changed: null });
  });
});
