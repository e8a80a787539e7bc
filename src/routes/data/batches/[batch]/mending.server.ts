import { visible } from '#lib/exports/visible.ts';
import type { MendedRecord } from '#lib/server/import/mend.ts';
import type { CellText, Quarantined } from '#lib/server/import/quarantine.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** A cell that can be mended: the field of the form that carries it, and what is wrong with it, if anything. */
export type CellView = { field: string; header: string; text: string; reasons: string[] };

/** A rejected record on the page: its wrong cells first, the others behind them. */
export type OpenView = {
  line: number;
  number: string;
  /** What is wrong with the record as a whole. */
  reasons: string[];
  wrong: CellView[];
  others: CellView[];
  /** The text in the file, where its cells could not be told apart. */
  raw: string | null;
};

/** A rejected record with its cells, for whoever may see the list itself. */
export function openView(locale: Locale, headers: readonly string[], record: Quarantined): OpenView {
  const { line, cells, divided, raw, problems } = record;
  const reason = (name: string) => word(locale, `reject.${name}`);
  const views = cells.map((text, at): CellView => {
    const own = problems.filter(({ column }) => column === at);
    return {
      field: fieldOf(line, at),
      header: visible(headers[at] ?? ''),
      text: text ?? '',
      reasons: own.map((problem) => reason(problem.reason)),
    };
  });
  const isWrong = ({ reasons }: CellView) => !divided || reasons.length > 0;
  return {
    line,
    number: count(locale, line),
    reasons: problems.filter(({ column }) => column === null).map((problem) => reason(problem.reason)),
    wrong: views.filter(isWrong),
    others: views.filter((view) => !isWrong(view)),
    raw: divided ? null : visible(raw),
  };
}

/**
 * The records that a form brings mended: those in which at least one cell is another than it was. A record whose cells could
 * not be told apart is one as soon as it is ticked.
 */
export function mendedRecords(form: FormData, open: readonly Quarantined[]): MendedRecord[] {
  return open.flatMap(({ line, cells, divided }) => {
    const given = cells.map((cell, at) => textIn(form, fieldOf(line, at)) ?? cell);
    const isOther = given.some((text, at) => text !== cells[at]);
    const isTicked = !divided && form.has(`whole.${line}`);
    return isOther || isTicked ? [{ line, cells: given }] : [];
  });
}

const fieldOf = (line: number, at: number): string => `cell.${line}.${at}`;

/** The text of a field, null where it was emptied, undefined where the form does not have it. */
function textIn(form: FormData, field: string): CellText | undefined {
  const text = form.get(field);
  if (typeof text !== 'string') return undefined;
  return text.trim() === '' ? null : text;
}
