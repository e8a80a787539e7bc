import { clients, clientsHouse, orders } from './clients-house.ts';
import { node } from './process.ts';
import { median } from './quantile.ts';
import type { Measurement } from './table.ts';

const times = 9;
const target = 300;

/**
 * Who of 300,000 clients with a million orders comes back, by month of the first order, each time asked first in a fresh
 * process. Throws when not all clients are counted.
 */
export async function retentionMillion(folder: string): Promise<Measurement[]> {
  const file = await clientsHouse(folder);
  const asked: { clock: number; processor: number; people: number }[] = [];
  for (let time = 0; time < times; time += 1)
    asked.push(
      JSON.parse((await node(['test/bench/retention-ask.ts', file])).stdout) as (typeof asked)[number],
    );
  if (asked.some(({ people }) => people !== clients))
    throw new Error(`counted differently: ${JSON.stringify(asked)}`);
  const clock = median(asked.map((one) => one.clock));
  const processor = median(asked.map((one) => one.processor));
  return [
    {
      what: `who comes back, by month of the first order, of ${clients.toLocaleString('en')} clients with ${orders.toLocaleString('en')} orders, asked first in a fresh process; processor time`,
      measured: `${Math.round(clock)} ms; ${Math.round(processor)} ms`,
      target: `≤ ${target} ms`,
      met: clock <= target,
    },
  ];
}
