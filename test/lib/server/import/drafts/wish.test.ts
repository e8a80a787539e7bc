import { describe, expect, it } from 'vitest';
import { deskOfDrafts, leads, seenOf } from './desk-of-drafts.ts';

const desk = deskOfDrafts();
const { sent, added, wish } = desk;

describe('a draft', () => {
  it('is read as its file says, and nothing is in the warehouse', async () => {
    const draft = await added(sent('leads.csv', leads));
    expect(seenOf(draft)).toMatchObject({
      lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1 } }],
      check: { kind: 'read', isWhole: true, lists: [{ counted: 1, wrong: 0 }] },
    });
    expect(await desk.studio.app.warehouse.query('select count(*) as n from raw.batches')).toEqual([
      { n: 0 },
    ]);
  });

  it('is gone when its import has come in, and stays when it has been stopped', async () => {
    const { id } = await added(sent('leads.csv', leads));
    const stopped = await desk.drafts.import(id, null);
    desk.jobs.stop(stopped.id);
    await desk.jobs.ended(stopped.id);
    expect(desk.drafts.find(id).job).toBeNull();
    await desk.jobs.ended((await desk.drafts.import(id, null)).id);
    expect(() => desk.drafts.find(id)).toThrow(expect.objectContaining({ code: 'draft_forgotten' }));
    expect(desk.discarded).toEqual(['leads.csv']);
  });

  it('is not imported while a required field has no column, and is once a constant fills it', async () => {
    const draft = await added(sent('a.csv', 'lead_id,phone\nL1,13800138000\n'));
    await wish(draft, { table: 'leads' });
    expect(seenOf(draft).check).toEqual({ kind: 'open' });
    await expect(desk.drafts.import(draft.id, null)).rejects.toMatchObject({ code: 'draft_not_ready' });
    await wish(draft, { constants: { created_at: '2026-01-02' } });
    await desk.jobs.ended((await desk.drafts.import(draft.id, null)).id);
    expect(
      await desk.studio.app.warehouse.query(
        'select lead_id, created_at::date::varchar as d from exports.leads',
      ),
    ).toEqual([{ lead_id: 'L1', d: '2026-01-02' }]);
  });

  it('of which no record could come in cannot be imported', async () => {
    const draft = await added(sent('leads.csv', 'lead_id,created_at\nL1,soon\n'));
    await expect(desk.drafts.import(draft.id, null)).rejects.toMatchObject({ code: 'draft_not_ready' });
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
    await desk.jobs.ended((await desk.drafts.import(draft.id, null)).id);
    expect(
      await desk.studio.app.warehouse.query(
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
    await expect(desk.drafts.import(draft.id, null)).rejects.toMatchObject({ code: 'draft_not_ready' });
  });
});
