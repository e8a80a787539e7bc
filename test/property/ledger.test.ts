import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableNames } from '#lib/exports/tables.ts';
import { withInstallation } from './installation.ts';
import type { Installation } from './installation.ts';
import { acts, bringAll, perform, waiting } from './ledger.ts';
import type { Came } from './ledger.ts';
import { runs } from './runs.ts';
import { baseDay } from './studio.ts';

const tables = ['leads', 'visits', 'orders'] as const;

/** Every row that counts and what it lost, with the place of its batch among those that stand, and every model without the numbers that batches give. */
async function contents(app: Installation): Promise<Record<string, object[]>> {
  const found: Record<string, object[]> = {};
  for (const table of tables)
    found[table] = await app.warehouse.query(
      `with places as (select batch_id, row_number() over (order by batch_id) as place from raw.batches where withdrawn_at is null)
       select r.* exclude (batch_id), p.place from exports.${table} r left join places p on p.batch_id = r.batch_id order by all`,
    );
  found['emptied'] = await app.warehouse.query(
    `with places as (select batch_id, row_number() over (order by batch_id) as place from raw.batches where withdrawn_at is null)
     select p.place, e.line, e.field from raw.emptied e join places p on p.batch_id = e.batch_id order by all`,
  );
  const models = await app.warehouse.query<{ name: string }>(
    "select table_name as name from duckdb_tables() where schema_name = 'main' order by 1",
  );
  for (const { name } of models)
    found[name] = await app.warehouse.query(
      `select columns(lambda c: c not in ('row_no', 'act_no', 'client_no')) from ${name} order by all`,
    );
  return found;
}

async function empty(app: Installation): Promise<void> {
  await app.warehouse.write((transaction) =>
    transaction.run(
      [...tableNames, 'batches', 'rejects', 'quarantine', 'emptied']
        .map((table) => `delete from raw.${table}`)
        .join('; '),
    ),
  );
}

async function rebuilt(app: Installation, came: readonly Came[]): Promise<Record<string, object[]>> {
  await empty(app);
  await bringAll(
    app,
    came.filter(({ isWithdrawn }) => !isWithdrawn),
  );
  return contents(app);
}

describe('lists that come in, are replaced, withdrawn and mended', () => {
  test('leave what importing the standing batches alone would leave, models included', async () => {
    await withInstallation(baseDay, async (app) => {
      await fc.assert(
        fc.asyncProperty(acts, async (given) => {
          await empty(app);
          const came = await perform(app, given);
          const standing = came.filter(({ isWithdrawn }) => !isWithdrawn);
          const found = await contents(app);
          const open = await app.warehouse.query(
            `select q.batch_id, q.line from raw.quarantine q join raw.batches b on b.batch_id = q.batch_id
             where q.mended_in is null and b.withdrawn_at is null order by all`,
          );
          expect(open).toEqual(waiting(came));
          const odd = await app.warehouse.query(
            'select * from raw.batches where read <> loaded + replaced + unchanged + superseded + rejected',
          );
          expect(odd).toEqual([]);
          if (standing.length > 0) expect(found).toEqual(await rebuilt(app, came));
          else for (const table of tables) expect(found[table]).toEqual([]);
        }),
        runs(4, 1000),
      );
    });
  });
});
