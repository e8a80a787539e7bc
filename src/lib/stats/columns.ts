/** The rows of a report of numbers, column by column; NaN where there is none. */
export type Columns = Readonly<Record<string, Float64Array>>;
