import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sevensteps } from './process.ts';
import { median, quantile } from './quantile.ts';
import { serveSample } from './server.ts';
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
export async function weekPage(folder: string): Promise<Measurement[]> {
  const server = await serveSample(join(folder, 'data'));
  try {
    const changed: number[] = [];
    for (let change = 0; change < changes; change += 1) {
      const file = join(folder, `lead-${change}.csv`);
      writeFileSync(
        file,
        `lead_id,created_at,channel\nbench-${change},2024-01-0${1 + (change % 9)} 10:00:00,fair\n`,
      );
      await sevensteps(['import', file, '--sample', '--json'], server.env);
      changed.push(await timePage(server.address));
    }
    const unchanged: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) unchanged.push(await timePage(server.address));
    return [
      measurement(
        `Week page of the sample at the server after a data change (${changes} changes)`,
        changed,
        100,
      ),
      measurement(`the same page unchanged (${repeats} requests)`, unchanged, 10),
    ];
  } finally {
    await server.stop();
  }
}
