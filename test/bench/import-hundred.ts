import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFiles } from '#lib/server/import/import-files.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import { withInstallation } from '../property/installation.ts';
import { writeLeads } from './leads-file.ts';
import { median } from './quantile.ts';
import { seconds, type Measurement } from './table.ts';

const stock = 300_000;
const rows = 100;
const rounds = 5;
const target = 0.5;

/**
 * A hundred leads, half of them new, into a warehouse of 300,000 leads and an order for each fifth of them, against building
 * all models of that warehouse anew; they take turns, so that a busy moment hits both.
 */
export function importHundred(folder: string): Promise<Measurement[]> {
  return withInstallation('2026-01-01', async (app) => {
    const bring = (name: string, path: string) => importFiles(app, [{ name, path }]);
    const leads = join(folder, 'leads.csv');
    await writeLeads(leads, stock);
    await bring('leads.csv', leads);
    await bring('orders.csv', writeOrders(join(folder, 'orders.csv')));
    const imports: number[] = [];
    const rebuilds: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const few = writeFew(join(folder, 'few.csv'), round);
      imports.push(await timed(() => bring('leads.csv', few)));
      rebuilds.push(await timed(() => app.warehouse.write((transaction) => rebuildModels(transaction))));
    }
    const share = median(imports) / median(rebuilds);
    return [
      {
        what: `import of ${rows} leads into a warehouse of ${stock.toLocaleString('en')} leads and ${(stock / 5).toLocaleString('en')} orders, as a whole, against building all models anew (${seconds(median(rebuilds))})`,
        measured: `${seconds(median(imports))}, ${share.toFixed(2)} ×`,
        target: `≤ ${target} ×`,
        met: share <= target,
      },
    ];
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const leadId = (no: number) => `L${String(no).padStart(8, '0')}`;
const day = (no: number) => new Date(Date.UTC(2023, 0, 1 + (no % 1095))).toISOString().slice(0, 10);

function writeOrders(file: string): string {
  const lines = Array.from({ length: stock / 5 }, (_, at) => {
    const no = 5 * at;
    return `O${no},${day(no)},${leadId(no)},${1000 + (no % 900)}`;
  });
  writeFileSync(file, `${['order_id,ordered_at,lead_id,amount', ...lines].join('\n')}\n`);
  return file;
}

/** Leads of which every other one is known already and was given to somebody else. */
function writeFew(file: string, round: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const no = at % 2 === 0 ? stock + rows * round + at : 997 * (rows * round + at);
    return `${leadId(no)},${day(no)},Store ${1 + (no % 5)},S${round}`;
  });
  writeFileSync(file, `${['lead_id,created_at,store,staff_id', ...lines].join('\n')}\n`);
  return file;
}
