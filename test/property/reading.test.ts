import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Encoding } from '#lib/exports/reading.ts';
import { readPlain } from '#lib/server/import/reading/read-plain.ts';
import { countRecords } from '#lib/server/import/records.ts';
import { texts } from '#lib/server/import/stage/typed-rows.ts';
import { openEngine } from '#lib/server/warehouse/engine.ts';
import type { Engine } from '#lib/server/warehouse/engine.ts';
import { encoded, isWritable } from '../lib/server/import/reading/encoders.ts';
import { zip } from '../lib/server/import/reading/zip.ts';
import { runs } from './runs.ts';

let engine: Engine;
const folder = mkdtempSync(join(tmpdir(), 'seven-steps-dialects-'));
beforeAll(async () => {
  engine = await openEngine({ temporary: join(folder, 'memory') });
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

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

const files = fc.constantFrom(...places).chain((place) =>
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
type Written = typeof files extends fc.Arbitrary<infer T> ? T : never;

const isBlank = (text: string): boolean => /^[\s\u00a0]*$/.test(text);

/** The records of a file: a key and a day, then whatever people type. Texts of blanks alone are empty. */
function recordsOf({ cells, width, encoding }: Written): string[][] {
  return cells.map((row, at) => {
    const typed = row.slice(0, width - 2).map((pieces) => {
      const text = pieces.join('').replace(/^[\s\u00a0]+|[\s\u00a0]+$/g, '');
      return isWritable(text, encoding) ? text : 'x';
    });
    return [`L${at + 1}`, '2026-01-02', ...typed];
  });
}

function contentOf(file: Written, records: readonly string[][]): Buffer {
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

let round = 0;
async function readTwice(content: Buffer) {
  const name = `${(round += 1)}.csv`;
  const path = join(folder, name);
  writeFileSync(path, content);
  const list = await readPlain({ name, path }, undefined, folder, { engine });
  const rows = await engine.query<Record<string, string | null>>(
    `select * from ${texts(list.path, list.head)}`,
  );
  const { records } = await countRecords(list.path, name, list.head);
  const cells = rows.map((row) => list.head.headers.map((_, at) => row[`t${at}`] ?? ''));
  return { ...list, cells, counted: records, bytes: readFileSync(list.path) };
}

describe('a list that any program wrote', () => {
  test('is read as it was written, by DuckDB and by the reader that counts', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (file) => {
        const records = recordsOf(file);
        const { cells, counted, head, reading } = await readTwice(contentOf(file, records));
        expect(head.headers).toEqual(file.place.headers.slice(0, file.width));
        expect(cells).toEqual(records.map((row) => row.map((cell) => (isBlank(cell) ? '' : cell))));
        expect(counted).toBe(records.length);
        expect(reading.footer).toBe(file.after.length);
        expect(reading.header).toEqual({ first: file.before.length, rows: 1 });
      }),
      runs(220, 5000),
    );
  });

  test('whatever is done to its bytes afterwards, both readers agree on what is left, or it is refused in words', async () => {
    const damage = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        kind: fc.constantFrom('cut', 'flip', 'insert', 'zero'),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(files, damage, async (file, faults) => {
        let content = contentOf(file, recordsOf(file));
        for (const { at, kind } of faults) content = damaged(content, Math.floor(at * content.length), kind);
        try {
          const { cells, counted } = await readTwice(content);
          expect(cells.length).toBeLessThanOrEqual(counted);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          expect(error.code).not.toBe('internal');
        }
      }),
      runs(150, 5000),
    );
  });
});

function damaged(content: Buffer, at: number, kind: string): Buffer {
  if (kind === 'cut') return content.subarray(0, at);
  if (kind === 'insert')
    return Buffer.concat([content.subarray(0, at), Buffer.from('"\n,"'), content.subarray(at)]);
  const copy = Buffer.from(content);
  if (at < copy.length) copy[at] = kind === 'zero' ? 0 : (copy[at] ?? 0) ^ 0x55;
  return copy;
}
