import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '#lib/server/project.ts';
import { festivalModel } from './festivals.ts';
import { generate } from './generate.ts';
import { lifeSpanModel } from './life-span.ts';

/**
 * `node src/generate/main.ts [--check] [--queries DIR] [--words DIR] [--calendar FILE] [--playbook FILE] [--out FILE]`:
 * writes the models of the calendar's festivals and of the playbook's life span and the typed functions, or with --check only compares. Every problem is a line on stderr;
 * exit 1 when there is one.
 */
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    queries: { type: 'string', default: join(projectRoot(), 'queries') },
    words: { type: 'string', default: join(projectRoot(), 'src/lib/words') },
    calendar: { type: 'string', default: join(projectRoot(), 'data/playbooks/calendar-cn.json') },
    playbook: { type: 'string', default: join(projectRoot(), 'data/playbooks/wedding-photo.json') },
    out: { type: 'string', default: join(projectRoot(), 'src/lib/server/reports.gen.ts') },
  },
});

/** Writes a text that has changed; with --check says so instead. */
function settle(file: string, text: string, source: string): string[] {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text === before) return [];
  if (values.check) return [`${file} is not what ${source}: run npm run generate.`];
  writeFileSync(file, text);
  return [];
}

const models = [
  { name: 'movable_festivals', from: values.calendar, made: festivalModel },
  { name: 'life_span', from: values.playbook, made: lifeSpanModel },
];
const stale = models.flatMap(({ name, from, made }) =>
  settle(join(values.queries, 'models', `${name}.sql`), made(readFileSync(from, 'utf8')), `${from} says`),
);
const { text, problems } = await generate(values);
for (const problem of [...stale, ...problems, ...settle(values.out, text, 'the queries say')]) {
  console.error(problem);
  process.exitCode = 1;
}
