import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Encoding } from '#lib/exports/reading.ts';
import { encoded, isWritable } from '../lib/server/import/reading/encoders.ts';
import { zip } from '../lib/server/import/reading/zip.ts';

/** Where a shop is decides its words and the encodings that its programs write. */
const places = [
  {
    encodings: ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'],
    headers: ['客资编号', '创建时间', '渠道', '门店', '备注'],
    words: ['小红', '解放碑店', '重庆', '“好”', '客户说：下周再来', '￥4664', 'A套餐（含底片）'],
    before: ['十一月客资明细', '导出人：王丽', '门店：解放碑店', '##########'],
    after: [
      '合计：12 笔',
      '注：以上数据由系统自动生成，仅供参考。',
      '导出时间：2026-11-09 09:00',
      '共 12 条',
    ],
  },
  {
    encodings: ['utf-8', 'utf-16le', 'utf-16be', 'big5'],
    headers: ['名單編號', '建立時間', '通路', '分店', '備註'],
    words: ['小紅', '信義店', '臺北', '「好」', '客戶說：下週再來', 'A方案（含底片）'],
    before: ['十一月名單明細', '門市：信義店'],
    after: ['合計：12 筆', '註：僅供參考。', '共 12 筆'],
  },
  {
    encodings: ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'latin1'],
    headers: ['lead_id', 'created_at', 'channel', 'store', 'remark'],
    words: ['Café', 'München', 'São Paulo', 'naïve', '5 × 7', 'plain', 'señor'],
    before: ['Report of the week', 'Studio: Müller'],
    after: ['Total: 12', 'Printed on 2026-11-09', 'Note: for information only'],
  },
] as const;

const nasty = [
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  ',',
  ';',
  '\t',
  '|',
  "'",
  '\\',
  '#',
  '-',
  '=',
  ' ',
  '0',
  '<',
  '\u00a0',
];

/** Files as programs of shops write them, with whatever people type and whatever stands around the table. */
export const dialects = fc.constantFrom(...places).chain((place) =>
  fc.record({
    place: fc.constant(place),
    encoding: fc.constantFrom<Encoding>(...place.encodings),
    marked: fc.boolean(),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    end: fc.constantFrom('\n', '\r\n', '\r', 'mixed'),
    quotes: fc.constantFrom('all', 'needed'),
    width: fc.integer({ min: 2, max: place.headers.length }),
    cells: fc.array(
      fc.array(
        fc.array(fc.oneof(fc.constantFrom(...place.words), fc.constantFrom(...nasty)), { maxLength: 4 }),
        {
          minLength: 4,
          maxLength: 4,
        },
      ),
      { minLength: 1, maxLength: 12 },
    ),
    before: fc.array(fc.constantFrom(...place.before), { maxLength: 3 }),
    after: fc.array(fc.constantFrom(...place.after), { maxLength: 3 }),
    padded: fc.boolean(),
    blanks: fc.array(fc.nat({ max: 12 }), { maxLength: 2 }),
    closed: fc.boolean(),
    packed: fc.constantFrom('none', 'gzip', 'zip'),
  }),
);
export type Dialect = typeof dialects extends fc.Arbitrary<infer T> ? T : never;

/** Whether nothing stands in a text. */
export const isBlank = (text: string): boolean => /^[\s\u00a0]*$/.test(text);

/** The records of a file: a key and a day, then whatever people type. Texts of blanks alone are empty. */
export function recordsOf({ cells, width, encoding }: Dialect): string[][] {
  return cells.map((row, at) => {
    const typed = row.slice(0, width - 2).map((pieces) => {
      const text = pieces.join('').replace(/^[\s\u00a0]+|[\s\u00a0]+$/g, '');
      return isWritable(text, encoding) ? text : 'x';
    });
    return [`L${at + 1}`, '2026-01-02', ...typed];
  });
}

/** The bytes of a file of such records. */
export function contentOf(file: Dialect, records: readonly string[][]): Buffer {
  const { place, encoding, marked, delimiter, quotes, width, end, packed, blanks, closed, padded } = file;
  const quoted = (cell: string) =>
    quotes === 'all' || cell.includes(delimiter) || /["\r\n]/.test(cell)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  const line = (row: readonly string[]) => row.map(quoted).join(delimiter);
  const beside = (text: string) => {
    const cell = quoted(text);
    return padded ? cell + delimiter.repeat(width - 1) : cell;
  };
  const lines = [...file.before.map(beside), line(place.headers.slice(0, width)), ...records.map(line)];
  for (const at of blanks) lines.splice(Math.min(at, lines.length), 0, '');
  lines.push(...file.after.map(beside));
  const ends = ['\n', '\r\n', '\r'];
  const endOf = (at: number) => (end === 'mixed' ? (ends[at % 3] ?? '\n') : end);
  const text = lines.map((one, at) => one + (at < lines.length - 1 || closed ? endOf(at) : '')).join('');
  const isUnicode = encoding.startsWith('utf');
  const bytes = encoded(isUnicode && marked ? `\ufeff${text}` : text, encoding);
  if (packed === 'gzip') return gzipSync(bytes);
  return packed === 'zip' ? zip([{ name: 'list.csv', content: bytes }]) : bytes;
}

/** Up to four faults, each at a place between 0 (the beginning) and 1 (the end) of a file. */
export const faults = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom('cut', 'flip', 'insert', 'zero'),
  }),
  { minLength: 1, maxLength: 4 },
);

/** A file's bytes with faults in them. */
export function damaged(content: Buffer, wrong: readonly { at: number; kind: string }[]): Buffer {
  return wrong.reduce(
    (bytes, { at, kind }) => damagedOnce(bytes, Math.floor(at * bytes.length), kind),
    content,
  );
}

function damagedOnce(content: Buffer, at: number, kind: string): Buffer {
  if (kind === 'cut') return content.subarray(0, at);
  if (kind === 'insert')
    return Buffer.concat([content.subarray(0, at), Buffer.from('"\n,"'), content.subarray(at)]);
  const copy = Buffer.from(content);
  if (at < copy.length) copy[at] = kind === 'zero' ? 0 : (copy[at] ?? 0) ^ 0x55;
  return copy;
}
