import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListPlan } from '#lib/exports/plan.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { codeOf } from './bring.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const rows = (sql: string) => studio.app.warehouse.query(sql);

describe('a plan', () => {
  const content = 'number,day,shop,who,note\nL1,2026-01-01,North,Ann,tall\n';
  const planned = (list: ListPlan) =>
    importFiles(studio.app, [{ ...studio.file('list.csv', content), plan: { lists: [list] } }]);

  it('feeds the named fields by the place of their columns and keeps the others as extra', async () => {
    await planned({ table: 'leads', columns: { lead_id: 0, created_at: 1, store: 2 } });
    expect(await rows('select lead_id, created_at, store, staff_id, extra from exports.leads')).toEqual([
      {
        lead_id: 'L1',
        created_at: '2026-01-01T00:00:00',
        store: 'North',
        staff_id: null,
        extra: '{"note":"tall","who":"Ann"}',
      },
    ]);
  });

  it('takes nothing by its header that the person left out', async () => {
    const source = studio.file('store.csv', 'lead_id,created_at,store\nL1,2026-01-01,North\n');
    await importFiles(studio.app, [
      { ...source, plan: { lists: [{ table: 'leads', columns: { lead_id: 0, created_at: 1 } }] } },
    ]);
    expect(await rows('select store, extra from exports.leads')).toEqual([
      { store: null, extra: '{"store":"North"}' },
    ]);
  });

  it.each([
    ['of an unknown list', { table: 'dreams', columns: {} }, 'unknown_table'],
    [
      'with a field that the list has not',
      { table: 'leads', columns: { amount: 0 } },
      'unknown_field_in_map',
    ],
    [
      'with a column that the file has not',
      { table: 'leads', columns: { lead_id: 5 } },
      'unknown_column_in_map',
    ],
    ['without a required field', { table: 'leads', columns: { lead_id: 0 } }, 'missing_required_column'],
  ])('%s is refused', async (_, plan, code) => {
    expect(await codeOf(planned(plan))).toBe(code);
    expect(await rows('select count(*) as n from raw.batches')).toEqual([{ n: 0 }]);
  });
});
