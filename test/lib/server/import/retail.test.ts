import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { referenceData } from '../../../run/reference-data.ts';
import { sevensteps } from '../../../cli/command-line.ts';

const { folder, present } = referenceData(join(import.meta.dirname, '..', '..', '..', '..'));
const lines = join(folder, 'real', 'retail', 'online_retail_lines.csv.gz');

type Cell = { starts_on: string; period_no: number; cohort_people: number; people: number };

/** The published cohorts: December 2010 and January 2011 by month, and who has more than one invoice. */
async function comesBack(data: string): Promise<void> {
  const cells = async (...asked: string[]) =>
    (
      JSON.parse((await sevensteps(data, ['report', 'retention', ...asked, '--json'])).out) as {
        rows: Cell[];
      }
    ).rows;
  const monthly = await cells('--periods', '3');
  const row = (month: string) =>
    monthly.filter(({ starts_on }) => starts_on === month).map(({ people }) => people);
  expect(row('2010-12-01')).toEqual([885, 324, 286, 340]);
  expect(row('2011-01-01')).toEqual([417, 92, 111, 96]);
  const ever = await cells('--period', 'year', '--brackets', '[0,36500]');
  const all = (column: number) =>
    ever.filter(({ period_no }) => period_no === column).reduce((sum, { people }) => sum + people, 0);
  expect([all(0), all(1)]).toEqual([4338, 2845]);
}

it.runIf(present)(
  'half a million packed lines come in as orders by the command line alone, to the penny',
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'seven-steps-retail-'));
    try {
      const map =
        'order_id=InvoiceNo,ordered_at=InvoiceDate,customer_id=CustomerID,amount=Quantity*UnitPrice';
      const rules = ['Quantity>0', 'UnitPrice>0', 'CustomerID'].flatMap((rule) => ['--only', rule]);
      const sum = ['--sum', 'amount', '--key', 'order_id'];
      const given = ['import', lines, '--table', 'orders', '--map', map, ...sum, ...rules, '--json'];
      const imported = await sevensteps(data, given);
      expect(JSON.parse(imported.out)).toMatchObject([
        { table: 'orders', read: 541_909, loaded: 18_532, superseded: 397_884 - 18_532, rejected: 144_025 },
      ]);
      expect(imported.messages).toContain('144025 records were left out by the rules given');
      const period = ['--from', '2010-12-01', '--to', '2011-12-31', '--view', 'cohort'];
      const { out } = await sevensteps(data, ['report', 'funnel', ...period, '--json']);
      const { rows } = JSON.parse(out) as { rows: { step_no: number; people: number; amount: string }[] };
      expect(rows.find((row) => row.step_no === 4)).toMatchObject({ people: 4338, amount: '8911407.90' });
      expect(rows.find((row) => row.step_no === 5)).toMatchObject({ people: 2845 });
      await comesBack(data);
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  },
  180_000,
);
