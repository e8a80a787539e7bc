import type { ListPlan } from '#lib/exports/plan.ts';
import type { Lists } from '#lib/exports/lists-of.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Inspection } from '../reading/inspect.ts';
import type { Source } from '../source.ts';

/** The names by which a column shows whether it holds sellers or stores. */
export type Known = { staff: readonly string[]; stores: readonly string[] };

/** Files that are to be read into a folder, with all that the reading needs to know. Plain data: it travels as JSON. */
export type StageTask = {
  /** Where everything is written; exists and is empty. */
  folder: string;
  files: readonly Source[];
  /** The firm's time zone, into which instants with an offset are moved. */
  zone: string;
  known: Known;
};

/** Why a record was not taken: `line` counts records from 1 after the header; `column` is the file's own header. */
export type Reject = { line: number; column: string | null; reason: string; raw: string };

/** One list that a file feeds, read: what lies in the task's folder now, and what the ledger says about it. */
export type StagedList = {
  /** The place of the file among the task's. */
  file: number;
  table: TableName;
  /**
   * The Parquet file of every record that could be divided, in the folder: the fields of `fed`, `extra`, `problem`, `zoned`,
   * `rounded`, `cells`; and `line` when it is `numbered`, else its rows stand in the order of the file and none is missing.
   */
  rows: string;
  numbered: boolean;
  fed: readonly string[];
  /** The Parquet file of raw.rejects without `batch_id`; null when there are none. */
  rejects: string | null;
  /** The Parquet file of raw.quarantine without `batch_id` and `mended_in`; null when it would be empty. */
  quarantine: string | null;
  /**
   * Records of this list as the other reader counted them; those of them that stand in `rows` and are not of another list;
   * lines that others have taken in.
   */
  counted: number;
  stored: number;
  folded: number;
  /** Records that were not taken; those of them that only a rule leaves out. */
  rejected: number;
  leftOut: number;
  /** The first rejects, for showing; long records are cut. */
  first: readonly Reject[];
  /** Records that had money of more than two decimals. */
  rounded: number;
  /** SHA-256 of the file, hexadecimal. */
  hash: string;
  /** Field → header as JSON. */
  mapping: string;
  /**
   * The headers of the file; what was said about this list of it, and with how its columns turned out to be written; by
   * whom it was said, and whether that is news.
   */
  headers: readonly string[];
  said: ListPlan;
  plan: ListPlan;
  decidedBy: Lists['by'];
  isNews: boolean;
  /** How the file was read: a Reading as JSON. */
  reading: string;
};

/**
 * How far the reading of a file is. `opening`: it is turned into a plain list, where it is none; `reading`: the records of
 * that are read. Records and bytes so far, and the bytes that there are.
 */
export type StageProgress = {
  kind: 'opening' | 'reading';
  file: number;
  records: number;
  bytes: number;
  of: number;
};

/** A file to be looked at before it is imported, and what was chosen so far about how it is read. */
export type InspectTask = {
  /** Where everything is unpacked; exists and is empty. */
  folder: string;
  source: { name: string; path: string };
  choice?: ReadingChoice | undefined;
};

/** What reads the files that people hand in. Whoever asks removes the task's folder. */
export type Reader = {
  /**
   * Reads files into the task's folder. `tell` may throw to stop; the signal stops at once.
   * Throws Refusal (see `src/lib/errors/codes.ts`, files; query_cancelled).
   */
  stage(
    task: StageTask,
    tell: (progress: StageProgress) => void,
    signal?: AbortSignal,
  ): Promise<StagedList[]>;
  /** Looks at a file. Throws Refusal as `stage` does. */
  inspect(
    task: InspectTask,
    tell: (progress: StageProgress) => void,
    signal?: AbortSignal,
  ): Promise<Inspection>;
};
