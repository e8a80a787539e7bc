import type { Audience } from './audience.ts';
import type { ColumnSpec, Crowd, ParameterSpec } from './header.ts';
import type { OpeningSpec } from './opening.ts';

/**
 * A pure function that rows pass through after the SQL, e.g. to add what SQL cannot compute.
 * Which rows and parameters it takes is known where it is named, in the generated file.
 */
export type Finish = (rows: never[], params: never, fed: never) => readonly unknown[];

/** A pure function that fits models to the rows of other reports, column by column. */
export type FitTo = (fed: never) => unknown;

/** What a report's header says, as the generator writes it down. */
export type ReportSpec = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly grain: readonly string[];
  readonly audience: Audience;
  readonly crowd: Crowd;
  readonly onlyEngine: { readonly engine: string; readonly reason: string } | null;
  readonly parameters: readonly ParameterSpec[];
  readonly columns: readonly ColumnSpec[];
  readonly opening: OpeningSpec;
  readonly finish: Finish | null;
  /** Reports whose rows `finish` works on beside its own, in a thread of its own; none: it works on its own rows, at once. */
  readonly fed: readonly string[];
  /** Makes of these rows what `finish` is given instead of them: it is kept as long as the data stay. */
  readonly fit: FitTo | null;
};
