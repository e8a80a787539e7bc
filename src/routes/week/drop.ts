import type { FunnelChangeRow } from '#lib/server/reports.gen.ts';

/** A fall of people or of a rate that is more than noise. */
export type Drop = { figure: 'people' | 'rate'; row: FunnelChangeRow };

/** Of the falls that are more than noise the one that chance explains least. `rows` are those of one segment. */
export function firstDrop(rows: readonly FunnelChangeRow[]): Drop | null {
  const called = rows.flatMap((row): Drop[] => {
    const { figure, drop_no } = row;
    return drop_no !== null && (figure === 'people' || figure === 'rate') ? [{ figure, row }] : [];
  });
  return called.toSorted((a, b) => (a.row.drop_no ?? 0) - (b.row.drop_no ?? 0))[0] ?? null;
}
