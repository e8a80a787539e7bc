import { expect } from 'vitest';
import { matches } from '#lib/server/figures/row.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { askByName, specNamed } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import type { Arguments } from '#lib/server/warehouse/parameters.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import { valueOf } from './formula.ts';

/** The rows behind a cell count or sum to it. */
export async function expectRows(
  asker: Asker,
  report: string,
  column: string,
  row: Row,
  behind: { report: string; given: RawParameters },
): Promise<void> {
  const { rows: found } = await askByName(asker, behind.report, {
    ...behind.given,
    limit: '100000',
  });
  const type = specNamed(report).columns.find(({ name }) => name === column)?.type ?? '';
  const value = type.startsWith('decimal') ? cents(row[column]) : BigInt(Number(row[column]));
  const all = total(behind.report, column, row['step_no'], type, found);
  expect({ column, row, behind, all }).toEqual({ column, row, behind, all: value });
  if (behind.report !== 'campaign_day_rows') expect(Number(found[0]?.['all_rows'] ?? 0)).toBe(found.length);
}

/** How many parts of a whole, each rounded so that all add up, a number of revenue_change is made of. */
const roundedParts: Readonly<Record<string, number>> = { effect: 0.5, cause_effect: 1.5 };

/**
 * The formula that is said of each column, the first that a header declares for such a row, gives its number, money to the cent; parts of a whole are rounded so
 * that they add up, which takes or gives up to a cent.
 */
export function expectFormulas(report: string, params: Arguments, row: Row): void {
  const { columns, opening } = specNamed(report);
  const fitting = opening.formulas.filter(({ when }) => matches(row, params, when));
  const said = fitting.filter(({ column }, at) => fitting.findIndex((one) => one.column === column) === at);
  for (const { column, when, text } of said) {
    const value = row[column] ?? null;
    const reckoned = valueOf(text, row);
    if (value === null || reckoned === null) continue;
    const isMoney = columns.find(({ name }) => name === column)?.type.startsWith('decimal') ?? false;
    const rounded = report === 'revenue_change' ? (roundedParts[column] ?? 0) : 0;
    const off = isMoney ? 0.005001 + 0.01 * rounded : 1e-9;
    const holds = Math.abs(reckoned - Number(value)) <= off;
    expect({ report, text, when, row, holds }).toEqual({ report, text, when, row, holds: true });
  }
}

/** What the rows add up to, in cents or pieces: the number that the column shows. */
function total(report: string, column: string, stepNo: unknown, type: string, rows: readonly Row[]): bigint {
  const [first] = rows;
  if (report === 'campaign_day_rows') {
    const figure = stepNo === 0 || (stepNo === 1 && column === 'rate_base') ? 'audience' : 'aware';
    return rows.reduce((sum, row) => sum + BigInt(Number(row[figure] ?? 0)), 0n);
  }
  if (!type.startsWith('decimal'))
    return BigInt(Number(first?.[`all_${column}`] ?? first?.['all_rows'] ?? 0));
  return cents(first?.['all_amount'] ?? first?.['all_balance'] ?? '0.00');
}

const cents = (value: unknown): bigint => BigInt(String(value).replace('.', ''));
