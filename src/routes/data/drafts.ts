import { Refusal } from '#lib/errors/refusal.ts';
import { HEAD_BYTES, headOf } from '#lib/exports/head.ts';
import type { Plan } from '#lib/exports/plan.ts';
import { proposeFields, proposeTable } from '#lib/exports/propose.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Locale } from '#lib/words/locale.ts';

/** What a column is taken for: a field's name, or one of these. */
export const KEPT = '';
export const ASK = '?';

/** Why a file cannot be previewed. */
export type Bad = { code: 'not_utf8' | 'empty_file' | 'header_only' | 'unreadable'; row: number };

/** A file that was dropped and is being looked at: nothing of it has left the browser. */
export type Draft = {
  readonly id: string;
  readonly file: File;
  readonly bad: Bad | null;
  readonly headers: readonly string[];
  readonly records: readonly (readonly string[])[];
  /** Null until somebody says which list it is. */
  readonly table: TableName | null;
  /** For each column of the file what it is taken for. */
  readonly taken: readonly string[];
  /** For each column the field that it looks like although another column was taken for it. */
  readonly rivals: readonly (string | null)[];
};

type Stores = ReadonlySet<string>;

const empty = { bad: null, headers: [], records: [], table: null, taken: [], rivals: [] } as const;

/** Reads the beginning of a file and proposes what it is. */
export async function openDraft(id: string, file: File, stores: Stores): Promise<Draft> {
  try {
    const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const { headers, sample } = headOf(file.name, bytes, file.size <= HEAD_BYTES);
    const draft: Draft = { ...empty, id, file, headers, records: sample };
    const table = proposeTable(headers);
    return table === null ? withoutTable(draft) : withTable(draft, table, stores);
  } catch (error) {
    return { ...empty, id, file, bad: badOf(error) };
  }
}

/** The same file taken for another list, its columns proposed anew. */
export function withTable(draft: Draft, table: TableName | null, stores: Stores): Draft {
  if (table === null) return withoutTable(draft);
  const proposed = proposeFields(table, draft.headers, draft.records, stores);
  return {
    ...draft,
    table,
    taken: proposed.map((one) => (one.kind === 'field' ? one.field : one.kind === 'ask' ? ASK : KEPT)),
    rivals: proposed.map((one) => (one.kind === 'rival' ? one.field : null)),
  };
}

/** The same with one column taken for something else; whichever column was taken for that field is kept as it is. */
export function withColumn(draft: Draft, column: number, choice: string): Draft {
  const isField = choice !== KEPT && choice !== ASK;
  return {
    ...draft,
    taken: draft.taken.map((other, at) =>
      at === column ? choice : isField && other === choice ? KEPT : other,
    ),
  };
}

/** Required fields that no column is taken for yet. */
export function missingFields({ table, taken }: Draft): string[] {
  if (table === null) return [];
  return fieldsOf(table)
    .filter((field) => field.required && !taken.includes(field.name))
    .map((field) => field.name);
}

/** Whether a file can be imported as it stands. */
export function isReady(draft: Draft): boolean {
  return (
    draft.bad === null &&
    draft.table !== null &&
    !draft.taken.includes(ASK) &&
    missingFields(draft).length === 0
  );
}

/** What is sent along with the file. */
export function planOf({ table, taken }: Draft): Plan | null {
  if (table === null) return null;
  const columns = taken.flatMap((field, at) => (field === KEPT || field === ASK ? [] : [[field, at]]));
  return { lists: [{ table, columns: Object.fromEntries(columns) as Record<string, number> }] };
}

export type FieldOption = { name: string; label: string; required: boolean };

/** The fields that a column of a list may be taken for, under their first header in the reader's language. */
export function fieldOptions(locale: Locale, table: TableName): FieldOption[] {
  return fieldsOf(table).map(({ name, required, synonyms }) => ({
    name,
    label: synonyms[locale][0] ?? name,
    required,
  }));
}

function withoutTable(draft: Draft): Draft {
  return {
    ...draft,
    table: null,
    taken: draft.headers.map(() => KEPT),
    rivals: draft.headers.map(() => null),
  };
}

function badOf(error: unknown): Bad {
  if (!(error instanceof Refusal)) return { code: 'unreadable', row: 0 };
  const row = Number(error.params['row'] ?? 0);
  const { code } = error;
  return {
    code: code === 'not_utf8' || code === 'empty_file' || code === 'header_only' ? code : 'unreadable',
    row,
  };
}
