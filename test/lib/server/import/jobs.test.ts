import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importJobs } from '#lib/server/import/jobs.ts';
import type { Jobs, Parcel } from '#lib/server/import/jobs.ts';
import type { Plan } from '#lib/exports/plan.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
let jobs: Jobs;
let endings: boolean[];
beforeEach(async () => {
  studio = await studioFolder();
  jobs = importJobs(studio.app);
  endings = [];
});
afterEach(() => studio.close());

function sent(files: Record<string, string>, plans: Record<string, Plan> = {}): Parcel {
  return {
    files: Object.entries(files).map(([name, content]) => ({
      ...studio.file(name, content),
      size: Buffer.byteLength(content),
      plan: plans[name],
    })),
    aside: [],
    draft: 'draft',
    by: '王静',
    ended: async (isIn) => {
      endings.push(isIn);
    },
  };
}
const leads = 'lead_id,created_at\nL1,2026-01-01\n';
const counted = () => studio.app.warehouse.query('select count(*) as n from raw.batches');

describe('an import over the page', () => {
  it('is remembered with what became of its files, and its draft hears that all is in', async () => {
    const { id } = jobs.start(sent({ 'leads.csv': leads }));
    await jobs.ended(id);
    expect(jobs.find(id)).toMatchObject({
      files: [{ name: 'leads.csv', size: 33 }],
      state: { kind: 'done', imported: { summaries: [{ table: 'leads', loaded: 1 }] } },
    });
    expect(endings).toEqual([true]);
  });

  it('stands in the history under the name of whoever imports', async () => {
    const { id } = jobs.start(sent({ 'leads.csv': leads }));
    await jobs.ended(id);
    const history = await studio.app.warehouse.query('select source, imported_by from raw.batches');
    expect(history).toEqual([{ source: 'page', imported_by: '王静' }]);
  });

  it('reads each file by its plan', async () => {
    const plan = { lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1 } }] };
    const files = { 'a.csv': 'number,day\nL1,2026-01-01\n', 'b.csv': leads };
    const { id } = jobs.start(sent(files, { 'a.csv': plan }));
    await jobs.ended(id);
    expect(jobs.find(id).state).toMatchObject({ kind: 'done' });
    expect(await studio.app.warehouse.query('select distinct lead_id from exports.leads')).toEqual([
      { lead_id: 'L1' },
    ]);
  });

  it('that is refused says why and leaves nothing', async () => {
    const { id } = jobs.start(sent({ 'good.csv': leads, 'bad.csv': 'colour\nred\n' }));
    await jobs.ended(id);
    expect(jobs.find(id).state).toMatchObject({ kind: 'refused', refusal: { code: 'no_known_column' } });
    expect(await counted()).toEqual([{ n: 0 }]);
    expect(endings).toEqual([false]);
  });

  it('that waits for its turn is stopped before it begins, and the one before it goes on', async () => {
    const first = jobs.start(sent({ 'a.csv': leads }));
    const second = jobs.start(sent({ 'b.csv': 'lead_id,created_at\nL2,2026-01-01\n' }));
    jobs.stop(second.id);
    expect(jobs.find(second.id).state.kind).toBe('stopping');
    await Promise.all([jobs.ended(first.id), jobs.ended(second.id)]);
    expect(jobs.find(first.id).state.kind).toBe('done');
    expect(jobs.find(second.id).state.kind).toBe('stopped');
    expect(await studio.app.warehouse.query('select lead_id from exports.leads')).toEqual([
      { lead_id: 'L1' },
    ]);
    expect(endings.toSorted()).toEqual([false, true]);
  });

  it('that has ended cannot be stopped any more', async () => {
    const { id } = jobs.start(sent({ 'leads.csv': leads }));
    await jobs.ended(id);
    jobs.stop(id);
    expect(jobs.find(id).state.kind).toBe('done');
  });

  it('stops when the house is closed', async () => {
    const first = jobs.start(sent({ 'a.csv': leads }));
    const second = jobs.start(sent({ 'b.csv': leads }));
    await jobs.close();
    expect([jobs.find(first.id).state.kind, jobs.find(second.id).state.kind]).toEqual(['stopped', 'stopped']);
    expect(await counted()).toEqual([{ n: 0 }]);
  });

  it('of another process is forgotten', () => {
    expect(() => jobs.find('nowhere')).toThrow(expect.objectContaining({ code: 'import_forgotten' }));
  });
});
