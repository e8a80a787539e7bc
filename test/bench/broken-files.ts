import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { openStudio, signedIn } from '../browser/studio.ts';
import type { Studio } from '../browser/studio.ts';
import { contentOf, damaged, dialects, faults, recordsOf } from '../property/dialects.ts';
import { quantile } from './quantile.ts';
import { milliseconds, type Measurement } from './table.ts';
import { watch } from './watched.ts';

const seed = 20251122;
const longest = 100;

/** A file that no reader can make sense of, or only at a price. */
type Broken = { name: string; content: Buffer };

/** How long other requests wait while broken files are sent, looked at and imported, one after the other. */
export async function brokenFiles(folder: string): Promise<Measurement[]> {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const studio = await openStudio(empty);
  try {
    const files = [...monsters(), ...damagedLists(20)];
    const waits = await watch(
      [`${studio.address}/healthz`, `${studio.address}/account`],
      signedIn.get(studio.address) ?? '',
      async () => {
        for (const file of files) {
          await send(studio, file);
          await bring(studio, folder, file);
        }
      },
    );
    const last = Math.max(...waits);
    return [
      {
        what: `other requests while ${files.length} broken files are sent, looked at and imported (${waits.length} requests)`,
        measured: `longest ${milliseconds(last)}, p99 ${milliseconds(quantile(waits, 0.99))}`,
        target: `longest ≤ ${longest} ms`,
        met: last <= longest,
      },
    ];
  } finally {
    await studio.end();
  }
}

/** Large files, each hard on a reader in a way of its own. */
function monsters(): Broken[] {
  const noise = Buffer.alloc(30_000_000);
  for (let at = 0, state = seed; at < noise.length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    noise.writeInt32LE(state, at);
  }
  return [
    { name: 'noise.csv', content: noise },
    {
      name: 'open-quote.csv',
      content: Buffer.from(`lead_id,created_at\n"${'x,\n'.repeat(10_000_000)}`),
    },
    { name: 'one-line.csv', content: Buffer.alloc(30_000_000, 'x') },
    { name: 'columns.csv', content: Buffer.from(`${','.repeat(50_000)}\n`.repeat(200)) },
    { name: 'nested.json', content: Buffer.from('['.repeat(5_000_000)) },
    {
      name: 'broken.zip',
      content: Buffer.concat([Buffer.from('PK\u0003\u0004'), noise.subarray(0, 5_000_000)]),
    },
    { name: 'zeros.csv.gz', content: gzipSync(Buffer.alloc(500_000_000)) },
  ];
}

/** Lists as programs of shops write them, damaged on their way. */
const damagedLists = (count: number): Broken[] =>
  fc.sample(fc.tuple(dialects, faults), { seed, numRuns: count }).map(([list, wrong], at) => ({
    name: `damaged-${at}.csv`,
    content: damaged(contentOf(list, recordsOf(list)), wrong),
  }));

/** Sends a file as page Data does and follows to the page that shows how it is read, whatever that says. */
async function send(studio: Studio, { name, content }: Broken): Promise<void> {
  const body = new FormData();
  body.append('files', new Blob([Uint8Array.from(content)]), name);
  const answer = await studio.fetch('/data?/draft', {
    method: 'POST',
    body,
    headers: { origin: studio.address, accept: 'text/html' },
  });
  await answer.arrayBuffer();
  if (answer.status >= 500) throw new Error(`${name} was answered with ${answer.status}`);
}

/** Imports a file by the command line, which hands it to the server; most are refused. */
async function bring(studio: Studio, folder: string, { name, content }: Broken): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, content);
  await studio.command('import', path, '--table', 'leads', '--json').catch(() => undefined);
}
