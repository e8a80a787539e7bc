import { describe, expect, test } from 'vitest';
import { acrossOf, tableOf } from '#lib/server/figures/table.ts';
import { specNamed } from '#lib/server/reports/by-name.ts';
import type { ReportSpec } from '#lib/server/reports/spec.ts';

const across = { column: 'effect', rows: 'term', total: 'term_effect' };
const change = specNamed('revenue_change');
const spec: ReportSpec = { ...change, opening: { ...change.opening, across: [across] } };
const address = {
  report: 'revenue_change',
  column: 'effect',
  params: { from: '2026-08-03', by: 'store' },
  key: {},
  page: 1,
};
const reader = { locale: 'zh-Hans', currency: 'CNY' } as const;
const row = (term: string | null, segment: string | null, effect: string, segment_no: number | null) => ({
  term,
  segment,
  effect,
  term_effect: `${segment_no ?? 0}00.00`,
  segment_no,
});

describe('a column for all segments at once', () => {
  test('is shown only where the address names what to divide by and no row', () => {
    expect(acrossOf(spec, address)).toBe(across);
    expect(acrossOf(spec, { ...address, params: { from: '2026-08-03' } })).toBeNull();
    expect(acrossOf(spec, { ...address, key: { term: 'ticket', segment: '东门店' } })).toBeNull();
    expect(acrossOf(spec, { ...address, column: 'level' })).toBeNull();
  });

  test('has a line for each kind of row and a column for each segment in its place, with the segment’s own sum', () => {
    const rows = [
      row('closing_rate', '东门店', '-12300.40', 2),
      row('closing_rate', '大学城店', '-30856.44', 1),
      row('upsell_viewing', '东门店', '90.00', 2),
      row(null, null, '-60602.00', null),
    ];
    const table = tableOf(reader, spec, address, across, rows);
    expect(table.segments).toEqual(['大学城店', '东门店', '未填写']);
    expect(table.lines.map(({ name, cells }) => [name, ...cells.map(({ text }) => text)])).toEqual([
      ['成交率', '−30,856', '−12,300', '—'],
      ['看样二销', '—', '+90', '—'],
    ]);
    expect(table.totals).toEqual(['+100', '+200', '0']);
    const link = new URL(table.lines[0]?.cells[0]?.href ?? '', 'http://a');
    expect(link.pathname).toBe('/figure/revenue_change/effect');
    expect(link.searchParams.getAll('row')).toEqual(['term:closing_rate', 'segment:大学城店']);
  });
});
