import type { Elements } from './xml.ts';

/** Which sheets a workbook has and which of them it does not show, where their parts lie in the archive, and how its days are counted. */
export type Book = {
  sheets: { name: string; relation: string; isHidden: boolean }[];
  /** Part by the id of its relation, and by the kind of what it holds. */
  parts: Map<string, string>;
  kinds: Map<string, string>;
  /** Days are counted from 1904 instead of 1900. */
  from1904: boolean;
};

export const emptyBook = (): Book => ({ sheets: [], parts: new Map(), kinds: new Map(), from1904: false });

/** Reads `xl/workbook.xml` into a book. */
export const bookElements = (book: Book): Elements => ({
  open: (name, attribute) => {
    if (name === 'workbookPr') book.from1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
    if (name === 'sheet')
      book.sheets.push({
        name: attribute('name') ?? '',
        relation: attribute('r:id') ?? '',
        isHidden: (attribute('state') ?? 'visible') !== 'visible',
      });
  },
});

/** Reads `xl/_rels/workbook.xml.rels` into a book. */
export const relationElements = (book: Book): Elements => ({
  open: (name, attribute) => {
    if (name !== 'Relationship') return;
    const target = attribute('Target') ?? '';
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
    const kind = (attribute('Type') ?? '').split('/').at(-1) ?? '';
    book.kinds.set(kind, part);
    if (kind === 'worksheet') book.parts.set(attribute('Id') ?? '', part);
  },
});

/** Reads the texts that cells share; what only tells how they are pronounced is left out. */
export function sharedElements(shared: string[]): Elements {
  let text: string | null = null;
  let inText = false;
  let inSound = false;
  return {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 't') inText = true;
      if (name === 'rPh') inSound = true;
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'rPh') inSound = false;
      if (name !== 'si') return;
      shared.push(text ?? '');
      text = null;
    },
    text: (piece) => {
      if (inText && !inSound && text !== null) text += piece;
    },
  };
}

const FIRST_OWN_FORMAT = 164;

/** Reads the styles of cells: for each by its number whether it shows a number as a date or a time. */
export function styleElements(isDate: boolean[]): Elements {
  const own = new Map<number, string>();
  let inCells = false;
  return {
    open: (name, attribute) => {
      if (name === 'numFmt') own.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(attribute('numFmtId') ?? 0);
      const code = own.get(id);
      isDate.push(code === undefined && id < FIRST_OWN_FORMAT ? isDateFormat(id) : isDateCode(code ?? ''));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  };
}

/** Formats that every workbook knows by number: dates and times, and those of East Asia. */
const isDateFormat = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** What a spreadsheet takes of a format. */
const LONGEST_FORMAT = 255;

/** A format with a letter of a date outside its quoted texts, escaped characters and colours. */
const isDateCode = (code: string): boolean =>
  /[ymdhs]/i.test(
    code.slice(0, LONGEST_FORMAT).replace(/"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|general/gi, ''),
  );
