import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { importDrafts } from '#lib/server/import/drafts/drafts.ts';
import type { Drafts } from '#lib/server/import/drafts/drafts.ts';
import type { Draft } from '#lib/server/import/drafts/draft.ts';
import type { ListWish, Wish } from '#lib/server/import/drafts/wish.ts';
import { otherParts } from '#lib/server/import/drafts/parts.ts';
import { importJobs } from '#lib/server/import/jobs.ts';
import type { Jobs } from '#lib/server/import/jobs.ts';
import type { Staged } from '#lib/server/import/staging.ts';
import { zip } from '../reading/zip.ts';
import { studioFolder } from '../studio-folder.ts';
import type { StudioFolder } from '../studio-folder.ts';

let studio: StudioFolder;
let jobs: Jobs;
let drafts: Drafts;
let now: Date;
let discarded: string[];
beforeEach(async () => {
  studio = await studioFolder();
  now = new Date('2026-11-20T02:00:00Z');
  const app: App = { ...studio.app, clock: () => now };
  jobs = importJobs(app);
  drafts = importDrafts(app, jobs);
  discarded = [];
});
afterEach(async () => {
  await drafts.close();
  await studio.close();
});

function sent(name: string, content: string | Buffer): Staged {
  const file = { ...studio.file(name, content), size: Buffer.byteLength(content) };
  return {
    files: [file],
    fields: new Map(),
    discard: async () => {
      discarded.push(name);
    },
  };
}
const leads = 'lead_id,created_at\nL1,2026-01-01\n';
const nothing: ListWish = {
  table: null,
  taken: [],
  from: {},
  times: {},
  sum: undefined,
  only: undefined,
  constants: {},
  styles: {},
  meanings: {},
};
/** Adds what was sent and waits until it has been looked at. */
async function added(staged: Staged): Promise<Draft> {
  const draft = await drafts.add(staged);
  await drafts.settled(draft.id);
  return draft;
}
const seenOf = ({ files: [file] }: Draft) => {
  if (file?.look.kind !== 'seen') throw new Error('not seen');
  return file.look;
};
const begun = (draft: Draft, list: Partial<ListWish>, more: Partial<Wish> = {}) => {
  const { lists } = seenOf(draft);
  const table = (lists[0]?.table ?? null) as ListWish['table'];
  const wishes = new Map([
    ['f0', { reading: {}, lists: [{ ...nothing, table, ...list }], more: null, ...more }],
  ]);
  return drafts.decide(draft.id, () => wishes);
};
const wish = async (...said: Parameters<typeof begun>) => {
  const draft = await begun(...said);
  await drafts.settled(draft.id);
};

describe('a draft', () => {
  it('is read as its file says, and nothing is in the warehouse', async () => {
    const draft = await added(sent('leads.csv', leads));
    expect(seenOf(draft)).toMatchObject({
      lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1 } }],
      check: { kind: 'read', isWhole: true, lists: [{ counted: 1, wrong: 0 }] },
    });
    expect(await studio.app.warehouse.query('select count(*) as n from raw.batches')).toEqual([{ n: 0 }]);
  });

  it('is gone when its import has come in, and stays when it has been stopped', async () => {
    const { id } = await added(sent('leads.csv', leads));
    const stopped = await drafts.import(id);
    jobs.stop(stopped.id);
    await jobs.ended(stopped.id);
    expect(drafts.find(id).job).toBeNull();
    await jobs.ended((await drafts.import(id)).id);
    expect(() => drafts.find(id)).toThrow(expect.objectContaining({ code: 'draft_forgotten' }));
    expect(discarded).toEqual(['leads.csv']);
  });

  it('is not imported while a required field has no column, and is once a constant fills it', async () => {
    const draft = await added(sent('a.csv', 'lead_id,phone\nL1,13800138000\n'));
    await wish(draft, { table: 'leads' });
    expect(seenOf(draft).check).toEqual({ kind: 'open' });
    await expect(drafts.import(draft.id)).rejects.toMatchObject({ code: 'draft_not_ready' });
    await wish(draft, { constants: { created_at: '2026-01-02' } });
    await jobs.ended((await drafts.import(draft.id)).id);
    expect(
      await studio.app.warehouse.query('select lead_id, created_at::date::varchar as d from exports.leads'),
    ).toEqual([{ lead_id: 'L1', d: '2026-01-02' }]);
  });

  it('of which no record could come in cannot be imported', async () => {
    const draft = await added(sent('leads.csv', 'lead_id,created_at\nL1,soon\n'));
    await expect(drafts.import(draft.id)).rejects.toMatchObject({ code: 'draft_not_ready' });
  });

  it('names the words that no field knows, and takes them for what somebody says', async () => {
    const text =
      'visit_id,visited_at,outcome\nV1,2026-01-01,jawohl\nV2,2026-01-02,nö\nV3,2026-01-03,booked\n';
    const draft = await added(sent('visits.csv', text));
    expect(seenOf(draft).check).toMatchObject({
      lists: [{ wrong: 2, unknown: [{ field: 'outcome', texts: ['jawohl', 'nö'] }] }],
    });
    await wish(draft, { meanings: { outcome: { jawohl: 'booked', nö: null } } });
    expect(seenOf(draft).lists[0]?.values).toEqual({ outcome: { jawohl: 'booked', nö: '' } });
    expect(seenOf(draft).check).toMatchObject({ lists: [{ wrong: 0, unknown: [] }] });
  });

  it('of lines is added up to orders by what is said, and tells what comes out before it is imported', async () => {
    const text = [
      'No,Pieces,Price,Day,Who',
      'A1,2,10.0055,2026-01-01,C1',
      'A1,1,5,2026-01-02,C1',
      'A2,-1,5,2026-01-03,C1',
      'A3,3,7,2026-01-04,',
      'A4,1,7,2026-01-05,C2',
      '',
    ].join('\n');
    const draft = await added(sent('lines.csv', text));
    await wish(draft, { table: 'orders' });
    await wish(draft, {
      from: { order_id: 0, ordered_at: 3, amount: 2, customer_id: 4 },
      times: { amount: 1 },
    });
    expect(seenOf(draft).check).toMatchObject({
      lists: [{ counted: 5, leftOut: 0, outcome: { records: 4, repeated: 1 } }],
    });
    const only = [
      { column: 1, is: '>', value: '0' },
      { column: 4, is: 'filled' },
    ] as const;
    await wish(draft, { times: { amount: 1 }, sum: ['amount'], only: [...only] });
    expect(seenOf(draft).check).toMatchObject({
      lists: [
        {
          counted: 5,
          leftOut: 2,
          wrong: 0,
          folded: 1,
          outcome: {
            records: 2,
            repeated: 0,
            days: { first: '2026-01-01', last: '2026-01-05' },
            totals: [{ field: 'amount', total: '32.01' }],
          },
        },
      ],
    });
    await jobs.ended((await drafts.import(draft.id)).id);
    expect(
      await studio.app.warehouse.query(
        'select order_id, amount::varchar as amount from exports.orders order by order_id',
      ),
    ).toEqual([
      { order_id: 'A1', amount: '25.01' },
      { order_id: 'A4', amount: '7.00' },
    ]);
  });

  it('takes one column for two fields, and multiplies no more when the form says so', async () => {
    const draft = await added(sent('deals.csv', 'mql,won,revenue,n\nM1,2026-01-01,5.00,2\n'));
    await wish(draft, { table: 'orders' });
    const from = { order_id: 0, lead_id: 0, ordered_at: 1, amount: 2 };
    await wish(draft, { from, times: { amount: 3 } });
    expect(seenOf(draft).lists).toMatchObject([{ columns: from, factors: { amount: 3 } }]);
    await wish(draft, { from: { ...from, lead_id: null }, times: { amount: null } });
    expect(seenOf(draft).lists).toEqual([
      { table: 'orders', columns: { order_id: 0, ordered_at: 1, amount: 2 } },
    ]);
  });

  it('waits for the value of a condition, and keeps the conditions that a form does not speak of', async () => {
    const draft = await added(sent('leads.csv', `${leads}L2,2026-01-02\n`));
    await wish(draft, { only: [{ column: 0, is: '>', value: '' }] });
    expect(seenOf(draft).check).toEqual({ kind: 'open' });
    await wish(draft, { only: [{ column: 0, is: 'starts_not', value: 'L2' }] });
    await wish(draft, {});
    expect(seenOf(draft).check).toMatchObject({ lists: [{ leftOut: 1, outcome: { records: 1 } }] });
    await wish(draft, { only: [] });
    expect(seenOf(draft).lists[0]?.only).toBeUndefined();
  });

  it('read by another choice is proposed anew', async () => {
    const draft = await added(sent('leads.csv', `shop report\n${leads}`));
    await wish(draft, {}, { reading: { header: { first: 0, rows: 0 } } });
    expect(draft.files[0]?.choice).toEqual({ header: { first: 0, rows: 0 } });
    await wish(draft, {}, { reading: {} });
    expect(seenOf(draft).lists).toMatchObject([{ table: 'leads' }]);
  });

  it('of a file that is no table says why', async () => {
    const draft = await added(sent('empty.csv', ''));
    expect(draft.files[0]?.look).toMatchObject({ kind: 'refused', refusal: { code: 'empty_file' } });
    await expect(drafts.import(draft.id)).rejects.toMatchObject({ code: 'draft_not_ready' });
  });
});

describe('a draft that is being looked at', () => {
  it('is there before its files have been read, and cannot be imported until they are', async () => {
    const draft = await drafts.add(sent('leads.csv', leads));
    expect(draft.files[0]).toMatchObject({ look: { kind: 'unseen' }, going: { kind: 'waiting' } });
    await expect(drafts.import(draft.id)).rejects.toMatchObject({ code: 'draft_not_ready' });
    await drafts.settled(draft.id);
    expect(draft.files[0]).toMatchObject({ look: { kind: 'seen' }, going: null });
  });

  it('is read by the last that was said of it, whatever was being read before', async () => {
    const draft = await added(sent('leads.csv', `${leads}L2,2026-01-02\nL3,2026-01-03\n`));
    await Promise.all([
      begun(draft, { only: [{ column: 0, is: '=', value: 'L1' }] }),
      begun(draft, { only: [{ column: 0, is: 'starts_not', value: 'L1' }] }),
    ]);
    await drafts.settled(draft.id);
    expect(seenOf(draft).check).toMatchObject({ lists: [{ leftOut: 1, outcome: { records: 2 } }] });
  });

  it('does with its first records when nobody wants to wait, and reads the others after all when asked to', async () => {
    const draft = await added(sent('leads.csv', leads));
    await begun(draft, { only: [{ column: 0, is: 'filled' }] });
    await drafts.hurry(draft.id, 'f0');
    await drafts.settled(draft.id);
    expect(seenOf(draft).check).toMatchObject({ kind: 'read', isWhole: false });
    drafts.readWhole(draft.id, 'f0');
    await drafts.settled(draft.id);
    expect(seenOf(draft).check).toMatchObject({ kind: 'read', isWhole: true });
    await jobs.ended((await drafts.import(draft.id)).id);
    expect(discarded).toEqual(['leads.csv']);
  });

  it('lets go of a file that is left out meanwhile', async () => {
    const draft = await drafts.add(sent('leads.csv', leads));
    expect(await drafts.leaveOut(draft.id, 'f0')).toBeNull();
    expect(discarded).toEqual(['leads.csv']);
  });
});

describe('files added to a draft', () => {
  it('are imported with the others under names of their own, and discarded with them', async () => {
    const draft = await added(sent('leads.csv', leads));
    await drafts.append(draft.id, sent('more.csv', 'visit_id,visited_at,lead_id\nV1,2026-01-02,L1\n'));
    await drafts.settled(draft.id);
    expect(draft.files.map(({ id, name }) => [id, name])).toEqual([
      ['f0', 'leads.csv'],
      ['f1', 'more.csv'],
    ]);
    await jobs.ended((await drafts.import(draft.id)).id);
    expect(await studio.app.warehouse.query('select count(*) as n from raw.batches')).toEqual([{ n: 2 }]);
    expect(discarded.sort()).toEqual(['leads.csv', 'more.csv']);
  });

  it('are refused and discarded where all together are larger than may be sent at once', async () => {
    studio.app.settings.set('upload_limit', '1');
    const big = `${leads}${'L2,2026-01-01\n'.repeat(50_000)}`;
    const draft = await drafts.add(sent('a.csv', big));
    await expect(drafts.append(draft.id, sent('b.csv', big))).rejects.toMatchObject({
      code: 'upload_too_large',
    });
    expect(discarded).toEqual(['b.csv']);
    expect(draft.files).toHaveLength(1);
  });
});

describe('an archive of several lists', () => {
  const archive = () =>
    zip([
      { name: 'leads.csv', content: leads },
      { name: 'visits.csv', content: 'visit_id,visited_at,lead_id\nV1,2026-01-02,L1\n' },
    ]);

  it('gives each of them once, each with a name of its own', async () => {
    const draft = await added(sent('march.zip', archive()));
    const [first] = draft.files;
    const part = { member: 'visits.csv' };
    expect(first && otherParts(first, draft)).toEqual([part]);
    await drafts.alsoTake(draft.id, 'f0', part);
    await drafts.alsoTake(draft.id, 'f0', part);
    await drafts.settled(draft.id);
    expect(draft.files.map(({ name }) => name)).toEqual(['march.zip', 'march.zip/visits.csv']);
    await jobs.ended((await drafts.import(draft.id)).id);
    expect(
      await studio.app.warehouse.query('select file, table_name from raw.batches order by batch_id'),
    ).toEqual([
      { file: 'march.zip', table_name: 'leads' },
      { file: 'march.zip/visits.csv', table_name: 'visits' },
    ]);
  });

  it('stays on the disk as long as one of them is wanted', async () => {
    const draft = await added(sent('march.zip', archive()));
    await drafts.alsoTake(draft.id, 'f0', { member: 'visits.csv' });
    await drafts.leaveOut(draft.id, 'f0');
    await drafts.settled(draft.id);
    expect(draft.files).toMatchObject([{ name: 'march.zip/visits.csv', look: { kind: 'seen' } }]);
  });
});

describe('drafts', () => {
  it('are forgotten after a day, with their files', async () => {
    const { id } = await added(sent('leads.csv', leads));
    now = new Date(now.getTime() + 86_400_001);
    expect(() => drafts.find(id)).toThrow(expect.objectContaining({ code: 'draft_forgotten' }));
    await added(sent('other.csv', leads));
    expect(discarded).toEqual(['leads.csv']);
  });

  it('give way, the oldest first, when their files take more than twice what may be sent at once', async () => {
    studio.app.settings.set('upload_limit', '1');
    const big = `${leads}${'L2,2026-01-01\n'.repeat(60_000)}`;
    for (const name of ['a.csv', 'b.csv', 'c.csv']) await added(sent(name, big));
    expect(discarded).toEqual(['a.csv']);
    expect(drafts.all()).toHaveLength(2);
  });

  it('leave nothing behind when a file is left out or the house is closed', async () => {
    const { id, files } = await added(sent('leads.csv', leads));
    expect(await drafts.leaveOut(id, 'f0')).toBeNull();
    expect(existsSync(files[0]?.path ?? join(studio.app.data, 'leads.csv'))).toBe(false);
    await added(sent('other.csv', leads));
    await drafts.close();
    expect(discarded).toEqual(['leads.csv', 'other.csv']);
  });
});
