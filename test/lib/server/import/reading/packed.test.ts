import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '#lib/server/import/reading/limits.ts';
import { counter } from './handed.ts';
import { encoded } from './encoders.ts';
import { zip } from './zip.ts';

const { hand, close } = counter();
afterAll(close);

const list = 'lead_id,created_at\nL1,2026-01-02\n';
const refusal = (content: Buffer, given: Parameters<typeof hand>[1] = {}) =>
  hand(content, given).then(
    () => ({ code: 'read' }),
    (error: { code: string; params: object }) => error,
  );

describe('an archive', () => {
  it('gives its one list, whatever else lies in it', async () => {
    const { reading, text } = await hand(
      zip([
        { name: 'folder/', content: '' },
        { name: '__MACOSX/._list.csv', content: 'x' },
        { name: 'readme.pdf', content: '%PDF' },
        { name: encoded('客资.csv', 'gb18030'), content: list },
      ]),
    );
    expect(reading).toMatchObject({ packed: 'zip', member: '客资.csv', members: ['客资.csv'] });
    expect(text).toBe(list);
  });

  it('names what it passes over, but not what systems leave in archives', async () => {
    const { reading, text } = await hand(
      zip([
        { name: 'folder/', content: '' },
        { name: '__MACOSX/._list.csv', content: 'x' },
        { name: 'a/.DS_Store', content: 'x' },
        { name: '..\\..\\slip.csv', content: 'x' },
        { name: '../slip.csv', content: 'x' },
        { name: 'C:\\slip.csv', content: 'x' },
        { name: 'a/.hidden.csv', content: 'x' },
        { name: 'a/contract.pdf', content: '%PDF' },
        { name: 'none.csv', content: '' },
        { name: 'notes', content: 'x' },
        { name: 'a/list.csv', content: list },
      ]),
    );
    expect(reading.beside.map(({ name, is }) => [name, is])).toEqual([
      ['..\\..\\slip.csv', 'unsafe'],
      ['../slip.csv', 'unsafe'],
      ['C:\\slip.csv', 'unsafe'],
      ['a/.hidden.csv', 'hidden'],
      ['a/contract.pdf', 'document'],
      ['none.csv', 'empty'],
      ['notes', 'other'],
    ]);
    expect(text).toBe(list);
  });

  it('may hold two files of one name: each can be chosen', async () => {
    const archive = zip([
      { name: 'a.csv', content: list },
      { name: 'a.csv', content: list.replace('L1', 'L2') },
    ]);
    expect(await refusal(archive)).toMatchObject({ params: { parts: 'a.csv, a (2).csv' } });
    expect((await hand(archive, { choice: { member: 'a (2).csv' } })).text).toContain('L2');
  });

  it('with nothing but what is passed over is refused, and the reason names it', async () => {
    const archive = zip([{ name: '../slip.csv', content: list }]);
    expect(await refusal(archive)).toMatchObject({ code: 'packed_empty', cause: '../slip.csv (unsafe)' });
  });

  it('asks where it holds several lists, and gives the one that was chosen', async () => {
    const archive = zip([
      { name: 'a.csv', content: list },
      { name: 'b.csv', content: 'order_id,ordered_at,amount\nO1,2026-01-01,1\n' },
    ]);
    expect(await refusal(archive)).toMatchObject({
      code: 'several_lists_inside',
      params: { parts: 'a.csv, b.csv', option: '--member' },
    });
    const chosen = await hand(archive, { choice: { member: 'b.csv' } });
    expect(chosen.reading).toMatchObject({ member: 'b.csv', members: ['a.csv', 'b.csv'] });
    expect(await refusal(archive, { choice: { member: 'c.csv' } })).toMatchObject({ code: 'unknown_part' });
  });

  it.each([
    ['is empty', zip([]), 'packed_empty'],
    ['holds nothing like a list', zip([{ name: 'a.pdf', content: 'x' }]), 'packed_empty'],
    [
      'holds an archive',
      zip([{ name: 'a.zip', content: zip([{ name: 'a.csv', content: list }]) }]),
      'packed_twice',
    ],
    ['is locked', zip([{ name: 'a.csv', content: list, encrypted: true }]), 'packed_locked'],
    ['is cut off', zip([{ name: 'a.csv', content: list }]).subarray(0, 60), 'file_damaged'],
    ['says less than it holds', zip([{ name: 'a.csv', content: list.repeat(9), says: 5 }]), 'file_damaged'],
    ['is a document', zip([{ name: 'word/document.xml', content: 'x' }]), 'unread_format'],
    [
      'holds too many files',
      zip(Array.from({ length: 9 }, (_, at) => ({ name: `${at}.csv`, content: list }))),
      'packed_too_large',
    ],
    ['is a bomb', zip([{ name: 'a.csv', content: Buffer.alloc(1 << 20, 'a') }]), 'packed_too_large'],
  ])('that %s is refused', async (_, archive, code) => {
    const narrow = { ...limits, members: 8, trusted: 1 << 16, ratio: 100 };
    expect((await refusal(archive, { watch: { limits: narrow } })).code).toBe(code);
  });

  it('that lies about a bomb is refused as soon as more comes out than it says', async () => {
    const archive = zip([{ name: 'a.csv', content: Buffer.alloc(8 << 20, 'a'), says: 1000 }]);
    expect((await refusal(archive)).code).toBe('file_damaged');
  });
});

describe('a gzip file', () => {
  it.each([
    ['is cut off', gzipSync(list.repeat(1000)).subarray(0, 40), 'file_damaged'],
    [
      'is damaged inside',
      Buffer.from(gzipSync(list).map((byte, at) => (at === 20 ? byte ^ 255 : byte))),
      'file_damaged',
    ],
    ['holds a gzip file', gzipSync(gzipSync(list)), 'packed_twice'],
    ['holds nothing', gzipSync(''), 'empty_file'],
    ['is a bomb', gzipSync(Buffer.alloc(1 << 20, 'a')), 'packed_too_large'],
  ])('that %s is refused', async (_, content, code) => {
    const narrow = { ...limits, trusted: 1 << 16, ratio: 100 };
    expect((await refusal(content, { watch: { limits: narrow } })).code).toBe(code);
  });

  it('is unpacked no further than allowed, however little it grows', async () => {
    const watch = { limits: { ...limits, unpacked: 1000 } };
    expect((await refusal(gzipSync(list.repeat(100)), { watch })).code).toBe('packed_too_large');
  });
});
