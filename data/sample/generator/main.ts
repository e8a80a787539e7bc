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
