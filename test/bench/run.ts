/**
 * `npm run bench`: measures what the README promises and writes the figures there, as measured.
 * `npm run bench -- import` measures that part only and prints it without touching the README.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { brokenFiles } from './broken-files.ts';
import { experimentRuns } from './experiments.ts';
import { firstVisit } from './first-visit.ts';
import { funnelMillion } from './funnel.ts';
import { importHundred } from './import-hundred.ts';
import { importMillion } from './import-million.ts';
import { importRowByRow } from './import-row-by-row.ts';
import { importTenMillion } from './import-ten-million.ts';
import { lifecycleMillion } from './lifecycle.ts';
import { pages, phone } from './lighthouse.ts';
import { retentionMillion } from './retention.ts';
import { describeMachine } from './machine.ts';
import { projectFolder } from './process.ts';
import { benchTable, withTable, type Measurement } from './table.ts';
import { valueMillion } from './value.ts';
import { weekPage } from './week-page.ts';

type Part = (folder: string) => Promise<Measurement[]>;
const parts: Record<string, Part> = {
  week: weekPage,
  visit: firstVisit,
  lighthouse: pages,
  phone,
  import: importMillion,
  hundred: importHundred,
  rows: importRowByRow,
  funnel: funnelMillion,
  retention: retentionMillion,
  lifecycle: lifecycleMillion,
  value: valueMillion,
  experiments: experimentRuns,
  broken: brokenFiles,
  ten: importTenMillion,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No part is called ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

process.env.UV_THREADPOOL_SIZE ??= '16';
const measurements: Measurement[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.error(`measuring: ${name}`);
  const folder = mkdtempSync(join(tmpdir(), `seven-steps-bench-${name}-`));
  try {
    measurements.push(...(await part(folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const table = benchTable(measurements, await describeMachine(), new Date().toISOString().slice(0, 10));
console.log(table);
if (asked.length === 0) {
  const readme = join(projectFolder, 'README.md');
  const document = withTable(readFileSync(readme, 'utf8'), table);
  writeFileSync(readme, await format(document, { ...(await resolveConfig(readme)), parser: 'markdown' }));
}
