import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '#lib/server/reports/ask.ts';
import { currentTexts } from '#lib/server/reports/texts.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { byGiven, isWorked, readCases } from './case.ts';
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

/** What the built models break of their headers. */
async function brokenModels(): Promise<string[]> {
  const found: string[] = [];
  for (const [name, { header }] of currentTexts().models) {
    const rows = await warehouse.query(`select * from ${name}`);
    found.push(...brokenPromises(header, rows).map((sentence) => `${name}: ${sentence}`));
  }
  return found;
}

describe.each(byGiven(cases))('on the rows of $first.report: $first.name', ({ given, group }) => {
  beforeAll(() => fill(warehouse, given));

  it('the models keep what their headers promise', async () => {
    expect(await brokenModels()).toEqual([]);
  });

  it.each(group)('$report: $name gives the rows that were worked out by hand', async (one) => {
    const spec = reportSpecs[one.report];
    if (!spec) throw new Error(`There is no report ${one.report}.`);
    const { rows } = await ask<Row>({ warehouse, viewer: one.viewer }, spec, one.params);
    expect([...differences(one.expected, rows, spec.columns), ...brokenPromises(spec, rows)]).toEqual([]);
    expect(isWorked(one)).toBe(true);
  });
});
