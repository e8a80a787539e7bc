import { inOneLine, visible } from '#lib/exports/visible.ts';
import type { Seen } from '#lib/server/import/drafts/draft.ts';
import type { Reject } from '#lib/server/import/stage/task.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** A record of the file with what is wrong in it, each problem in its place; `whole` are those of the whole record. */
export type RecordView = {
  line: string;
  cells: { text: string; problem: string | null }[];
  whole: string | null;
};

/** A problem of a record that is not shown. */
export type ProblemView = { line: string; column: string | null; reason: string; raw: string };

/** The first records, and problems further on. */
export type RecordsView = {
  headers: string[];
  records: RecordView[];
  further: ProblemView[];
};

const FIRST = 5;
const MOST = 10;
const FURTHER = 5;
const LONGEST_CELL = 60;
const LONGEST_RAW = 160;

/** The first records of a file, those of them with problems, and what is wrong further on. */
export function recordsView(
  locale: Locale,
  { inspection: { head }, check }: Seen,
  columns: number,
): RecordsView {
  const lists = check.kind === 'read' ? check.lists : [];
  const rejects = lists.flatMap(({ first }) => first);
  const wrong = new Set(rejects.map(({ line }) => line));
  const shown = head.sample
    .map((cells, at) => ({ cells, line: at + 1 }))
    .filter(({ line }) => line <= FIRST || wrong.has(line))
    .slice(0, MOST);
  const lines = new Set(shown.map(({ line }) => line));
  return {
    headers: head.headers.slice(0, columns).map(visible),
    records: shown.map(({ cells, line }) => {
      const own = rejects.filter((reject) => reject.line === line);
      return {
        line: count(locale, line),
        cells: head.headers.slice(0, columns).map((header, at) => ({
          text: cut(visible(inOneLine(cells[at] ?? '')), LONGEST_CELL),
          problem: reasonsOf(
            locale,
            own.filter(({ column }) => column === header && head.headers.indexOf(header) === at),
          ),
        })),
        whole: reasonsOf(
          locale,
          own.filter(({ column }) => column === null || !head.headers.includes(column)),
        ),
      };
    }),
    further: rejects
      .filter(({ line }) => !lines.has(line))
      .slice(0, FURTHER)
      .map(({ line, column, reason, raw }) => ({
        line: count(locale, line),
        column: column === null ? null : visible(column),
        reason: word(locale, `reject.${reason}`),
        raw: cut(visible(raw), LONGEST_RAW),
      })),
  };
}

function reasonsOf(locale: Locale, rejects: readonly Reject[]): string | null {
  const reasons = [...new Set(rejects.map(({ reason }) => word(locale, `reject.${reason}`)))];
  return reasons.length === 0 ? null : reasons.join(locale === 'en' ? ', ' : '，');
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);
