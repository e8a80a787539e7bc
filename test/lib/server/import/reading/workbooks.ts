import writeXlsxFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import { zip } from './zip.ts';

/** A workbook of sheets by their names. */
export async function workbook(sheets: Record<string, SheetData>): Promise<Buffer> {
  const book = writeXlsxFile(Object.entries(sheets).map(([sheet, data]) => ({ sheet, data })));
  return book.toBuffer();
}

/** A workbook of lists, of which the sheet is the first; the others it does not show. */
export function withHidden(sheet: string, hidden: Record<string, string>): Buffer {
  const names = Object.keys(hidden);
  const states = ['hidden', 'veryHidden'];
  const others = names.map(
    (name, at) => `<sheet name="${name}" sheetId="${at + 2}" state="${states[at % 2]}" r:id="r${at + 2}"/>`,
  );
  const relations = ['s', ...names.map((_, at) => `s${at + 2}`)].map(
    (part, at) =>
      `<Relationship Id="r${at + 1}" Type="http://x/worksheet" Target="/xl/worksheets/${part}.xml"/>`,
  );
  return raw(sheet, {
    'xl/workbook.xml': `<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/>${others.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/s${at + 2}.xml`,
        `<worksheet><sheetData>${hidden[name]}</sheetData></worksheet>`,
      ]),
    ),
  });
}

/** A row of texts, as programs write it. */
export const inline = (...texts: string[]) =>
  `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;

/** A workbook of one sheet written by hand, as other programs write them. */
export function raw(sheet: string, parts: Record<string, string> = {}): Buffer {
  const all = {
    'xl/workbook.xml': '<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="/xl/worksheets/s.xml"/></Relationships>',
    'xl/worksheets/s.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...parts,
  };
  return zip(Object.entries(all).map(([name, content]) => ({ name, content })));
}
