import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '#lib/server/import/reading/limits.ts';
import { readPlain } from '#lib/server/import/reading/read-plain.ts';
import { countRecords } from '#lib/server/import/records.ts';
import { counter } from './handed.ts';

const { folder, hand, close } = counter();
afterAll(close);

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error: { code?: string }) => error.code,
  );
const read = (path: string) => codeOf(readPlain({ name: 'list.csv', path }, undefined, folder));

describe('what is no list at all is refused in words', () => {
  it('a folder, a device, a pipe, nothing there', async () => {
    mkdirSync(join(folder, 'inside'));
    expect(await read(join(folder, 'inside'))).toBe('file_unreadable');
    expect(await read('/dev/zero')).toBe('file_unreadable');
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await read(join(folder, 'pipe'))).toBe('file_unreadable');
    expect(await read(join(folder, 'missing.csv'))).toBe('file_not_found');
  });

  // Root may open everything.
  if (process.getuid?.() !== 0)
    it('a file that may not be opened', async () => {
      const path = join(folder, 'secret.csv');
      writeFileSync(path, 'lead_id\nL1\n');
      chmodSync(path, 0);
      expect(await read(path)).toBe('file_unreadable');
    });

  it.each([
    ['nothing', '', 'empty_file'],
    ['a byte-order mark alone', '\ufeff', 'empty_file'],
    ['blanks and empty lines', ' \n\n  \r\n', 'empty_file'],
    ['delimiters alone', ',,,\n,,,\n', 'empty_file'],
    ['headers alone', 'lead_id,created_at\n', 'header_only'],
    ['headers and a sum', 'lead_id,created_at\n合计,\n', 'header_only'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'unread_format'],
    ['a PDF', '%PDF-1.7\n', 'unread_format'],
    ['a web page named .xls', '<html><table><tr><td>1</td></tr></table>', 'unread_format'],
    ['an XML sheet', '<?xml version="1.0"?><Workbook/>', 'unread_format'],
    ['bytes of a program', '\x7fELF\x02\x01\x01\x00\x00\x00', 'not_text'],
    ['control characters', '\x01\x02\x03\x04\n\x05\x06\x07', 'not_text'],
  ])('%s', async (_, content, code) => {
    expect(await codeOf(hand(content))).toBe(code);
  });
});

describe('what has no end is refused before it fills the memory', () => {
  const narrow = { limits: { ...limits, record: 1 << 20 } };
  const start = 'lead_id,created_at\nL1,2026-01-02\n';
  /** A list that is taken as it lies is gone through by the reader that counts. */
  const counted = async (content: string | Buffer) => {
    const { path, head } = await hand(content, { watch: narrow });
    return countRecords(path, 'list.csv', head);
  };

  it.each([
    ['a line', 'x'.repeat(3 << 20), 'record_too_long'],
    ['a line behind good ones', `${start}${'x'.repeat(3 << 20)}\n`, 'record_too_long'],
    ['a quotation mark', `${start}L2,"${'x\n'.repeat(5 << 20)}`, 'unclosed_quote'],
    ['nothing but quotation marks', '"'.repeat((3 << 20) + 1), 'unclosed_quote'],
    ['headers', 'a,'.repeat(3000), 'too_many_columns'],
    ['a first line of columns without end', `${'column;'.repeat(600_000)}\n1;2\n`, 'too_many_columns'],
    ['a JSON record', `[{"a":"${'x'.repeat(3 << 20)}"}]`, 'record_too_long'],
  ])('%s', async (_, content, code) => {
    expect(await codeOf(counted(content))).toBe(code);
    const wide = Buffer.from(`\ufeff${content}`, 'utf16le');
    expect(await codeOf(counted(wide))).toBe(code);
  });
});

describe('whoever waits for a file', () => {
  it('may stop it at any piece, and nothing stays behind', async () => {
    const stop = new AbortController();
    const content = Buffer.from(`lead_id,created_at\n${'L1,2026-01-02\n'.repeat(300_000)}`, 'utf16le');
    const onBytes = (bytes: number) => {
      if (bytes > 3 << 20) stop.abort();
    };
    const name = 'stopped.csv';
    const work = hand(content, {
      name,
      choice: { encoding: 'utf-16le' },
      watch: { signal: stop.signal, onBytes },
    });
    expect(await codeOf(work)).toBe('query_cancelled');
    expect(readdirSync(folder).filter((one) => one.startsWith('reading-'))).toEqual([]);
  });
});
