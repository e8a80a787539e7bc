import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { importDrafts } from '#lib/server/import/drafts/drafts.ts';
import type { Drafts } from '#lib/server/import/drafts/drafts.ts';
import type { Draft } from '#lib/server/import/drafts/draft.ts';
import type { ListWish, Wish } from '#lib/server/import/drafts/wish.ts';
import { importJobs } from '#lib/server/import/jobs.ts';
import type { Jobs } from '#lib/server/import/jobs.ts';
import type { Staged } from '#lib/server/import/staging.ts';
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

function sent(name: string, content: string): Staged {
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
const seenOf = ({ files: [file] }: Draft) => {
  if (file?.look.kind !== 'seen') throw new Error('not seen');
  return file.look;
};
const wish = (draft: Draft, list: Partial<ListWish>, more: Partial<Wish> = {}) => {
  const { lists } = seenOf(draft);
  const table = (lists[0]?.table ?? null) as ListWish['table'];
  return drafts.decide(
    draft.id,
    new Map([['f0', { reading: {}, lists: [{ ...nothing, table, ...list }], more: null, ...more }]]),
  );
};

describe('a draft', () => {
  it('is read as its file says, and nothing is in the warehouse', async () => {
    const draft = await drafts.add(sent('leads.csv', leads));
    expect(seenOf(draft)).toMatchObject({
      lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1 } }],
      check: { kind: 'read', isWhole: true, lists: [{ counted: 1, wrong: 0 }] },
    });
    expect(await studio.app.warehouse.query('select count(*) as n from raw.batches')).toEqual([{ n: 0 }]);
  });

  it('is gone when its import has come in, and stays when it has been stopped', async () => {
    const { id } = await drafts.add(sent('leads.csv', leads));
    const stopped = await drafts.import(id);
    jobs.stop(stopped.id);
    await jobs.ended(stopped.id);
    expect(drafts.find(id).job).toBeNull();
    await jobs.ended((await drafts.import(id)).id);
    expect(() => drafts.find(id)).toThrow(expect.objectContaining({ code: 'draft_forgotten' }));
    expect(discarded).toEqual(['leads.csv']);
  });

  it('is not imported while a required field has no column, and is once a constant fills it', async () => {
    const draft = await drafts.add(sent('a.csv', 'lead_id,phone\nL1,13800138000\n'));
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
    const draft = await drafts.add(sent('leads.csv', 'lead_id,created_at\nL1,soon\n'));
    await expect(drafts.import(draft.id)).rejects.toMatchObject({ code: 'draft_not_ready' });
  });

  it('names the words that no field knows, and takes them for what somebody says', async () => {
    const text =
      'visit_id,visited_at,outcome\nV1,2026-01-01,jawohl\nV2,2026-01-02,nö\nV3,2026-01-03,booked\n';
    const draft = await drafts.add(sent('visits.csv', text));
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
    const draft = await drafts.add(sent('lines.csv', text));
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
    const draft = await drafts.add(sent('deals.csv', 'mql,won,revenue,n\nM1,2026-01-01,5.00,2\n'));
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
    const draft = await drafts.add(sent('leads.csv', `${leads}L2,2026-01-02\n`));
    await wish(draft, { only: [{ column: 0, is: '>', value: '' }] });
    expect(seenOf(draft).check).toEqual({ kind: 'open' });
    await wish(draft, { only: [{ column: 0, is: 'starts_not', value: 'L2' }] });
    await wish(draft, {});
    expect(seenOf(draft).check).toMatchObject({ lists: [{ leftOut: 1, outcome: { records: 1 } }] });
    await wish(draft, { only: [] });
    expect(seenOf(draft).lists[0]?.only).toBeUndefined();
  });

  it('read by another choice is proposed anew', async () => {
    const draft = await drafts.add(sent('leads.csv', `shop report\n${leads}`));
    await wish(draft, {}, { reading: { header: { first: 0, rows: 0 } } });
    expect(draft.files[0]?.choice).toEqual({ header: { first: 0, rows: 0 } });
    await wish(draft, {}, { reading: {} });
    expect(seenOf(draft).lists).toMatchObject([{ table: 'leads' }]);
  });

  it('of a file that is no table says why', async () => {
    const draft = await drafts.add(sent('empty.csv', ''));
    expect(draft.files[0]?.look).toMatchObject({ kind: 'refused', refusal: { code: 'empty_file' } });
    await expect(drafts.import(draft.id)).rejects.toMatchObject({ code: 'draft_not_ready' });
  });
});

describe('drafts', () => {
  it('are forgotten after a day, with their files', async () => {
    const { id } = await drafts.add(sent('leads.csv', leads));
    now = new Date(now.getTime() + 86_400_001);
    expect(() => drafts.find(id)).toThrow(expect.objectContaining({ code: 'draft_forgotten' }));
    await drafts.add(sent('other.csv', leads));
    expect(discarded).toEqual(['leads.csv']);
  });

  it('give way, the oldest first, when their files take more than twice what may be sent at once', async () => {
    studio.app.settings.set('upload_limit', '1');
    const big = `${leads}${'L2,2026-01-01\n'.repeat(60_000)}`;
    for (const name of ['a.csv', 'b.csv', 'c.csv']) await drafts.add(sent(name, big));
    expect(discarded).toEqual(['a.csv']);
    expect(drafts.all()).toHaveLength(2);
  });

  it('leave nothing behind when a file is left out or the house is closed', async () => {
    const { id, files } = await drafts.add(sent('leads.csv', leads));
    expect(await drafts.leaveOut(id, 'f0')).toBeNull();
    expect(existsSync(files[0]?.path ?? join(studio.app.data, 'leads.csv'))).toBe(false);
    await drafts.add(sent('other.csv', leads));
    await drafts.close();
    expect(discarded).toEqual(['leads.csv', 'other.csv']);
  });
});
