/**
 * `npm run sample`: writes truth.json and the sample studio's lists into data/sample, the same bytes each time.
 * Tests draw other studios in memory: `generate(parameters, seed)` gives the lists, `write(tables, folder)` puts them
 * down as CSV, `truthOf(parameters, seed)` says what was planted, from the parameters alone. p3 and p4 concern journeys
 * that begin with a lead; a weekly cohort has done all it will do when it is older than horizon_days.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from './generate.ts';
import { SAMPLE_SEED, sampleParameters } from './parameters.ts';
import { write } from './tables.ts';
import { truthOf, truthText } from './truth.ts';

const folder = join(import.meta.dirname, '..');

// the truth is on disk before a row is drawn
writeFileSync(join(folder, 'truth.json'), truthText(truthOf(sampleParameters, SAMPLE_SEED)));
const tables = generate(sampleParameters, SAMPLE_SEED);
write(tables, folder);
for (const [name, { rows }] of Object.entries(tables)) console.log(`${name}: ${rows.length}`);
