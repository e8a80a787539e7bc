import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { decidedBy } from '../../src/cli/import-decisions.ts';
import { codeOf } from '../lib/server/import/bring.ts';
import { workbook } from '../lib/server/import/reading/workbooks.ts';
import { zip } from '../lib/server/import/reading/zip.ts';
import { sevensteps } from './command-line.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-options-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const decided = (...options: string[]) => decidedBy(readArguments(['import', 'a.csv', ...options]));

describe('the options of import', () => {
  it('say nothing where none is given', async () => {
    expect(await decided('--dry-run')).toBeUndefined();
  });

  it('say what the columns mean and how the file is read', async () => {
    expect(
      await decided(
        ...['--map', 'order_id=InvoiceNo,amount=Price*Pieces', '--map', 'package=Name, long'],
        ...['--sum', 'amount', '--key', 'order_id', '--only', 'Pieces>0', '--only', 'InvoiceNo starts_not C'],
        ...['--constant', 'store=解放碑', '--value', 'status:是=active', '--value', 'status:否='],
        ...['--dates', 'dmy', '--dates', 'cancelled_at=ymd', '--decimal', 'amount=,'],
        ...[
          '--encoding',
          'GB18030',
          '--delimiter',
          'tab',
          '--header',
          '4-5',
          '--sheet',
          '订单',
          '--member',
          'a.csv',
        ],
      ),
    ).toEqual({
      reading: {
        encoding: 'gb18030',
        delimiter: '\t',
        header: { first: 3, rows: 2 },
        sheet: '订单',
        member: 'a.csv',
      },
      lists: [
        {
          table: 'orders',
          columns: { order_id: 'InvoiceNo', amount: 'Price*Pieces', package: 'Name, long' },
          others: 'by_header',
          constants: { store: '解放碑' },
          values: { status: { 是: 'active', 否: '' } },
          styles: { '*': { order: 'dmy' }, cancelled_at: { order: 'ymd' }, amount: { decimal: ',' } },
          sum: ['amount'],
          only: ['Pieces>0', 'InvoiceNo starts_not C'],
        },
      ],
    });
  });

  it.each([
    ['--map lead_id', 'bad_map'],
    ['--constant store=', 'bad_map'],
    ['--value outcome=yes', 'bad_map'],
    ['--dates dym', 'bad_choice'],
    ['--decimal ;', 'bad_choice'],
    ['--encoding klingon', 'bad_choice'],
    ['--delimiter x', 'bad_choice'],
    ['--header 5-4', 'bad_choice'],
    ['--header 0', 'bad_choice'],
    ['--sum amount --key order', 'bad_choice'],
    ['--key order_id', 'usage'],
    ['--mapping a.json --table leads', 'usage'],
    ['--mapping not-there.json', 'file_not_found'],
  ])('%s is refused', async (options, code) => {
    expect(await codeOf(decided(...options.split(' ')))).toBe(code);
  });
});

describe('a mapping on the command line', () => {
  it('is listed, shown, used from its file elsewhere, put in and forgotten', async () => {
    const here = join(folder, 'here');
    const there = join(folder, 'there');
    const october = write('till-10.csv', 'who,when\nL1,2026-10-01\n');
    const november = write('till-11.csv', 'who,when\nL2,2026-11-01\n');
    const said = ['--table', 'leads', '--map', 'lead_id=who,created_at=when'];
    expect((await sevensteps(here, ['import', october, ...said])).code).toBe(0);
    const list = await sevensteps(here, ['mappings', '--json']);
    expect(JSON.parse(list.out)).toMatchObject([{ source: 'till-#.csv' }]);
    const { out } = await sevensteps(here, ['mapping', 'till-#.csv']);
    expect(JSON.parse(out)).toEqual({
      headers: ['who', 'when'],
      lists: [{ table: 'leads', columns: { lead_id: 'who', created_at: 'when' } }],
    });
    const file = write('till.json', out);
    const imported = await sevensteps(there, ['import', november, '--mapping', file, '--json']);
    expect(JSON.parse(imported.out)).toMatchObject([{ table: 'leads', loaded: 1 }]);
    expect((await sevensteps(there, ['mapping', 'till-#.csv', '--forget'])).code).toBe(0);
    expect((await sevensteps(there, ['import', october])).messages).toContain('who');
    expect((await sevensteps(there, ['mapping', 'till-#.csv', '--from', file])).code).toBe(0);
    const again = await sevensteps(there, ['import', october, '--json']);
    expect(JSON.parse(again.out)).toMatchObject([{ loaded: 1 }]);
  }, 60_000);

  it('that does not hold any more asks for a person, and says what has changed', async () => {
    const place = join(folder, 'changed');
    const before = write('desk.csv', 'who,when,note\nL1,2026-10-01,x\n');
    await sevensteps(place, ['import', before, '--table', 'leads', '--map', 'lead_id=who,created_at=when']);
    const now = write('desk.csv', 'who,when,shop\nL2,2026-10-01,x\n');
    const { code, out } = await sevensteps(place, ['import', now, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'layout_changed' } });
    expect(out).toContain('note');
    expect(out).toContain('shop');
  }, 30_000);

  it('is refused where the file holds none, and where nothing was decided', async () => {
    const place = join(folder, 'nothing');
    const file = write('none.json', '{"lists":[]}');
    expect((await sevensteps(place, ['import', file, '--mapping', file, '--json'])).out).toContain(
      'bad_mapping_file',
    );
    expect((await sevensteps(place, ['mapping', 'a.csv', '--json'])).out).toContain('unknown_mapping');
    expect((await sevensteps(place, ['mapping'])).code).toBe(2);
  }, 30_000);
});

it('help names every option of import in each language', async () => {
  for (const locale of ['en', 'zh-Hans', 'zh-Hant']) {
    const { out } = await sevensteps(join(folder, 'help'), ['import', '--help', '--lang', locale]);
    for (const option of [
      '--sum',
      '--key',
      '--only',
      '--constant',
      '--value',
      '--dates',
      '--decimal',
      '--sheet',
    ])
      expect(out).toMatch(new RegExp(`${option} .*\\S`));
  }
}, 30_000);

describe('a file that holds more than one list', () => {
  const leads = (id: string) => [
    ['lead_id', 'created_at'],
    [id, '2026-01-01'],
  ];

  it('is refused as long as nobody says which sheet is meant', async () => {
    const book = write('two.xlsx', await workbook({ 一月: leads('L1'), 二月: leads('L2') }));
    const data = join(folder, 'two');
    const { code, out } = await sevensteps(data, ['import', book, '--json']);
    expect([code, JSON.parse(out)]).toMatchObject([1, { error: { code: 'several_lists_inside' } }]);
    const chosen = await sevensteps(data, ['import', book, '--sheet', '二月', '--json']);
    expect(JSON.parse(chosen.out)).toMatchObject([{ table: 'leads', read: 1 }]);
  });

  it('comes in by its one list, and what was passed over is named beside the result', async () => {
    const data = join(folder, 'one');
    const archive = zip([
      { name: 'leads.csv', content: 'lead_id,created_at\nL1,2026-01-01\n' },
      { name: '..\\slip.csv', content: 'x' },
      { name: '.hidden.csv', content: 'x' },
    ]);
    const book = await workbook({ 一月: leads('L2'), 说明: [['共一条']] });
    const given = ['import', write('slip2.zip', archive), write('one.xlsx', book), '--json'];
    const { out, messages } = await sevensteps(data, given, { LANG: 'zh_CN.UTF-8', LC_ALL: '' });
    expect(JSON.parse(out)).toMatchObject([{ loaded: 1 }, { loaded: 1 }]);
    expect(messages).toContain(
      'slip2.zip 里没有导入：..\\slip.csv（路径指向压缩包外）、.hidden.csv（隐藏文件）。',
    );
    expect(messages).toContain('one.xlsx 里没有导入：工作表 说明（1 行）。');
  });
});
