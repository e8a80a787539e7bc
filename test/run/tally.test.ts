import { describe, expect, test } from 'vitest';
import { add, closingLines, nothing, stage, tallyVitest } from './tally.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

describe('tally of a test run', () => {
  test('counts each test by what became of it', () => {
    const report = { testResults: [file('passed', 'passed', 'skipped'), file('failed', 'passed', 'failed')] };
    expect(tallyVitest(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  test('a file that could not be read is a failure', () => {
    expect(tallyVitest({ testResults: [file('failed')] }, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('a run that ends with an error is never all green', () => {
    expect(tallyVitest({ testResults: [file('passed', 'passed')] }, 1).failed).toBe(1);
    expect(tallyVitest(null, 0).failed).toBe(1);
  });

  test('stages without tests of their own count as one each', () => {
    expect(add(stage(true), stage(false))).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });
});

describe('closing lines', () => {
  const tally = { ...nothing, passed: 7, skipped: 2 };

  test('without reference data name what was skipped, then the sum alone', () => {
    expect(closingLines(tally, false)).toEqual(['skipped: 2 (no reference data)', '7 passed, 0 failed']);
  });

  test('with reference data a skipped test is a failed one', () => {
    expect(closingLines(tally, true)).toEqual(['7 passed, 2 failed']);
  });
});
