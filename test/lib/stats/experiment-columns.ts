/** What a unit brought and of how many, in its time and before. */
export type Unit = readonly [main: number, base: number, mainBefore: number, baseBefore: number];

/** The units of a variant in a stratum, both numbered. */
export type Cell = {
  readonly variant_no: number;
  readonly stratum_no: number;
  readonly units: readonly Unit[];
};

const NAMES = ['main', 'base', 'main_before', 'base_before'] as const;
const PRODUCTS: readonly (readonly [string, number, number])[] = [
  ['main_main', 0, 0],
  ['main_base', 0, 1],
  ['main_main_before', 0, 2],
  ['main_base_before', 0, 3],
  ['base_base', 1, 1],
  ['base_main_before', 1, 2],
  ['base_base_before', 1, 3],
  ['before_before', 2, 2],
  ['befores', 2, 3],
  ['base_before_squares', 3, 3],
];

/** The columns of experiment_sums for the cells of one metric; fewer than five units have no sums. */
export function columnsOf(cells: readonly Cell[]): Record<string, Float64Array> {
  const column = (of: (cell: Cell) => number) => Float64Array.from(cells.map(of));
  const sum = (of: (unit: Unit) => number) =>
    column(({ units }) => (units.length < 5 ? NaN : units.reduce((total, unit) => total + of(unit), 0)));
  return {
    metric_no: column(() => 1),
    variant_no: column((cell) => cell.variant_no),
    stratum_no: column((cell) => cell.stratum_no),
    units: column(({ units }) => units.length),
    ...Object.fromEntries(NAMES.map((name, at) => [name, sum((unit) => unit[at] ?? 0)])),
    ...Object.fromEntries(
      PRODUCTS.map(([name, one, other]) => [name, sum((unit) => (unit[one] ?? 0) * (unit[other] ?? 0))]),
    ),
  };
}
