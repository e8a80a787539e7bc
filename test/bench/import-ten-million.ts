import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStudio } from '../browser/studio.ts';
import type { Studio } from '../browser/studio.ts';
import { writeLeads } from './leads-file.ts';
import { node } from './process.ts';
import { quantile } from './quantile.ts';
import { milliseconds, seconds, type Measurement } from './table.ts';

const rows = 10_000_000;
const memory = 3;
const slowest = 300;
const factor = 2.5;
const between = 200;

/** What a server did while ten million leads came in, and when it was first opened afterwards. */
type Watched = { duration: number; pages: number[]; refused: number; first: Opened; peak: number };

/** How long a page took, in milliseconds, and whether it was answered. */
type Opened = { duration: number; isAnswered: boolean; text: string };

/**
 * Ten million leads imported by a running server that may take 3 GB, while its Week page is opened again and again; and
 * DuckDB's own typed read of the same file.
 */
export async function importTenMillion(folder: string): Promise<Measurement[]> {
  const file = join(folder, 'leads.csv');
  await writeLeads(file, rows);
  const { duration: read } = await node([
    'test/bench/read-csv.ts',
    file,
    join(folder, 'read.duckdb'),
    `${memory}GB`,
  ]);
  const { duration, pages, refused, first, peak } = await importWatched(folder, file);
  const count = rows.toLocaleString('en');
  const page = quantile(pages, 0.95);
  return [
    {
      what: `import of ${count} leads by a running server, against DuckDB’s typed \`read_csv\` (${seconds(read)})`,
      measured: `${seconds(duration)}, ${(duration / read).toFixed(2)} ×`,
      target: `≤ ${factor} ×`,
      met: duration / read <= factor,
    },
    {
      what: `the Week page meanwhile (${pages.length} requests)`,
      measured: `p95 ${milliseconds(page)}, ${refused} without an answer`,
      target: `p95 ≤ ${slowest} ms`,
      met: page <= slowest && refused === 0,
    },
    {
      what: `the Week page of all ${count} leads, opened first after it`,
      measured: first.isAnswered ? milliseconds(first.duration) : 'no answer',
      target: `≤ ${slowest} ms`,
      met: first.isAnswered && first.duration <= slowest,
    },
    {
      what: 'memory of the server and its reader together at the most (SEVENSTEPS_MEMORY=3GB)',
      measured: `${(peak / 1e9).toFixed(2)} GB`,
      target: `≤ ${memory} GB`,
      met: peak <= memory * 1e9,
    },
  ];
}

async function importWatched(folder: string, file: string): Promise<Watched> {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const studio = await openStudio(empty, { SEVENSTEPS_MEMORY: `${memory}GB` });
  try {
    const few = join(folder, 'few.csv');
    await writeLeads(few, 1000);
    await studio.command('import', few, '--json');
    let isOver = false;
    const begun = performance.now();
    const imported = studio.command('import', file, '--json').finally(() => (isOver = true));
    const pages: number[] = [];
    let refused = 0;
    let peak = 0;
    while (!isOver) {
      const { duration, isAnswered } = await openWeek(studio);
      pages.push(duration);
      if (!isAnswered) refused += 1;
      peak = Math.max(peak, residentOf(studio.pid));
      await pause(between);
    }
    const took = performance.now() - begun;
    const first = await openWeek(studio);
    peak = Math.max(peak, residentOf(studio.pid));
    const [summary] = JSON.parse(await imported) as { read: number }[];
    if (summary?.read !== rows) throw new Error('not all was imported');
    return { duration: took, pages, refused, first, peak };
  } finally {
    await studio.end();
  }
}

async function openWeek(studio: Studio): Promise<Opened> {
  const asked = performance.now();
  const response = await studio.fetch('/');
  const text = await response.text();
  return { duration: performance.now() - asked, isAnswered: response.status === 200, text };
}

/** Bytes that a process and those it has started hold in memory now; shared pages count once for each. */
function residentOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const own = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return children === ''
      ? own
      : children.split(' ').reduce((sum, child) => sum + residentOf(Number(child)), own);
  } catch {
    return 0;
  }
}
