import { Refusal } from '#lib/errors/refusal.ts';

/** What the first bytes of a file say it is; text of any kind has no such sign. */
export type Kind = 'gzip' | 'zip' | 'parquet' | 'arrow' | 'text';

const signs = [
  { kind: 'gzip', starts: ['\x1f\x8b'] },
  { kind: 'zip', starts: ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'] },
  { kind: 'parquet', starts: ['PAR1'] },
  { kind: 'arrow', starts: ['\xff\xff\xff\xff', 'ARROW1'] },
] as const;

/** Formats that people take for lists and that are not read, by their names. */
const unread: readonly { format: string; starts: readonly string[] }[] = [
  { format: 'Excel 97–2003 (.xls)', starts: ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', '\x09\x08'] },
  { format: 'PDF', starts: ['%PDF-'] },
  { format: 'RAR', starts: ['Rar!'] },
  { format: '7-Zip', starts: ['7z\xbc\xaf\x27\x1c'] },
  { format: 'bzip2', starts: ['BZh'] },
  { format: 'XZ', starts: ['\xfd7zXZ'] },
  { format: 'Zstandard', starts: ['\x28\xb5\x2f\xfd'] },
  { format: 'PNG', starts: ['\x89PNG'] },
  { format: 'JPEG', starts: ['\xff\xd8\xff'] },
  { format: 'GIF', starts: ['GIF8'] },
  { format: 'SQLite', starts: ['SQLite format 3'] },
  { format: 'RTF', starts: ['{\\rtf'] },
];

const PAGE = /^(?:\ufeff|\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|meta|style|\?xml)/i;

/** The kind of a file by its first bytes. Throws Refusal unread_format. */
export function kindOf(file: string, start: Buffer): Kind {
  const text = start.toString('latin1', 0, 512);
  const found = signs.find(({ starts }) => starts.some((sign) => text.startsWith(sign)));
  if (found !== undefined) return found.kind;
  const known = unread.find(({ starts }) => starts.some((sign) => text.startsWith(sign)));
  if (known !== undefined) throw new Refusal('unread_format', { file, format: known.format });
  if (PAGE.test(text)) throw new Refusal('unread_format', { file, format: 'HTML / XML' });
  return 'text';
}
