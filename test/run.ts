/**
 * `npm test`: everything that is checked, one stage after the other; `npm test -- lint types` runs those only;
 * `npm run soak` the long series. The last line alone is the sum: `N passed, N failed`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import '../src/compile-cache.ts';
import { inLanes } from './run/lanes.ts';
import { referenceData } from './run/reference-data.ts';
import { allStages, soakStages } from './run/stages.ts';
import type { Stage } from './run/stages.ts';
import { add, closingLines, nothing } from './run/tally.ts';
import type { Tally } from './run/tally.ts';

const { values, positionals } = parseArgs({
  options: { soak: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const known = values.soak ? soakStages : allStages;
const names = known.flat().map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No stage is called ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(2);
}

const reference = referenceData(join(import.meta.dirname, '..'));
process.env.UV_THREADPOOL_SIZE ??= '16';
if (reference.present) process.env.REFERENCE_DATA ??= reference.folder;

/** How many stages run beside each other: as many as the smallest machine has cores. */
const LANES = 2;

let sum: Tally = nothing;
for (const beside of known) {
  const asked = beside.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const tallies = await inLanes(asked, LANES, (stage) => shown(stage, asked.length === 1));
  sum = tallies.reduce(add, sum);
}

/** Runs a stage and shows what it has to say under its name: at once when it is alone. */
async function shown({ name, run }: Stage, alone: boolean): Promise<Tally> {
  const begun = performance.now();
  const said: string[] = alone ? [] : [`\n── ${name}`];
  if (alone) console.log(`\n── ${name}`);
  const tally = await run((text) => said.push(text));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log([...said, `── ${name}: ${tally.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)`].join('\n'));
  return tally;
}

const lines = closingLines(sum, reference.present);
console.log(`\n${lines.join('\n')}`);
process.exitCode = lines.at(-1)?.endsWith(' 0 failed') ? 0 : 1;
