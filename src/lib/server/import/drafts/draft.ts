import type { Refusal } from '#lib/errors/refusal.ts';
import type { ListPlan, Plan } from '#lib/exports/plan.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import { understands } from '#lib/exports/rule.ts';
import { fieldsOf, isTableName } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Inspection } from '../reading/inspect.ts';
import type { StagedFile } from '../staging.ts';
import type { Aside, FilePart } from './parts.ts';
import type { Reject } from '../stage/task.ts';
import type { Emptied } from '../emptied.ts';
import type { Outcome } from './outcome.ts';
import { isSame } from '#lib/exports/same.ts';

/** Files that were handed in and are being looked at; nothing of them is in the warehouse. */
export type Draft = {
  id: string;
  since: Date;
  files: DraftFile[];
  /** What stands in the archives and workbooks among them and is not imported. */
  aside: Aside[];
  /** The import of it that runs. */
  job: string | null;
};

export type DraftFile = StagedFile & {
  /** Its name in the draft's forms. */
  id: string;
  /** Which list of an archive or a workbook it is; null where it is a file of its own. */
  part: FilePart | null;
  /** What a person chose about how it is read, as it was looked at last. */
  choice: ReadingChoice;
  look: Look;
  /** What a person has agreed that standing records lose, by list: field → how many of them. */
  agreed: Agreed;
  /** How far it is being looked at anew; null when it is not. */
  going: Going | null;
};

export type Agreed = Readonly<Partial<Record<TableName, Readonly<Record<string, number>>>>>;

/** What is known of a file: nothing yet, why it cannot be read, or what stands in it and what it is taken for. */
export type Look = { kind: 'unseen' } | { kind: 'refused'; refusal: Refusal } | Seen;

/** `opening`: it is unpacked and gone through, `reading`: its records are read; `share` of the bytes, 0 … 1, where known. */
export type Going = { kind: 'waiting' | 'opening' | 'reading'; records: number; share: number | null };

export type Seen = Decision & { kind: 'seen'; inspection: Inspection; check: Check };

/** What a file is taken for. */
export type Decision = {
  lists: ListPlan[];
  /** Columns that may be the seller or the store, and nobody has said which. */
  asked: number[];
  /** Whether it was decided for an earlier file of its kind. */
  isRemembered: boolean;
  /** Headers that are gone or new since then. */
  changed: { gone: readonly string[]; fresh: readonly string[] } | null;
  /** The lists that can be taken without a question, before anybody has said anything; null where there are none. */
  proposed: readonly ListPlan[] | null;
};

/** What reading it by that decision gives: nothing as long as the decision is open. */
export type Check =
  | { kind: 'open' }
  | { kind: 'refused'; refusal: Refusal }
  /** `isWhole`: every record was read, not only the first ones. */
  | { kind: 'read'; isWhole: boolean; lists: CheckedList[] };

export type CheckedList = {
  table: TableName;
  /** Records of this list; those that only a rule leaves out, those that cannot come in, and lines folded into others. */
  counted: number;
  leftOut: number;
  wrong: number;
  folded: number;
  outcome: Outcome;
  losses: Losses;
  first: readonly Reject[];
  /** Texts that no value of a field's choices is known for, in their order. */
  unknown: { field: string; texts: string[] }[];
};

/**
 * What records that stand would lose, because the file has no column for it: exactly, or at most, where not all of its
 * records were read.
 */
export type Losses = { isAtMost: boolean; fields: readonly Loss[] };

/** A field that records lose, and the keys of some of them where they are known. */
export type Loss = Emptied & { keys: readonly string[] };

/** Required fields of a list that neither a column nor a constant fills. */
export function missingFields({ table, columns, constants = {} }: ListPlan): string[] {
  if (!isTableName(table)) return [];
  return fieldsOf(table)
    .filter(({ name, required }) => required && columns[name] === undefined && constants[name] === undefined)
    .map(({ name }) => name);
}

/** Whether it is said of a file what it is taken for, so that it can be read. */
export function isDecided({ lists, asked }: Pick<Decision, 'lists' | 'asked'>): boolean {
  return lists.length > 0 && asked.length === 0 && lists.every(isWhole);
}

const isWhole = (list: ListPlan): boolean =>
  missingFields(list).length === 0 && (list.only ?? []).every(understands);

/** Whether a file can be imported as it stands: at least one of its records must come in, and nothing is lost unasked. */
export function isReady({ look, agreed, going }: DraftFile): boolean {
  if (going !== null || look.kind !== 'seen' || look.check.kind !== 'read') return false;
  const { lists } = look.check;
  return (
    lists.some(({ outcome }) => outcome.records > 0) &&
    lists.every(({ table, losses }) => isAgreed(agreed[table], losses.fields))
  );
}

/** Whether somebody has agreed that as many records lose these fields. */
export function isAgreed(agreed: Agreed[TableName], losses: readonly Emptied[]): boolean {
  return losses.every(({ field, records }) => records <= (agreed?.[field] ?? 0));
}

/** What a decision rests on where nobody has chosen otherwise than was proposed. */
export function proposedBy({ lists, proposed, isRemembered }: Decision): 'memory' | 'headers' | undefined {
  if (proposed === null || !isSame(lists, proposed)) return undefined;
  return isRemembered ? 'memory' : 'headers';
}

/** How a file that was looked at is to be imported. */
export function planOf(choice: ReadingChoice, { lists }: Seen): Plan {
  return { ...(Object.keys(choice).length === 0 ? {} : { reading: choice }), lists };
}

/** How many records a file has; null where not all of them were read. */
export function recordsOf({ look }: DraftFile): number | null {
  if (look.kind !== 'seen' || look.check.kind !== 'read' || !look.check.isWhole) return null;
  return Math.max(...look.check.lists.map(({ counted }) => counted));
}
