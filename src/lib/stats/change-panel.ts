/** Values of a store by week, weeks from a day on: 0 is the first one after it. */
export type Series = ReadonlyMap<number, number>;

/** The store in which something changed, and the others. */
export type Panel = { readonly changed: Series; readonly others: readonly Series[] };

/** A store needs this share of the changed one's weeks to be compared with it. */
const LEAST_KNOWN = 0.8;

/** The panel that the columns of store_weeks tell: store_no (0 the changed one), week_no, value (NaN: unknown). */
export function changePanel(columns: Readonly<Record<string, Float64Array>>): Panel {
  const { store_no: stores = [], week_no: weeks, value: values } = columns;
  const series = new Map<number, Map<number, number>>();
  for (const [at, store] of stores.entries()) {
    const value = values?.[at] ?? NaN;
    const known = series.get(store) ?? new Map<number, number>();
    series.set(store, known);
    if (!Number.isNaN(value)) known.set(weeks?.[at] ?? NaN, value);
  }
  const changed = series.get(0) ?? new Map<number, number>();
  const others = [...series].filter(([store]) => store !== 0).map(([, known]) => known);
  return { changed, others: others.filter((other) => shared(changed, other) >= LEAST_KNOWN * changed.size) };
}

const shared = (a: Series, b: Series) => [...a.keys()].filter((week) => b.has(week)).length;
