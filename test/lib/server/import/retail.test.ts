import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { referenceData } from '../../../run/reference-data.ts';
import { sevensteps } from '../../../cli/command-line.ts';

const { folder, present } = referenceData(join(import.meta.dirname, '..', '..', '..', '..'));
const lines = join(folder, 'real', 'retail', 'online_retail_lines.csv.gz');

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
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  },
  180_000,
);
