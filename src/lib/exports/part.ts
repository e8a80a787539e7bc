/**
 * Something that stands in an archive or in a workbook: a file of the one, a sheet of the other. `rows`: how many records a
 * sheet has, or filled rows where it does not look like a list; null where nobody has counted. `list` looks like a list,
 * `other` may be one, and so may a sheet that is `out_of_sight` in the workbook; the rest is never read.
 */
export type Part = {
  kind: 'member' | 'sheet';
  name: string;
  rows: number | null;
  is: 'list' | 'other' | 'out_of_sight' | 'hidden' | 'unsafe' | 'document' | 'empty';
};

/** Whether a part can be read as a list. */
export const isReadable = ({ is }: Part): boolean => readable.has(is);

const readable: ReadonlySet<Part['is']> = new Set(['list', 'other', 'out_of_sight']);
