import { expect, it } from 'vitest';
import { perform } from '#lib/server/control/requests.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { studioFolder } from './studio-folder.ts';

it('a new time zone moves instants that came with an offset and the day of import, and leaves the wall clock alone', async () => {
  const studio = await studioFolder();
  try {
    const app = { ...studio.app, clock: () => new Date('2026-11-20T17:00:00Z') };
    await importFiles(app, [
      studio.file('leads.csv', 'lead_id,created_at\nL1,2026-11-19T20:00:00Z\nL2,2026-11-20 04:00:00\n'),
    ]);
    const rows = () =>
      app.warehouse.query('select created_at, imported_on from exports.leads order by lead_id');
    const shanghai = [
      { created_at: '2026-11-20T04:00:00', imported_on: '2026-11-21' },
      { created_at: '2026-11-20T04:00:00', imported_on: '2026-11-21' },
    ];
    expect(await rows()).toEqual(shanghai);
    await perform(app, { kind: 'set', name: 'time_zone', value: 'America/New_York' });
    expect(await rows()).toEqual([
      { created_at: '2026-11-19T15:00:00', imported_on: '2026-11-20' },
      { created_at: '2026-11-20T04:00:00', imported_on: '2026-11-20' },
    ]);
    await perform(app, { kind: 'set', name: 'time_zone', value: 'Asia/Shanghai' });
    expect(await rows()).toEqual(shanghai);
  } finally {
    await studio.close();
  }
});
