import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { simulatedOrders } from '../lib/stats/simulated-orders.ts';
import { sevensteps } from './command-line.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'seven-steps-value-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const asked = ['report', 'customer_value_fit', '--until', '2024-12-29', '--unit', 'week'];

it('sevensteps fits what clients are worth: two models, their parameters as objects, the same whichever way it is asked', async () => {
  writeFileSync(join(data, 'orders.csv'), simulatedOrders(600));
  expect((await sevensteps(data, ['import', join(data, 'orders.csv')])).code).toBe(0);
  const { code, out, messages } = await sevensteps(data, [...asked, '--format', 'json']);
  expect([code, messages]).toEqual([0, '']);
  const { rows } = JSON.parse(out) as { rows: Record<string, unknown>[] };
  expect(rows.map(({ model, converged }) => [model, converged])).toEqual([
    ['bg_nbd', true],
    ['gamma_gamma', true],
  ]);
  expect(rows.map(({ parameters }) => Object.keys(parameters as object))).toEqual([
    ['r', 'alpha', 'a', 'b'],
    ['p', 'q', 'v'],
  ]);
  expect(rows[0]).toMatchObject({ customers: 600, unit: 'week', reason: null });
  const { r, alpha } = rows[0]?.parameters as { r: number; alpha: number };
  expect(r / alpha / (7 / 30)).toBeGreaterThan(0.7);
  expect(r / alpha / (7 / 30)).toBeLessThan(1.3);
  const table = await sevensteps(data, [...asked, '--format', 'table']);
  expect(table.out).toContain('{"r":');
  const csv = await sevensteps(data, [...asked, '--format', 'csv']);
  expect(csv.out).toContain('"{""r"":');
});

it('sevensteps says why there is no fit', async () => {
  writeFileSync(join(data, 'orders.csv'), simulatedOrders(60));
  await sevensteps(data, ['import', join(data, 'orders.csv')]);
  const { out } = await sevensteps(data, [...asked, '--format', 'json']);
  const { rows } = JSON.parse(out) as { rows: unknown[] };
  expect(rows[0]).toMatchObject({
    parameters: null,
    log_likelihood: null,
    converged: false,
    reason: 'too_few',
  });
});
