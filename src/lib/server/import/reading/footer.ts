type Row = readonly string[];

const TOTAL =
  /^(?:合\s*计|合\s*計|总\s*计|總\s*計|小计|小計|总额|總額|共计|共計|汇总|匯總|(?:grand |sub-?)?totals?|sum)\s*(?:[:：（(\d¥￥].*)?$/i;
const REMARK =
  /^(?:[#*]|-{3,}|={3,}|—{2,}|_{3,}|~{3,}|[注註]\s*[:：]|(?:备注|備註|说明|說明|提示|声明|聲明)\s*[:：]|(?:共|总共|總共)\s*\d|(?:notes?|remarks?|disclaimer)\s*:|(?:导出|導出|匯出|打印|列印|制表|製表|生成)(?:时间|時間|日期|人|人员|人員)?\s*[:：]|(?:printed|generated|exported|created) (?:on|at|by)\b|(?:row count|records?|rows?)\s*:|第\s*\d+\s*[页頁]|page \d|\d+ rows?\b)/i;

/** What programs of the eighties put behind a text. */
const END_OF_FILE = '\u001a';
/** A label before a colon, as in lines that say who printed a list. */
const LABEL = /^\p{L}[\p{L}\s]{0,30}[:：]/u;
/** Punctuation of sentences, or three words: no value that stands alone in a record. */
const SENTENCE = /[，。：；、！？]|\S\s+\S+\s+\S/u;

const filledCells = (row: Row): string[] => row.map((cell) => cell.trim()).filter((cell) => cell !== '');

/** A line of sums: a word for it in the first filled cell, and cells that a record would have filled are empty. */
function isTotal(row: Row): boolean {
  const cells = filledCells(row);
  return TOTAL.test(cells[0] ?? '') && (cells.length < row.length || row.length === 1);
}

function isRemark(row: Row, width: number): boolean {
  const cells = filledCells(row);
  if (cells.length === 1 && cells[0] === END_OF_FILE) return true;
  if (width === 1 || cells.length > 2 || (cells.length === row.length && row.length === width)) return false;
  return REMARK.test(cells[0] ?? '') || (row.length !== width && LABEL.test(cells[0] ?? ''));
}

/**
 * How many of the last lines of a file are no records of its table: sums, remarks, and what follows an empty line and
 * is hardly filled. Lines without any cell are empty lines of the file and are not counted. What merely has too few
 * columns stays a record: it may be one that was cut off.
 */
export function footerOf(lines: readonly Row[], width: number): number {
  const lastRecord = lines.findLastIndex((row) => !isLoose(row, width));
  const rest = lines.slice(lastRecord + 1);
  const opens = rest.findIndex(
    (row) => filledCells(row).length === 0 || isTotal(row) || isRemark(row, width),
  );
  return opens === -1 ? 0 : rest.slice(opens).filter((row) => row.length > 0).length;
}

/** Whether a line may stand behind a table. */
function isLoose(row: Row, width: number): boolean {
  const cells = filledCells(row);
  if (cells.length === 0) return width > 1;
  if (isTotal(row) || isRemark(row, width)) return true;
  return width > 2 && cells.length === 1 && SENTENCE.test(cells[0] ?? '');
}
