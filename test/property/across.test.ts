import { asOwner } from '#lib/server/reports/audience.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askFigure } from '#lib/server/figures/figure.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { figureAddress } from '#lib/ui/figure-link.ts';
import { openSample, truth } from './sample.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openSample();
});
afterAll(() => warehouse.close());

const reader = { locale: 'zh-Hans', currency: 'CNY' } as const;
const opened = (query: string) =>
  askFigure(
    asOwner({ warehouse }),
    reader,
    figureAddress('revenue_change', 'cause_effect', new URLSearchParams(query)),
  );
const yuan = (text: string) => (text === '—' ? 0 : Number(text.replace('−', '-').replace(/[+,]/g, '')));
const { from, to, store } = truth.gap;
const week = `from=${from}&to=${to}&compare_from=2026-07-27&compare_to=2026-08-02&by=store`;

test('which store is behind which cause is one table: every store adds up to its own change, the largest loss first', async () => {
  const { table, name } = await opened(week);
  if (!table) throw new Error('There is no table.');
  expect(name).toBe('营收为什么变了（按门店）');
  const columns = table.segments.map((_, at) => table.lines.map(({ cells }) => yuan(cells[at]?.text ?? '')));
  for (const [at, cells] of columns.entries()) {
    const sum = cells.reduce((a, b) => a + b, 0);
    if (table.segments[at] === store) expect(cells.every((cell) => cell === 0)).toBe(true);
    else expect(Math.abs(sum - yuan(table.totals[at] ?? ''))).toBeLessThanOrEqual(table.lines.length / 2);
  }
  const totals = table.totals.slice(0, -1).map(yuan);
  expect(totals).toEqual(totals.toSorted((a, b) => a - b));
  expect(table.segments.at(-1)).toBe(store);
});

test('each number of the table opens with a formula or rows that give just this number', async () => {
  const { table } = await opened(week);
  const cells = table?.lines.flatMap((line) => line.cells).filter(({ href }) => href !== null) ?? [];
  expect(cells.length).toBeGreaterThan(20);
  for (const { text, href } of cells.slice(0, 12)) {
    const { search } = new URL(href ?? '', 'http://a');
    const figure = await opened(search.slice(1));
    expect(figure.table).toBeNull();
    expect(figure.formula !== null || figure.rows !== null, href ?? '').toBe(true);
    expect(Math.round(yuan(figure.value.replace('¥', '')))).toBe(yuan(text));
  }
});
