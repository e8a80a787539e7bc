import { warehouseDdl } from '#lib/exports/ddl.ts';
import { currentTexts } from '../reports/texts.ts';
import { fingerprint, rebuildModels } from './models.ts';
import type { Warehouse } from './warehouse.ts';

/** Makes the tables of a new warehouse, and models that were built from other texts than today's. */
export async function prepareWarehouse(warehouse: Warehouse): Promise<void> {
  const texts = currentTexts();
  const wanted = fingerprint(texts, warehouseDdl());
  const [built] = await warehouse.query<{ models: string | null }>('select models from state.built');
  if (built?.models === wanted) return;
  await warehouse.write(async (transaction) => {
    for (const statement of warehouseDdl()) await transaction.run(statement);
    await rebuildModels(transaction, texts);
    await transaction.run('update state.built set models = $wanted::varchar', { wanted });
  });
}
