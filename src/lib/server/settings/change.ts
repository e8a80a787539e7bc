import type { App } from '../app.ts';
import { moveTimeZone } from '../import/time-zone.ts';
import { inTurn } from '../import/turns.ts';
import { rebuildModels } from '../warehouse/models.ts';
import { settingName } from './settings.ts';

type House = Pick<App, 'settings' | 'warehouse'>;

/**
 * Changes a setting; gives it as it now is. A new time zone moves what was imported, and the models with it; it stays
 * as it was when that fails. Throws Refusal unknown_setting or bad_setting.
 */
export async function changeSetting(
  app: House,
  name: string,
  value: string,
): Promise<Record<string, string>> {
  const known = settingName(name);
  if (known === 'time_zone') return inTurn(app.warehouse, () => changeTimeZone(app, value));
  app.settings.set(known, value);
  return { [known]: app.settings.get(known) };
}

/** Between imports, because they are read and stored by one time zone. */
async function changeTimeZone(
  { settings, warehouse }: House,
  value: string,
): Promise<Record<string, string>> {
  const known = 'time_zone';
  const before = settings.get(known);
  settings.set(known, value);
  const after = settings.get(known);
  if (after === before) return { [known]: after };
  try {
    await warehouse.write(async (transaction) => {
      await moveTimeZone(transaction, after);
      await rebuildModels(transaction);
    });
  } catch (error) {
    settings.set(known, before);
    throw error;
  }
  return { [known]: after };
}
