import writeXlsxFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';

/** A workbook of sheets by their names. */
export async function workbook(sheets: Record<string, SheetData>): Promise<Buffer> {
  const book = writeXlsxFile(Object.entries(sheets).map(([sheet, data]) => ({ sheet, data })));
  return book.toBuffer();
}
