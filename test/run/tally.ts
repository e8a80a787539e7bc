/** What a run has come to: tests and stages that held, failed, or could not be asked. */
export type Tally = { passed: number; failed: number; skipped: number };

/** The part of vitest's JSON report that is counted. */
export type VitestReport = {
  testResults: {
    status: string;
    assertionResults: { status: string }[];
  }[];
};

/** Nothing done yet. */
export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

/** The sum of two tallies. */
export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** A stage without tests of its own counts as one. */
export const stage = (held: boolean): Tally => ({ ...nothing, [held ? 'passed' : 'failed']: 1 });

/**
 * Counts a vitest run. A file that could not be read counts as one failure, and so does a run that ended
 * with an error although each test passed (an unhandled rejection, a crashed worker) or that left no report.
 */
export function tallyVitest(report: VitestReport | null, exitCode: number): Tally {
  if (!report) return stage(false);
  const files = report.testResults.map((file): Tally => {
    const count = (...statuses: string[]) =>
      file.assertionResults.filter((test) => statuses.includes(test.status)).length;
    const failed = count('failed');
    return {
      passed: count('passed'),
      failed: failed === 0 && file.status === 'failed' ? 1 : failed,
      skipped: count('skipped', 'pending', 'todo', 'disabled'),
    };
  });
  const sum = files.reduce(add, nothing);
  return exitCode !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}

/**
 * The closing lines. With reference data (or where nothing was asked to do without) a skipped test is a failed
 * one; without, the skipped ones are named on the line before the last.
 */
export function closingLines(tally: Tally, hasReferenceData: boolean): string[] {
  const failed = hasReferenceData ? tally.failed + tally.skipped : tally.failed;
  const last = `${tally.passed} passed, ${failed} failed`;
  return hasReferenceData ? [last] : [`skipped: ${tally.skipped} (no reference data)`, last];
}
