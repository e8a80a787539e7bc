import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from './generate.ts';
import { sampleParameters } from './parameters.ts';
import { write } from './tables.ts';
import { truthOf } from './truth.ts';

/** The seed of the committed lists. */
const SEED = 20261025;
const folder = join(import.meta.dirname, '..');

writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truthOf(sampleParameters, SEED), null, 2)}\n`);
const tables = generate(sampleParameters, SEED);
write(tables, folder);
for (const [name, { rows }] of Object.entries(tables)) console.log(`${name}: ${rows.length}`);
