import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deskOfDrafts, leads, seenOf } from './desk-of-drafts.ts';

const desk = deskOfDrafts();
const { sent, added, begun } = desk;

describe('a draft, once somebody was erased,', () => {
  it('is discarded, whoever stands in it, and what an import told of its rejected records is forgotten', async () => {
    const first = await added(sent('first.csv', `${leads}L2,never\n`));
    const { id } = await desk.drafts.import(first.id, null);
    await desk.jobs.ended(id);
    expect(desk.jobs.find(id)).toMatchObject({ state: { imported: { rejects: [[{ line: 2 }]] } } });
    const waiting = await added(sent('waiting.csv', leads));
    await desk.studio.app.erased.erased();
    expect(desk.discarded).toEqual(['first.csv', 'waiting.csv']);
    expect(() => desk.drafts.find(waiting.id)).toThrow('draft_forgotten');
    expect(desk.jobs.find(id)).toMatchObject({ state: { kind: 'done', imported: { rejects: [[]] } } });
  });
});

describe('a draft that is being looked at', () => {
  it('is there before its files have been read, and cannot be imported until they are', async () => {
    const draft = await desk.drafts.add(sent('leads.csv', leads));
    expect(draft.files[0]).toMatchObject({ look: { kind: 'unseen' }, going: { kind: 'waiting' } });
    await expect(desk.drafts.import(draft.id, null)).rejects.toMatchObject({ code: 'draft_not_ready' });
    await desk.drafts.settled(draft.id);
    expect(draft.files[0]).toMatchObject({ look: { kind: 'seen' }, going: null });
  });

  it('is read by the last that was said of it, whatever was being read before', async () => {
    const draft = await added(sent('leads.csv', `${leads}L2,2026-01-02\nL3,2026-01-03\n`));
    await Promise.all([
      begun(draft, { only: [{ column: 0, is: '=', value: 'L1' }] }),
      begun(draft, { only: [{ column: 0, is: 'starts_not', value: 'L1' }] }),
    ]);
    await desk.drafts.settled(draft.id);
    expect(seenOf(draft).check).toMatchObject({ lists: [{ leftOut: 1, outcome: { records: 2 } }] });
  });

  it('does with its first records when nobody wants to wait, and reads the others after all when asked to', async () => {
    const draft = await added(sent('leads.csv', leads));
    await begun(draft, { only: [{ column: 0, is: 'filled' }] });
    await desk.drafts.hurry(draft.id, 'f0');
    await desk.drafts.settled(draft.id);
    expect(seenOf(draft).check).toMatchObject({ kind: 'read', isWhole: false });
    desk.drafts.readWhole(draft.id, 'f0');
    await desk.drafts.settled(draft.id);
    expect(seenOf(draft).check).toMatchObject({ kind: 'read', isWhole: true });
    await desk.jobs.ended((await desk.drafts.import(draft.id, null)).id);
    expect(desk.discarded).toEqual(['leads.csv']);
  });

  it('lets go of a file that is left out meanwhile', async () => {
    const draft = await desk.drafts.add(sent('leads.csv', leads));
    expect(await desk.drafts.leaveOut(draft.id, 'f0')).toBeNull();
    expect(desk.discarded).toEqual(['leads.csv']);
  });
});

describe('files added to a draft', () => {
  it('are imported with the others under names of their own, and discarded with them', async () => {
    const draft = await added(sent('leads.csv', leads));
    await desk.drafts.append(draft.id, sent('more.csv', 'visit_id,visited_at,lead_id\nV1,2026-01-02,L1\n'));
    await desk.drafts.settled(draft.id);
    expect(draft.files.map(({ id, name }) => [id, name])).toEqual([
      ['f0', 'leads.csv'],
      ['f1', 'more.csv'],
    ]);
    await desk.jobs.ended((await desk.drafts.import(draft.id, null)).id);
    expect(await desk.studio.app.warehouse.query('select count(*) as n from raw.batches')).toEqual([
      { n: 2 },
    ]);
    expect(desk.discarded.sort()).toEqual(['leads.csv', 'more.csv']);
  });

  it('are refused and discarded where all together are larger than may be sent at once', async () => {
    desk.studio.app.settings.set('upload_limit', '1');
    const big = `${leads}${'L2,2026-01-01\n'.repeat(50_000)}`;
    const draft = await desk.drafts.add(sent('a.csv', big));
    await expect(desk.drafts.append(draft.id, sent('b.csv', big))).rejects.toMatchObject({
      code: 'upload_too_large',
    });
    expect(desk.discarded).toEqual(['b.csv']);
    expect(draft.files).toHaveLength(1);
  });
});

describe('drafts', () => {
  it('are forgotten after a day, with their files', async () => {
    const { id } = await added(sent('leads.csv', leads));
    desk.wait(86_400_001);
    expect(() => desk.drafts.find(id)).toThrow(expect.objectContaining({ code: 'draft_forgotten' }));
    await added(sent('other.csv', leads));
    expect(desk.discarded).toEqual(['leads.csv']);
  });

  it('give way, the oldest first, when their files take more than twice what may be sent at once', async () => {
    desk.studio.app.settings.set('upload_limit', '1');
    const big = `${leads}${'L2,2026-01-01\n'.repeat(60_000)}`;
    for (const name of ['a.csv', 'b.csv', 'c.csv']) await added(sent(name, big));
    expect(desk.discarded).toEqual(['a.csv']);
    expect(desk.drafts.all()).toHaveLength(2);
  });

  it('leave nothing behind when a file is left out or the house is closed', async () => {
    const { id, files } = await added(sent('leads.csv', leads));
    expect(await desk.drafts.leaveOut(id, 'f0')).toBeNull();
    expect(existsSync(files[0]?.path ?? join(desk.studio.app.data, 'leads.csv'))).toBe(false);
    await added(sent('other.csv', leads));
    await desk.drafts.close();
    expect(desk.discarded).toEqual(['leads.csv', 'other.csv']);
  });
});
