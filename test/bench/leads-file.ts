import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** The columns of the file, all of them known to the import. */
export const leadColumns = [
  'lead_id',
  'created_at',
  'channel',
  'campaign_id',
  'store',
  'staff_id',
  'customer_id',
  'customer_name',
  'phone',
  'district',
  'age_group',
  'budget',
] as const;

const channels = ['wechat', 'douyin', 'xiaohongshu', 'referral', 'walk-in', 'fair', 'search'];
const districts = ['Gulou', 'Jianye', 'Qinhuai', 'Xuanwu', 'Yuhuatai', 'Pukou'];
const ages = ['18-24', '25-29', '30-34', '35+'];
const chunk = 10_000;

/** A small congruential generator (Numerical Recipes' constants): the file is the same on each machine. */
function drawing(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Writes a CSV of invented leads over three years, one header and `rows` records. */
export async function writeLeads(file: string, rows: number): Promise<void> {
  const below = drawing(7);
  const pick = (values: string[]) => values[below(values.length)] ?? '';
  const firstDay = Date.UTC(2023, 0, 1);
  const out = createWriteStream(file);
  out.write(`${leadColumns.join(',')}\n`);
  for (let from = 0; from < rows; from += chunk) {
    let text = '';
    for (let row = from; row < Math.min(from + chunk, rows); row += 1) {
      const at = new Date(firstDay + below(3 * 365 * 86_400) * 1000)
        .toISOString()
        .slice(0, 19)
        .replace('T', ' ');
      text +=
        `L${String(row).padStart(8, '0')},${at},${pick(channels)},K${below(60)},Store ${1 + below(5)},` +
        `S${String(below(40)).padStart(3, '0')},C${String(below(rows)).padStart(8, '0')},Customer ${below(50_000)},` +
        `138${String(below(100_000_000)).padStart(8, '0')},${pick(districts)},${pick(ages)},${3000 + 500 * below(20)}\n`;
    }
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
