import { warehouseDdl } from '#lib/exports/ddl.ts';
import { currentTexts } from '../reports/texts.ts';
import { fingerprint, rebuildModels } from './models.ts';
import { hasOlderLedger, upgradeLedger } from './upgrade.ts';
import type { Warehouse } from './warehouse.ts';

/** Makes the tables of a new warehouse, brings an older one into today's form, and builds models that came from other texts. */
export async function prepareWarehouse(warehouse: Warehouse): Promise<void> {
  const texts = currentTexts();
  const wanted = fingerprint(texts);
  const [built] = await warehouse.query<{ models: string | null }>('select models from state.built');
  if (built?.models === wanted) return;
  await warehouse.write(async (transaction) => {
    const isOlder = await hasOlderLedger(transaction);
    for (const statement of warehouseDdl()) await transaction.run(statement);
    if (isOlder) await upgradeLedger(transaction);
    await rebuildModels(transaction, texts);
    await transaction.run('update state.built set models = $wanted::varchar', { wanted });
  });
}
