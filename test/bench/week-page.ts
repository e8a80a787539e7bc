import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSample } from './sample.ts';
import { median, quantile } from './quantile.ts';
import { milliseconds, type Measurement } from './table.ts';

const changes = 30;
const repeats = 300;

/** Milliseconds until the last byte of a page has come, uncompressed, from this machine's own server. */
async function timePage(address: string): Promise<number> {
  const begun = performance.now();
  const response = await fetch(address, { headers: { 'accept-encoding': 'identity' } });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${address} answered ${response.status}`);
  return performance.now() - begun;
}

function measurement(what: string, durations: number[], target: number): Measurement {
  const [middle, late] = [median(durations), quantile(durations, 0.95)];
  return {
    what,
    measured: `${milliseconds(middle)}, p95 ${milliseconds(late)}`,
    target: `≤ ${target} ms`,
    met: middle <= target,
  };
}

/** The Week page of the sample at the server: first after a lead was imported, each time anew, then unchanged. */
export function weekPage(folder: string): Promise<Measurement[]> {
  return withSample(async ({ address, command }) => {
    await timePage(address);
    const [changed, other]: [number[], number[]] = [[], []];
    for (let change = 0; change < changes; change += 1) {
      const file = join(folder, `lead-${change}.csv`);
      const day = `2024-01-0${1 + (change % 9)}`;
      writeFileSync(file, `lead_id,created_at,channel\nbench-${change},${day} 10:00:00,fair\n`);
      await command('import', file, '--sample', '--json');
      changed.push(await timePage(address));
      other.push(await timePage(`${address}/?week=2026-0${1 + (change % 9)}-12&compare=mean_of_four`));
    }
    const unchanged: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) unchanged.push(await timePage(address));
    return [
      measurement(
        `Week page of the sample at the server after a data change (${changes} changes)`,
        changed,
        100,
      ),
      measurement('another week, first asked after a data change', other, 100),
      measurement(`the same page unchanged (${repeats} requests)`, unchanged, 10),
    ];
  });
}
