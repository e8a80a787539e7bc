import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRecords } from '#lib/server/import/records.ts';
import { texts } from '#lib/server/import/stage/typed-rows.ts';
import { openEngine } from '#lib/server/warehouse/engine.ts';
import type { Engine } from '#lib/server/warehouse/engine.ts';
import { counter } from './handed.ts';

const { folder, hand, close } = counter();
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ temporary: join(folder, 'memory') });
});
afterAll(() => {
  engine.close();
  close();
});

/** A file's headers, its records as DuckDB reads them from the plain list, and how many the other reader counts. */
async function readTwice(content: string | Buffer) {
  const { path, head } = await hand(content);
  const rows = await engine.query<Record<string, string | null>>(`select * from ${texts(path, head)}`);
  const { records } = await countRecords(path, 'list.csv', head);
  const cells = rows.map((row) => head.headers.map((_, at) => row[`t${at}`] ?? ''));
  return { headers: head.headers, cells, counted: records };
}

/** Where the corpus says something else than its own file: the telephone number was changed in one of the two only. */
const CORRECTIONS: Record<string, object> = {
  location_coordinates: { 'Contact Phone Number': '2095257564' },
};

describe('csv-spectrum', () => {
  const samples = dirname(createRequire(import.meta.url).resolve('csv-spectrum'));
  const names = readdirSync(join(samples, 'csvs')).map((name) => basename(name, '.csv'));

  it('is here', () => expect(names.length).toBeGreaterThan(10));

  it.each(names)('%s is read as it says', async (name) => {
    const { headers, cells, counted } = await readTwice(readFileSync(join(samples, 'csvs', `${name}.csv`)));
    const says = JSON.parse(readFileSync(join(samples, 'json', `${name}.json`), 'utf8')) as object;
    const wanted = [says].flat().map((record) => ({ ...record, ...CORRECTIONS[name] }));
    expect(cells.map((row) => Object.fromEntries(row.map((cell, at) => [headers[at], cell])))).toEqual(
      wanted,
    );
    expect(counted).toBe(wanted.length);
  });
});

describe('RFC 4180', () => {
  it.each([
    ['2.1: a line break behind each record', 'a,b\r\n1,2\r\n', [['1', '2']]],
    ['2.2: none behind the last one', 'a,b\r\n1,2', [['1', '2']]],
    ['2.4: spaces belong to fields, and surround them here as nothing', 'a,b\r\n1 x, 2\r\n', [['1 x', '2']]],
    [
      '2.5: fields with or without quotation marks',
      'a,b\r\n"1",2\r\n3,"4"\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['2.6: line breaks and commas inside', 'a,b\r\n"1\r\n1","2,2"\r\n', [['1\r\n1', '2,2']]],
    ['2.7: doubled quotation marks', 'a,b\r\n"1""1","""2"""\r\n', [['1"1', '"2"']]],
    [
      'empty fields',
      'a,b,c\r\n,,\r\n1,,3\r\n"",x,""\r\n',
      [
        ['', '', ''],
        ['1', '', '3'],
        ['', 'x', ''],
      ],
    ],
    ['a quotation mark within a plain field', 'a,b\r\n1,5" x 7"\r\n', [['1', '5" x 7"']]],
    ['one column', 'a\r\n1\r\n\r\n3\r\n', [['1'], [''], ['3']]],
  ])('%s', async (_, text, wanted) => {
    const { cells, counted } = await readTwice(text);
    expect(cells).toEqual(wanted);
    expect(counted).toBe(wanted.length);
  });
});
