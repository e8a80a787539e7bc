import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '#lib/server/project.ts';
import { generate } from './generate.ts';

/**
 * `node src/generate/main.ts [--check] [--queries DIR] [--words DIR] [--out FILE]`: writes the typed functions, or with
 * --check only compares. Every problem is a line on stderr; exit 1 when there is one.
 */
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    queries: { type: 'string', default: join(projectRoot(), 'queries') },
    words: { type: 'string', default: join(projectRoot(), 'src/lib/words') },
    out: { type: 'string', default: join(projectRoot(), 'src/lib/server/reports.gen.ts') },
  },
});

const { text, problems } = await generate(values);
const before = existsSync(values.out) ? readFileSync(values.out, 'utf8') : '';
if (values.check && text !== before)
  problems.push(`${values.out} is not what the queries say: run npm run generate.`);
if (!values.check && text !== before) writeFileSync(values.out, text);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
