import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../app.ts';
import { projectRoot } from '../project.ts';
import { importFiles } from './import-files.ts';

/** Fills a data folder that has no batch yet with the sample studio, and sets what belongs to it. */
export async function ensureSample(app: App): Promise<void> {
  const [ledger] = await app.warehouse.query<{ batches: number }>(
    'select count(*) as batches from raw.batches',
  );
  if (ledger !== undefined && ledger.batches > 0) return;
  const folder = join(projectRoot(), 'data', 'sample');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.csv')).sort();
  app.settings.set('time_zone', 'Asia/Shanghai');
  app.settings.set('currency', 'CNY');
  await importFiles(
    app,
    files.map((name) => ({ name, path: join(folder, name) })),
    { origin: { way: 'sample', name: null, by: null } },
  );
}
