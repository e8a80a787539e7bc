import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { batchOf } from '#lib/server/import/ledger.ts';
import { mendRecords } from '#lib/server/import/mend.ts';
import { openRecords } from '#lib/server/import/quarantine.ts';

const list = [
  'lead_id,created_at,phone,room,"a/b~c"',
  'L1,2026-03-01,138 0013 8000,red,"x ""y"""',
  'L2,2026-03-02,,,z',
  'L3,2026-03-03,,,',
  'L4,soon,,,',
].join('\n');

/** What the first release would have left: unknown columns in the file's order, phones as typed, problems only. */
async function asEarlier(app: App): Promise<void> {
  await app.warehouse.write((transaction) =>
    transaction.run(`
      update raw.leads set extra = json_object('room', extra->>'/room', 'a/b~c', extra->>'/a~1b~0c')::varchar
        where extra is not null;
      update raw.leads set phone = '138 0013 8000' where phone is not null;
      drop table raw.quarantine;
      drop table raw.emptied;
      create table raw.kept as
        select * exclude (source, source_name, imported_by, withdrawn_by, headers, plan, reading, decided_by, mends, brings)
        from raw.batches;
      drop table raw.batches;
      alter table raw.kept rename to batches;
      update state.built set models = 'earlier'`),
  );
}

it('the first import after an upgrade finds unchanged what is unchanged, and rejected records wait in quarantine', async () => {
  const data = mkdtempSync(join(tmpdir(), 'seven-steps-upgrade-'));
  const clock = () => new Date('2026-11-20T02:00:00Z');
  const file = { name: 'leads.csv', path: join(data, 'leads.csv') };
  writeFileSync(file.path, list);
  try {
    const before = await openApp({ data, clock });
    await importFiles(before, [file]);
    await asEarlier(before);
    await before.close();

    const after = await openApp({ data, clock });
    const extras = 'select lead_id, extra from exports.leads order by lead_id';
    expect(await after.warehouse.query(extras)).toEqual([
      { lead_id: 'L1', extra: '{"a/b~c":"x \\"y\\"","room":"red"}' },
      { lead_id: 'L2', extra: '{"a/b~c":"z","room":null}' },
      { lead_id: 'L3', extra: null },
    ]);
    expect(await after.warehouse.query('select batch_id, line, cells, raw_text from raw.quarantine')).toEqual(
      [{ batch_id: 1, line: 4, cells: null, raw_text: 'L4,soon,,,' }],
    );
    const earlier = await batchOf(after.warehouse, '1');
    expect((await openRecords(after.warehouse, earlier, { page: 1, size: 9 })).records).toEqual([
      {
        line: 4,
        cells: [null, null, null],
        divided: false,
        raw: 'L4,soon,,,',
        problems: [{ column: 1, reason: 'instant' }],
      },
    ]);
    const fixed = { line: 4, cells: ['L4', '2026-03-04', null] };
    const { summary } = await mendRecords(after, { batch: '1', records: [fixed], by: null });
    expect(summary).toMatchObject({ batch: 2, loaded: 1 });
    const { summaries } = await importFiles(after, [file]);
    expect(summaries).toMatchObject([{ loaded: 0, replaced: 0, unchanged: 3, rejected: 1 }]);
    await after.close();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
