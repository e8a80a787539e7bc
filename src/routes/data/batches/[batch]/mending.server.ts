import { visible } from '#lib/exports/visible.ts';
import type { MendedRecord } from '#lib/server/import/mend.ts';
import type { CellText, Quarantined } from '#lib/server/import/quarantine.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** A cell that can be mended: the field of the form that carries it, its lines, and what is wrong with it, if anything. */
export type CellView = { field: string; header: string; text: string; lines: number; reasons: string[] };

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
      lines: withPlainEnds(text ?? '').split('\n').length,
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
 * The records that a form brings mended: those in which at least one cell is another than it was, each with the cells that
 * nobody changed as they were. Forms send every line end as CR LF: that alone is no change. A record whose cells could not
 * be told apart is one as soon as it is ticked.
 */
export function mendedRecords(form: FormData, open: readonly Quarantined[]): MendedRecord[] {
  return open.flatMap(({ line, cells, divided }) => {
    const given = cells.map((cell, at) => mended(cell, textIn(form, fieldOf(line, at))));
    const isOther = given.some((text, at) => text !== cells[at]);
    const isTicked = !divided && form.has(`whole.${line}`);
    return isOther || isTicked ? [{ line, cells: given }] : [];
  });
}

const fieldOf = (line: number, at: number): string => `cell.${line}.${at}`;

function mended(cell: CellText, given: CellText | undefined): CellText {
  if (given === undefined) return cell;
  if (given === null || cell === null) return given;
  const text = withPlainEnds(given);
  return text === withPlainEnds(cell) ? cell : text;
}

const withPlainEnds = (text: string): string => text.replaceAll(/\r\n?/g, '\n');

/** The text of a field, null where it was emptied, undefined where the form does not have it. */
function textIn(form: FormData, field: string): CellText | undefined {
  const text = form.get(field);
  if (typeof text !== 'string') return undefined;
  return text.trim() === '' ? null : text;
}
