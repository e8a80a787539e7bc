import type { ExperimentsRow } from '#lib/server/reports.gen.ts';

/** The metrics that the report experiment tells. */
export const metrics = [
  'active',
  'bought',
  'closing',
  'signed',
  'net',
  'upsold',
  'lost',
  'cancelled',
] as const;
export type Metric = (typeof metrics)[number];

/** An experiment with its variants as the report experiments lists them; `metric` is what it is judged by. */
export type Listed = {
  readonly id: string;
  readonly row: ExperimentsRow;
  readonly metric: Metric;
  readonly isNamed: boolean;
  readonly variants: readonly { readonly name: string; readonly units: number }[];
};

/** What is judged where the list names no metric that is known. */
const USUAL: Metric = 'bought';

/** The experiments of rows of the report experiments, in their order. */
export function listedOf(rows: readonly ExperimentsRow[]): Listed[] {
  return [...new Set(rows.map(({ experiment_id: id }) => id))].flatMap((id) => {
    const own = rows.filter(({ experiment_id: other }) => other === id);
    const [row] = own;
    if (row === undefined) return [];
    const named = metrics.find((one) => one === row.metric?.trim().toLowerCase());
    return [
      {
        id,
        row,
        metric: named ?? USUAL,
        isNamed: named !== undefined,
        variants: own.flatMap(({ variant, units }) => (variant === null ? [] : [{ name: variant, units }])),
      },
    ];
  });
}
