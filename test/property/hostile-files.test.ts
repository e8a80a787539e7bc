import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '#lib/server/app.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { contentOf, damaged, dialects, faults, recordsOf } from './dialects.ts';
import { withInstallation } from './installation.ts';
import { runs } from './runs.ts';

const ledger = 'select count(*) as batches, coalesce(sum(read), 0) as records from raw.batches';
const stored =
  'select count(*) as rows, (select count(distinct (batch_id, line)) from raw.rejects) as rejects from raw.leads';

/** Imports a file: what became of it, or null where it was refused and nothing has changed. */
async function bring(app: App, name: string, content: Buffer) {
  const path = join(app.data, name);
  writeFileSync(path, content);
  const before = [...(await app.warehouse.query(ledger)), ...(await app.warehouse.query(stored))];
  try {
    const { summaries } = await importFiles(app, [{ name, path }]);
    return summaries[0] ?? null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.status).toBeLessThan(500);
    expect([...(await app.warehouse.query(ledger)), ...(await app.warehouse.query(stored))]).toEqual(before);
    return null;
  }
}

describe('every record of every file is accounted for', () => {
  test('read is loaded, replaced, unchanged, superseded and rejected, in any dialect', async () => {
    await withInstallation('2026-11-20', async (app) => {
      let round = 0;
      await fc.assert(
        fc.asyncProperty(dialects, async (file) => {
          const records = recordsOf(file);
          const brought = await bring(app, `whole-${(round += 1)}.csv`, contentOf(file, records));
          expect(brought).toMatchObject({ read: records.length, rejected: 0 });
          expect(sumOf(brought)).toBe(records.length);
        }),
        runs(10, 1000),
      );
    });
  });

  test('and in files that were damaged on their way, or nothing of them is there', async () => {
    await withInstallation('2026-11-20', async (app) => {
      let round = 0;
      await fc.assert(
        fc.asyncProperty(dialects, faults, async (file, wrong) => {
          const content = damaged(contentOf(file, recordsOf(file)), wrong);
          const brought = await bring(app, `damaged-${(round += 1)}.csv`, content);
          expect(sumOf(brought)).toBe(brought?.read ?? 0);
        }),
        runs(10, 1000),
      );
    });
  });
});

type Summary = Awaited<ReturnType<typeof bring>>;

const sumOf = (summary: Summary): number =>
  summary === null
    ? 0
    : summary.loaded + summary.replaced + summary.unchanged + summary.superseded + summary.rejected;
