import writeXlsxFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import { zip } from './zip.ts';

/** A workbook of sheets by their names. */
export async function workbook(sheets: Record<string, SheetData>): Promise<Buffer> {
  const book = writeXlsxFile(Object.entries(sheets).map(([sheet, data]) => ({ sheet, data })));
  return book.toBuffer();
}

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
