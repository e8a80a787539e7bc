import { describe, expect, test } from 'vitest';
import { median, quantile } from './quantile.ts';
import { benchTable, kilobytes, milliseconds, withTable } from './table.ts';

describe('the table of measurements', () => {
  const table = benchTable(
    [{ what: 'page', measured: '8.4 ms', target: '≤ 10 ms', met: true }],
    '2 cores',
    '2026-11-22',
  );

  test('names the machine and says of each target whether it was met', () => {
    expect(table).toContain('2 cores.');
    expect(table).toContain('| page | 8.4 ms | ≤ 10 ms | yes |');
  });

  test('replaces only what stands between the markers', () => {
    const document = 'before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n';
    const once = withTable(document, table);
    expect(once).toContain('before\n<!-- bench:begin -->\n\nMeasured on 2026-11-22');
    expect(once).toContain('<!-- bench:end -->\nafter\n');
    expect(once).not.toContain('old');
    expect(withTable(once, table)).toBe(once);
  });

  test('refuses a document without markers', () => {
    expect(() => withTable('nothing here', table)).toThrow('bench:begin');
  });

  test('prints figures with the digits that were measured', () => {
    expect([milliseconds(8.44), milliseconds(86.4), kilobytes(119_960)]).toEqual([
      '8.4 ms',
      '86 ms',
      '120.0 kB',
    ]);
  });
});

describe('quantiles of durations', () => {
  test('interpolate between neighbours', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 20, 30, 40, 50], 0.95)).toBeCloseTo(48, 10);
  });

  test('of nothing do not exist', () => {
    expect(() => median([])).toThrow('nothing was measured');
  });
});
