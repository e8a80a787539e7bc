import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSetting } from '#lib/server/settings/change.ts';
import { openSettings } from '#lib/server/settings/settings.ts';
import type { Settings } from '#lib/server/settings/settings.ts';
import { prepareWarehouse } from '#lib/server/warehouse/prepare.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';

let warehouse: Warehouse;
let settings: Settings;
beforeAll(async () => {
  warehouse = await openWarehouse({ file: ':memory:' });
  await prepareWarehouse(warehouse);
  settings = openSettings(':memory:');
});
afterAll(async () => {
  settings.close();
  await warehouse.close();
});

describe('changing a setting', () => {
  it('gives it as it now is and leaves the data alone', async () => {
    const version = warehouse.dataVersion();
    expect(await changeSetting({ settings, warehouse }, 'currency', 'TWD')).toEqual({ currency: 'TWD' });
    expect(warehouse.dataVersion()).toBe(version);
  });

  it('builds the models anew for another time zone, and not for the same one', async () => {
    const version = warehouse.dataVersion();
    await changeSetting({ settings, warehouse }, 'time_zone', 'Europe/Berlin');
    const moved = warehouse.dataVersion();
    expect(moved).toBeGreaterThan(version);
    await changeSetting({ settings, warehouse }, 'time_zone', 'Europe/Berlin');
    expect(warehouse.dataVersion()).toBe(moved);
  });

  it('keeps the time zone when the data cannot be moved', async () => {
    const failing = { ...warehouse, write: () => Promise.reject(new Error('disk full')) };
    const before = settings.get('time_zone');
    await expect(changeSetting({ settings, warehouse: failing }, 'time_zone', 'UTC')).rejects.toThrow(
      'disk full',
    );
    expect(settings.get('time_zone')).toBe(before);
  });

  it('refuses a name or a value that is not possible', async () => {
    const change = (name: string, value: string) => changeSetting({ settings, warehouse }, name, value);
    await expect(change('colour', 'red')).rejects.toMatchObject({ code: 'unknown_setting' });
    await expect(change('currency', 'shells')).rejects.toMatchObject({ code: 'bad_setting' });
  });
});
