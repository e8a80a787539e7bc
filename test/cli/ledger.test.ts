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

it('sevensteps hands out rejected records and brings them in when they are mended', async () => {
  const data = join(folder, 'mending');
  const file = join(folder, '客资.csv');
  writeFileSync(file, '客资编号,创建时间,备注\nL1,2026-03-02,\nL2,soon,=1+1\nL3,later,-\n');
  await sevensteps(data, ['import', file]);
  const waiting = await sevensteps(data, ['quarantine', '1', '--format', 'csv', '--lang', 'zh-Hans']);
  expect(waiting.out).toBe(
    '第几条,哪里不对,客资编号,创建时间,备注\r\n' +
      "2,创建时间: 不是日期时间,L2,soon,'=1+1\r\n" +
      "3,创建时间: 不是日期时间,L3,later,'-\r\n",
  );
  const mended = join(folder, 'mended.csv');
  writeFileSync(mended, waiting.out.replace('soon', '2026-03-03'));
  const result = await sevensteps(data, ['mend', '1', mended, '--json']);
  expect(JSON.parse(result.out)).toMatchObject({
    summary: { file, table: 'leads', batch: 2, read: 2, loaded: 1, rejected: 1 },
    wrong: [{ line: 3, column: '创建时间', reason: 'instant' }],
  });
  expect(result.messages).toContain('record 3, 创建时间');
  const left = await sevensteps(data, ['quarantine', '1', '--json']);
  expect(JSON.parse(left.out)).toMatchObject({ open: 1, records: [{ line: 3 }] });
  expect((await sevensteps(data, ['quarantine', '1'])).out).toContain('later');
  const history = await sevensteps(data, ['batches', '--json']);
  expect(JSON.parse(history.out)).toMatchObject([
    { batch_id: 2, mends: 1, source: 'mending', imported_by: userInfo().username },
    { batch_id: 1, open_records: 1, source: 'command_line', imported_by: userInfo().username },
  ]);
  writeFileSync(mended, '编号,问题,客资编号\n');
  const wrong = await sevensteps(data, ['mend', '1', mended, '--json']);
  expect(JSON.parse(wrong.out)).toMatchObject({ error: { code: 'not_a_mending_file' } });
});
