import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { stagingFolder } from '#lib/server/import/staging.ts';
import { importAndKill } from './killed.ts';
import { runs } from './runs.ts';

const ROWS = 20_000;
const SHIFT = 3_000;
const { numRuns: KILLS = 0 } = runs<[]>(3, 100);

/** A small congruential generator (Numerical Recipes' constants), from 0 up to 1. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** The leads and orders of a round: most keys of the round before come again with other contents. */
function writeRound(folder: string, round: number): string[] {
  const leads = ['lead_id,created_at,channel'];
  const orders = ['order_id,ordered_at,lead_id,amount'];
  for (let row = round * SHIFT; row < round * SHIFT + ROWS; row += 1) {
    const day = `2026-0${1 + (row % 9)}-1${row % 10}`;
    leads.push(row % 1000 === 999 ? `L${row},soon,broken` : `L${row},${day} 10:00:00,round ${round}`);
    if (row % 5 === 0) orders.push(`O${row},${day} 12:00:00,L${row},${row % 997}.50`);
  }
  return [
    ['leads', leads],
    ['orders', orders],
  ].map(([name, lines]) => {
    const path = join(folder, `${String(name)}-${round}.csv`);
    writeFileSync(path, (lines as string[]).join('\n'));
    return path;
  });
}

/** The leads that count after rounds, by the round that wrote them last. */
function standing(rounds: readonly number[]): Record<string, number> {
  const last = new Map<number, number>();
  for (const round of rounds)
    for (let row = round * SHIFT; row < round * SHIFT + ROWS; row += 1)
      if (row % 1000 !== 999) last.set(row, round);
  const found: Record<string, number> = {};
  for (const round of last.values()) found[`round ${round}`] = (found[`round ${round}`] ?? 0) + 1;
  return found;
}

/** What the store says by itself: rounds in the ledger, and whatever in it does not fit together. */
async function examine(data: string) {
  const app = await openApp({ data, clock: () => new Date('2026-11-20T02:00:00Z') });
  try {
    return await findings(app);
  } finally {
    await app.close();
  }
}

type Batch = { file: string; read: number; rejected: number; stored: number; noted: number; kept: number };

async function findings({ warehouse, data }: App) {
  const batches = await warehouse.query<Batch>(`
    with stored as (
      select batch_id, count(*) as n from raw.leads group by all
      union all select batch_id, count(*) from raw.orders group by all
    ),
    noted as (select batch_id, count(distinct line) as n from raw.rejects group by all),
    kept as (select batch_id, count(*) as n from raw.quarantine group by all)
    select parse_filename(b.file, true) as file, b.read, b.rejected, coalesce(s.n, 0) as stored,
      coalesce(n.n, 0) as noted, coalesce(k.n, 0) as kept
    from raw.batches b full join stored s using (batch_id) full join noted n using (batch_id)
      full join kept k using (batch_id)
    order by batch_id`);
  const channels = await warehouse.query<{ channel: string; n: number }>(
    'select channel, count(*) as n from exports.leads group by all',
  );
  const journeys = await warehouse.query("select count(*) as n from journeys where kind = 'lead'");
  return {
    lists: batches.map(({ file }) => file),
    wrong: batches.filter(
      ({ read, rejected, stored, noted, kept }) => read !== stored || rejected !== noted || rejected !== kept,
    ),
    channels: Object.fromEntries(channels.map(({ channel, n }) => [channel, n])),
    journeys,
    left: existsSync(stagingFolder(data)) ? readdirSync(stagingFolder(data)) : [],
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

test('whenever an import is killed, its batches are all there or not at all, and the next one works', async () => {
  const data = mkdtempSync(join(tmpdir(), 'seven-steps-kills-'));
  try {
    const whole = await importAndKill(join(data, 'measured'), writeRound(data, 0));
    expect(whole.code).toBe(0);
    const draw = drawing(20_261_120);
    const stood: number[] = [];
    let killed = 0;
    for (let round = 0; killed < KILLS; round += 1) {
      const files = writeRound(data, round);
      const { code } = await importAndKill(join(data, 'store'), files, 1.1 * draw() * whole.milliseconds);
      if (code !== 0) killed += 1;
      const found = await examine(join(data, 'store'));
      const isThere = found.lists.includes(`leads-${round}`);
      if (code === 0) expect(isThere).toBe(true);
      if (isThere) stood.push(round);
      expect(found).toMatchObject({
        lists: stood.flatMap((one) => [`leads-${one}`, `orders-${one}`]),
        wrong: [],
        channels: standing(stood),
        journeys: [{ n: sum(Object.values(standing(stood))) }],
        left: [],
      });
    }
    const last = killed + 1000;
    expect(await importAndKill(join(data, 'store'), writeRound(data, last))).toMatchObject({ code: 0 });
    expect((await examine(join(data, 'store'))).channels).toEqual(standing([...stood, last]));
    console.log(`${KILLS} imports killed, ${stood.length} of all had come in`);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
