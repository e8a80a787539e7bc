import type { Arguments } from '../warehouse/parameters.ts';

/** A report's rows, with the parameters and the state of the data that they follow from. */
export type Answer<R> = {
  report: string;
  /** Every parameter, defaults filled in. */
  params: Arguments;
  /** The last business day that counts; null where the report does not ask for one. */
  as_of: string | null;
  data_version: number;
  rows: R[];
};
