import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sevensteps } from './command-line.ts';

let data: string;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'seven-steps-customer-'));
  const leads = join(data, 'leads.csv');
  writeFileSync(leads, 'lead_id,created_at,customer_id,customer_name\nL1,2026-03-01,C1,王小雪\n');
  await sevensteps(data, ['import', leads]);
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

it('sevensteps hands out what is held on a customer, erases them once it is told to, and keeps who did it', async () => {
  const held = await sevensteps(data, ['customer', 'C:C1', '--reason', 'asked by letter']);
  expect(JSON.parse(held.out)).toMatchObject({
    customer: 'C:C1',
    records: [{ list: 'leads', fields: { lead_id: 'L1', customer_name: '王小雪' } }],
  });
  const asked = await sevensteps(data, ['erase', 'C:C1', '--json']);
  expect(JSON.parse(asked.out)).toMatchObject({ isDone: false, rows: [{ table: 'leads', records: 1 }] });
  const erased = await sevensteps(data, [
    'erase',
    'C:C1',
    '--yes',
    '--reason',
    'by letter',
    '--format',
    'csv',
  ]);
  expect(erased.out).toBe('list,records\r\nleads,1\r\n');
  const after = await sevensteps(data, ['customer', 'L:L1', '--reason', 'looked whether it is gone']);
  expect(after.out).not.toContain('王小雪');
  const log = await sevensteps(data, ['access-log', '--customer', 'C1', '--format', 'csv']);
  expect(log.out.match(/,(exported|erased),C:C1,[^\r]*/g)).toEqual([
    ',exported,C:C1,looked whether it is gone',
    ',erased,C:C1,by letter',
    ',exported,C:C1,asked by letter',
  ]);
});

it('sevensteps notes a reason before it hands out or erases anything', async () => {
  for (const given of [
    ['customer', 'C:C1'],
    ['erase', 'C:C1', '--yes'],
  ])
    expect(await sevensteps(data, [...given, '--json'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('reason_missing') as string,
    });
  const { out } = await sevensteps(data, ['customer', 'L:L1', '--reason', 'still there']);
  expect(out).toContain('王小雪');
});
