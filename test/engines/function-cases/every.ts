import type { FunctionCase } from './case.ts';
import { dayCases } from './day.ts';
import { intervalCases } from './interval.ts';
import { listCases } from './list.ts';
import { numberCases } from './number.ts';
import { textCases } from './text.ts';

/** Every function of dialect.duckdb.sql and dialect.clickhouse.sql. Nulls, zeros, edges of time and Chinese text. */
export const functionCases: readonly FunctionCase[] = [
  ...dayCases,
  ...numberCases,
  ...listCases,
  ...intervalCases,
  ...textCases,
];
