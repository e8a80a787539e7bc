import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import { inspect } from '#lib/server/import/reading/inspect.ts';
import { encoded } from './encoders.ts';
import { workbook } from './workbooks.ts';
import { zip } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'seven-steps-inspect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function look(content: string | Buffer, choice?: ReadingChoice) {
  const path = join(folder, 'list.csv');
  writeFileSync(path, content);
  return inspect({ name: 'list.csv', path }, choice, folder);
}

const bank = '账单\n客资编号,创建时间\nL1,2026-01-02\nL2,2026-01-03\n合计,\n';

describe('looking at a file before it is imported', () => {
  it('shows how it would be read, its first lines as they stand, and which encodings could read it', async () => {
    const found = await look(gzipSync(encoded(bank, 'gb18030')));
    expect(found).toEqual({
      reading: {
        format: 'delimited',
        packed: 'gzip',
        member: null,
        members: [],
        sheet: null,
        sheets: [],
        beside: [],
        encoding: 'gb18030',
        delimiter: ',',
        header: { first: 1, rows: 1 },
        footer: 1,
      },
      head: {
        headers: ['客资编号', '创建时间'],
        sample: [
          ['L1', '2026-01-02'],
          ['L2', '2026-01-03'],
        ],
      },
      start: [['账单'], ['客资编号', '创建时间'], ['L1', '2026-01-02'], ['L2', '2026-01-03'], ['合计', '']],
      encodings: expect.arrayContaining(['gb18030', 'windows-1252', 'latin1']) as unknown,
      parts: [],
    });
    expect(found.encodings).not.toContain('utf-8');
  });

  it('shows what another choice would give', async () => {
    const { head, reading } = await look(bank, { header: { first: 2, rows: 1 } });
    expect([head.headers, reading.header]).toEqual([['L1', '2026-01-02'], { first: 2, rows: 1 }]);
  });

  it('shows the likeliest of several lists and names the others', async () => {
    const other = [
      ['order_id', 'ordered_at', 'amount'],
      ['O1', '2026-01-01', 5],
    ];
    const book = await workbook({
      说明: [['x']],
      客资: [
        ['客资编号', '创建时间'],
        ['L1', '2026-01-02'],
      ],
      订单: other,
    });
    expect((await look(book)).reading).toMatchObject({ sheet: '订单', sheets: ['说明', '客资', '订单'] });
    const archive = zip([
      { name: 'a.csv', content: bank },
      { name: 'b.xlsx', content: book },
    ]);
    expect((await look(archive)).reading).toMatchObject({ member: 'a.csv', members: ['a.csv', 'b.xlsx'] });
    expect((await look(archive, { member: 'b.xlsx' })).reading).toMatchObject({
      format: 'xlsx',
      sheet: '订单',
    });
  });

  it('leaves nothing behind', async () => {
    await look(gzipSync(bank));
    await look(gzipSync(bank).subarray(0, 30)).catch(() => undefined);
    expect(readdirSync(folder)).toEqual(['list.csv']);
  });
});
