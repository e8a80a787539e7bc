import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '#lib/server/reports/ask.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { isWorked, readCases } from './case.ts';
import { differences } from './compare.ts';
import { fill, openEmptyWarehouse } from './fill.ts';
import { brokenPromises } from './promises.ts';

const cases = readCases(import.meta.dirname);

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

describe('every report', () => {
  it.each(Object.keys(reportSpecs))('%s has a case', (name) => {
    expect(cases.map(({ report }) => report)).toContain(name);
  });
});

describe.each(cases)('$report: $name', (one) => {
  it('gives the rows that were worked out by hand', async () => {
    const spec = reportSpecs[one.report];
    if (!spec) throw new Error(`There is no report ${one.report}.`);
    await fill(warehouse, one.given);
    const { rows } = await ask<Row>({ warehouse }, spec, one.params);
    expect([...differences(one.expected, rows, spec.columns), ...brokenPromises(spec, rows)]).toEqual([]);
    expect(isWorked(one)).toBe(true);
  });
});
