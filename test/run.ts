/**
 * `npm test`: everything that is checked, one stage after the other; `npm test -- lint types` runs those only;
 * `npm run soak` the long series. The last line alone is the sum: `N passed, N failed`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import '../src/compile-cache.ts';
import { referenceData } from './run/reference-data.ts';
import { allStages, soakStages } from './run/stages.ts';
import { add, closingLines, nothing } from './run/tally.ts';

const { values, positionals } = parseArgs({
  options: { soak: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const known = values.soak ? soakStages : allStages;
const unknown = positionals.filter((name) => !known.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `No stage is called ${unknown.join(', ')}. There are: ${known.map((s) => s.name).join(', ')}.`,
  );
  process.exit(2);
}

const reference = referenceData(join(import.meta.dirname, '..'));
process.env.UV_THREADPOOL_SIZE ??= '16';
if (reference.present) process.env.REFERENCE_DATA ??= reference.folder;

let sum = nothing;
for (const stage of known.filter((s) => positionals.length === 0 || positionals.includes(s.name))) {
  const begun = performance.now();
  console.log(`\n── ${stage.name}`);
  const tally = await stage.run();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`── ${stage.name}: ${tally.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  sum = add(sum, tally);
}
const lines = closingLines(sum, reference.present);
console.log(`\n${lines.join('\n')}`);
process.exitCode = lines.at(-1)?.endsWith(' 0 failed') ? 0 : 1;
