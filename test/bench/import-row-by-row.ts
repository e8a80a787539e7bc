import { join } from 'node:path';
import { writeLeads } from './leads-file.ts';
import { node } from './process.ts';
import { median } from './quantile.ts';
import { seconds, type Measurement } from './table.ts';

const rows = 500_000;
const pairs = 3;

/** Why the import does not take records one by one: that against DuckDB's own typed read of the same file. */
export async function importRowByRow(folder: string): Promise<Measurement[]> {
  const file = join(folder, 'leads.csv');
  await writeLeads(file, rows);
  const timed = async (script: string, store: string) =>
    (await node([`test/bench/${script}`, file, join(folder, store)])).duration;
  const [each, whole]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    each.push(await timed('row-by-row.ts', `each-${pair}.duckdb`));
    whole.push(await timed('read-csv.ts', `whole-${pair}.duckdb`));
  }
  return [
    {
      what: `for comparison: ${rows.toLocaleString('en')} leads row by row through PapaParse and zod, against DuckDB’s typed \`read_csv\` (${seconds(median(whole))})`,
      measured: `${seconds(median(each))}, ${(median(each) / median(whole)).toFixed(1)} ×`,
      target: '–',
      met: true,
    },
  ];
}
