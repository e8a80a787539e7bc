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

/** Other words that lists have for them. */
const OTHER_WORDS: ReadonlyMap<string, Metric> = new Map<string, Metric>([
  ['进店', 'active'],
  ['進店', 'active'],
  ['进店率', 'active'],
  ['進店率', 'active'],
  ['成交', 'bought'],
  ['成交率', 'bought'],
  ['业绩', 'signed'],
  ['業績', 'signed'],
  ['二销', 'upsold'],
  ['二銷', 'upsold'],
  ['流失', 'lost'],
  ['退单', 'cancelled'],
  ['退單', 'cancelled'],
]);
/** What is judged where the list names no metric that is known. */
const USUAL: Metric = 'bought';

/** The experiments of rows of the report experiments, in their order. */
export function listedOf(rows: readonly ExperimentsRow[]): Listed[] {
  return [...new Set(rows.map(({ experiment_id: id }) => id))].flatMap((id) => {
    const own = rows.filter(({ experiment_id: other }) => other === id);
    const [row] = own;
    if (row === undefined) return [];
    const name = row.metric?.trim().toLowerCase() ?? '';
    const named = metrics.find((one) => one === name) ?? OTHER_WORDS.get(name);
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
