import type { App } from '../app.ts';
import { moveTimeZone } from '../import/time-zone.ts';
import { rebuildModels } from '../warehouse/models.ts';
import { settingName } from './settings.ts';

/**
 * Changes a setting; gives it as it now is. A new time zone moves what was imported, and the models with it; it stays
 * as it was when that fails. Throws Refusal unknown_setting or bad_setting.
 */
export async function changeSetting(
  { settings, warehouse }: Pick<App, 'settings' | 'warehouse'>,
  name: string,
  value: string,
): Promise<Record<string, string>> {
  const known = settingName(name);
  const before = settings.get(known);
  settings.set(known, value);
  const after = settings.get(known);
  if (known !== 'time_zone' || after === before) return { [known]: after };
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
