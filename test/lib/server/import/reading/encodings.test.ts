import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { counter } from './handed.ts';
import { encoded } from './encoders.ts';

const { hand, close } = counter();
afterAll(close);

const hans =
  '客资编号,创建时间,渠道,门店\nL1,2026-01-02 10:00,美团,解放碑店\nL2,2026-01-03 11:30,小红书,观音桥店\n';
const hant =
  '名單編號,建立時間,通路,分店\nL1,2026-01-02 10:00,臉書,信義店\nL2,2026-01-03 11:30,網路口碑,板橋店\n';
const west =
  'lead_id,created_at,channel,city\nL1,2026-01-02,Café,München\nL2,2026-01-03,Señor – “ads”,São Paulo\n';

describe('the encoding of a list is found', () => {
  it.each([
    ['utf-8', hans, ''],
    ['utf-8', hans, '\ufeff'],
    ['utf-16le', hans, '\ufeff'],
    ['utf-16le', hans, ''],
    ['utf-16be', hant, '\ufeff'],
    ['utf-16be', west, ''],
    ['gb18030', hans, ''],
    ['big5', hant, ''],
    ['windows-1252', west, ''],
    ['latin1', west.replace(/[–“”]/g, '-'), ''],
  ] as const)('%s, and its text comes out as it was written', async (encoding, text, mark) => {
    const { reading, text: read } = await hand(encoded(mark + text, encoding));
    expect(reading).toMatchObject({ encoding, format: 'delimited', packed: 'none' });
    expect(read).toBe(text);
  });

  it.each([
    ['gb18030', 'lead_id,created_at,name\nL1,2026-01-02,小红\n'],
    ['gb18030', 'lead_id,created_at,name\nL1,2026-01-02,张伟\nL2,2026-01-02,欧阳娜娜\n'],
    ['big5', 'lead_id,created_at,name\nL1,2026-01-02,小紅\nL2,2026-01-02,陳怡君\n'],
    ['windows-1252', 'lead_id,created_at,name\nL1,2026-01-02,André\n'],
    ['windows-1252', 'lead_id,created_at,name\nL1,2026-01-02,Jürgen Groß\nL2,2026-01-02,£5 – off\n'],
  ] as const)('%s from very few characters among English headers', async (encoding, text) => {
    const { reading, text: read } = await hand(encoded(text, encoding));
    expect(read).toBe(text);
    if (encoding !== 'windows-1252') expect(reading.encoding).toBe(encoding);
  });

  it('from a name that comes only after a megabyte of plain letters', async () => {
    const many = Array.from({ length: 40_000 }, (_, at) => `L${at},2026-01-01,${'x'.repeat(20)}\n`).join('');
    const text = `lead_id,created_at,name\n${many}L9,2026-01-02,王小红\n`;
    const { reading, text: read } = await hand(encoded(text, 'gb18030'));
    expect(reading.encoding).toBe('gb18030');
    expect(read === text).toBe(true);
  });

  it.each(['gb18030', 'big5', 'windows-1252', 'utf-16be'] as const)(
    '%s in a file of several pieces that end within characters',
    async (encoding) => {
      const start = { gb18030: hans, big5: hant, 'windows-1252': west, 'utf-16be': hans }[encoding];
      const text = start + start.split('\n').slice(1).join('\n').repeat(30_000);
      const { reading, text: read } = await hand(encoded(text, encoding));
      expect(reading.encoding).toBe(encoding);
      expect(read === text).toBe(true);
    },
  );

  it('from inside a gzip file', async () => {
    const { reading, text } = await hand(gzipSync(encoded(hans, 'gb18030')), { name: 'list.csv.gz' });
    expect(reading).toMatchObject({ encoding: 'gb18030', packed: 'gzip' });
    expect(text).toBe(hans);
  });

  it('unless a person chose another', async () => {
    const chosen = await hand(encoded(west, 'windows-1252'), { choice: { encoding: 'gb18030' } }).catch(
      (error: unknown) => error,
    );
    expect(chosen).not.toMatchObject({ text: west });
    const { reading } = await hand(encoded(west, 'windows-1252'), { choice: { encoding: 'latin1' } });
    expect(reading.encoding).toBe('latin1');
  });
});

describe('text that is damaged', () => {
  it('in one spot of UTF-8 is refused with the row, not garbled as another encoding', async () => {
    const bytes = Buffer.concat([
      Buffer.from(hans),
      Buffer.from([0xe5, 0x8c, 0x2c]),
      Buffer.from('\nL3,x,y,z\n'),
    ]);
    const refusal = { code: 'undecodable', params: { encoding: 'utf-8', row: 4 } };
    await expect(hand(bytes)).rejects.toMatchObject(refusal);
    await expect(hand(bytes, { choice: { encoding: 'utf-8' } })).rejects.toMatchObject(refusal);
  });

  it('far behind its start is refused with the row as well', async () => {
    const many = `L1,2026-01-01,${'小'.repeat(20)}\n`.repeat(40_000);
    const bytes = Buffer.concat([
      Buffer.from(`lead_id,created_at,name\n${many}L2,x,`),
      Buffer.from([0xff, 10]),
    ]);
    await expect(hand(bytes)).rejects.toMatchObject({
      code: 'undecodable',
      params: { encoding: 'utf-8', row: 40_002 },
    });
  });
});

describe('zeros are no text', () => {
  it.each([
    ['in the middle of UTF-8', Buffer.from('lead_id,created_at\nL1,2026\u0000-01-02\n')],
    ['behind a byte-order mark', Buffer.from('\ufefflead_id,created_at\nL1,2026\u0000-01-02\n')],
    ['as characters of UTF-16', encoded('\ufefflead_id,created_at\nL1,2026\u0000-01-02\n', 'utf-16le')],
    ['far behind the start', Buffer.from(`lead_id,created_at\n${'L1,2026-01-02\n'.repeat(90_000)}\u0000`)],
  ])('and are refused %s', async (_, content) => {
    await expect(hand(content)).rejects.toMatchObject({ code: 'not_text' });
    await expect(hand(content, { choice: { encoding: 'utf-8' } })).rejects.toMatchObject({
      code: expect.stringMatching('not_text|undecodable') as unknown,
    });
  });

  it('and are left out of JSON, which can write them', async () => {
    const { records, head } = await hand('[{"lead\\u0000_id":"L\\u00001"}]');
    expect([records, head.headers]).toEqual([[['lead_id'], ['L1']], ['lead_id']]);
  });
});
