import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sevensteps } from './command-line.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-ledger-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('sevensteps withdraws a batch, and its history says who did', async () => {
  const data = join(folder, 'data');
  const file = join(folder, 'leads.csv');
  writeFileSync(file, 'lead_id,created_at\nL1,2026-03-02\nL2,2026-03-03\n');
  await sevensteps(data, ['import', file]);
  const withdrawn = await sevensteps(data, ['withdraw', '1', '--json']);
  expect(JSON.parse(withdrawn.out)).toEqual({
    batch: 1,
    table: 'leads',
    file,
    removed: 2,
    restored: 0,
    opened: 0,
    mendings: [],
  });
  const history = await sevensteps(data, ['batches', '--json']);
  expect(JSON.parse(history.out)).toMatchObject([
    { batch_id: 1, loaded: 2, withdrawn_by: userInfo().username },
  ]);
  const again = await sevensteps(data, ['withdraw', '1', '--json']);
  expect(again.code).toBe(1);
  expect(JSON.parse(again.out)).toMatchObject({ error: { code: 'batch_withdrawn' } });
  expect(await sevensteps(data, ['withdraw'])).toMatchObject({ code: 2 });
});
