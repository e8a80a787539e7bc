import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { sevensteps } from './process.ts';

export const clients = 300_000;
export const orders = 1_000_000;

const chunk = 10_000;
const day = 86_400_000;
const firstDay = Date.UTC(2020, 0, 1);
const days = 6 * 365;

/** A small congruential generator (Numerical Recipes' constants): the file is the same on each machine. */
function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Writes a CSV of the orders of six years: every client's first one, then further ones, of which few clients have many, the
 * most within a year or two.
 */
export async function writeOrders(file: string): Promise<void> {
  const drawn = drawing(11);
  const began = Float64Array.from({ length: clients }, () => drawn() * days);
  const out = createWriteStream(file);
  out.write('order_id,ordered_at,amount,customer_id,store,staff_id\n');
  for (let from = 0; from < orders; from += chunk) {
    let text = '';
    for (let order = from; order < Math.min(from + chunk, orders); order += 1) {
      const client = order < clients ? order : Math.floor(drawn() ** 2 * clients);
      const start = began[client] ?? 0;
      const age = order < clients ? 0 : drawn() ** 3 * (days - start);
      const at = new Date(firstDay + (start + age) * day).toISOString().slice(0, 19).replace('T', ' ');
      text +=
        `O${String(order).padStart(8, '0')},${at},${500 + Math.floor(drawn() * 900_000) / 100},` +
        `C${String(client).padStart(7, '0')},Store ${1 + (client % 5)},S${Math.floor(drawn() * 40)}\n`;
    }
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** Imports a million orders of 300,000 clients by the command line. Gives the warehouse's file. */
export async function clientsHouse(folder: string): Promise<string> {
  const file = join(folder, 'orders.csv');
  await writeOrders(file);
  const data = join(folder, 'data');
  const { stdout } = await sevensteps(['import', file, '--json'], { SEVENSTEPS_DATA: data });
  const [summary] = JSON.parse(stdout) as { loaded: number; rejected: number }[];
  if (summary?.loaded !== orders || summary.rejected !== 0) throw new Error(`not all was loaded: ${stdout}`);
  return join(data, 'warehouse.duckdb');
}
