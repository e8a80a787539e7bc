import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import type { Plan } from '#lib/exports/plan.ts';
import type { ImportOptions, Progress } from '#lib/server/import/import-files.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const bring = async (content: string | Uint8Array, options?: ImportOptions, name = 'list.csv') => {
  const { summaries, rejects } = await importFiles(studio.app, [studio.file(name, content)], options);
  return { ...summaries[0], rejects: rejects[0] ?? [] };
};
const rows = (sql: string) => studio.app.warehouse.query(sql);
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );

describe('what becomes of a record', () => {
  it('is counted exactly once: loaded, replaced, unchanged, superseded or rejected', async () => {
    await bring('lead_id,created_at,channel\nL1,2026-01-01,a\nL2,2026-01-02,b\n');
    const { rejects, ...summary } = await bring(
      'lead_id,created_at,channel\nL1,2026-01-01,a\nL2,2026-01-02,c\nL3,2026-01-03,x\nL3,2026-01-03,y\nL4,soon,z\n',
    );
    expect(summary).toEqual({
      file: 'list.csv',
      table: 'leads',
      batch: 2,
      read: 5,
      loaded: 1,
      replaced: 1,
      unchanged: 1,
      superseded: 1,
      rejected: 1,
    });
    expect(rejects).toEqual([{ line: 5, column: 'created_at', reason: 'instant', raw: 'L4,soon,z' }]);
    expect(await rows('select lead_id, channel, batch_id, line from exports.leads order by 1')).toEqual([
      { lead_id: 'L1', channel: 'a', batch_id: 1, line: 1 },
      { lead_id: 'L2', channel: 'c', batch_id: 2, line: 2 },
      { lead_id: 'L3', channel: 'y', batch_id: 2, line: 4 },
    ]);
  });

  it('is known by its number and its text when it was rejected, across quoted line ends and empty lines', async () => {
    const { rejected, rejects } = await bring(
      'lead_id,created_at,channel\r\n\r\nL1,2026-01-01,"two\r\nlines"\r\nL2\r\n\r\n,2026-01-02,"a ""b"""\r\nL4,2026-02-30,c,d,e\r\nL5,2026-02-30,"x\r\ny"\r\nL6,2026-01-03,ok',
    );
    expect(rejected).toBe(4);
    expect(rejects).toEqual([
      { line: 2, column: null, reason: 'too_few_columns', raw: 'L2' },
      { line: 3, column: 'lead_id', reason: 'required', raw: ',2026-01-02,"a ""b"""' },
      { line: 4, column: null, reason: 'too_many_columns', raw: 'L4,2026-02-30,c,d,e' },
      { line: 5, column: 'created_at', reason: 'instant', raw: 'L5,2026-02-30,"x\r\ny"' },
    ]);
    expect(await rows('select lead_id, line from exports.leads order by line')).toEqual([
      { lead_id: 'L1', line: 1 },
      { lead_id: 'L6', line: 6 },
    ]);
    expect(await rows('select line, column_name, reason, raw_text from raw.rejects order by line')).toEqual(
      rejects.map(({ line, column, reason, raw }) => ({ line, column_name: column, reason, raw_text: raw })),
    );
  });

  it('is rejected once with each of its problems named', async () => {
    const { rejected, rejects } = await bring(
      'order_id,ordered_at,amount,status,cancelled_at\n,yesterday,much,perhaps,never\n',
    );
    expect(rejected).toBe(1);
    expect(rejects.map(({ column, reason }) => `${column}:${reason}`)).toEqual([
      'order_id:required',
      'ordered_at:instant',
      'amount:money',
      'status:choice',
      'cancelled_at:instant',
    ]);
  });

  it('supersedes an accepted record only when it is accepted itself', async () => {
    const summary = await bring('lead_id,created_at\nL1,2026-01-01\nL1,never\n');
    expect(summary).toMatchObject({ read: 2, loaded: 1, superseded: 0, rejected: 1 });
  });

  it('keeps the day it was first seen while nothing in it changes', async () => {
    await bring('order_id,ordered_at,amount,status\nO1,2026-01-01,100,cancelled\n');
    const later = { ...studio.app, clock: () => new Date('2026-11-27T02:00:00Z') };
    await importFiles(later, [
      studio.file('again.csv', 'order_id,ordered_at,amount,status\nO1,2026-01-01,100.00,已取消\n'),
    ]);
    expect(await rows('select imported_on, batch_id from exports.orders')).toEqual([
      { imported_on: '2026-11-20', batch_id: 1 },
    ]);
  });
});

describe('values', () => {
  it('are read from ISO dates and times, moved to the firm’s wall clock where they carry an offset', async () => {
    const texts = [
      '2026-03-08',
      '2026-03-08 10:30:00',
      '2026-03-08T10:30:00.25',
      '2026-03-08T02:30:00Z',
      '2026-03-08 03:30:00+01:00',
      '2026-03-07T23:30:00-0300',
      '2026-03-08 10:30',
      '2026-03-08T10:30+08',
      '2026-03-08 02:30:00.000 UTC',
      '2026/3/8 10:30',
    ];
    await bring(`lead_id,created_at\n${texts.map((text, at) => `L${at},${text}`).join('\n')}\n`);
    expect(
      (await rows('select created_at from exports.leads order by line')).map((row) => row['created_at']),
    ).toEqual([
      '2026-03-08T00:00:00',
      '2026-03-08T10:30:00',
      '2026-03-08T10:30:00.250000',
      '2026-03-08T10:30:00',
      '2026-03-08T10:30:00',
      '2026-03-08T10:30:00',
      '2026-03-08T10:30:00',
      '2026-03-08T10:30:00',
      '2026-03-08T10:30:00',
      '2026-03-08T10:30:00',
    ]);
  });

  it('are no dates when they are words, impossible days or years nobody means', async () => {
    const texts = [
      'infinity',
      'epoch',
      '2026-02-29',
      '0001-01-01',
      '9999-12-31',
      '08/03/2026',
      '46089',
      '2026-03-08 25:00:00',
    ];
    expect(
      await bring(`lead_id,created_at\n${texts.map((text, at) => `L${at},${text}`).join('\n')}\n`),
    ).toMatchObject({ rejected: texts.length, loaded: 0 });
  });

  it('are exact where they are money: no floating point, half a cent rounded away from zero', async () => {
    const texts = ['0.1', '1.005', '2.675', '-1.005', '999999999999.99', '123456789012.45', '.5', '7.'];
    await bring(
      `order_id,ordered_at,amount\n${texts.map((text, at) => `O${at},2026-01-01,${text}`).join('\n')}\n`,
    );
    expect(
      (await rows('select amount from exports.orders order by line')).map((row) => row['amount']),
    ).toEqual(['0.10', '1.01', '2.68', '-1.01', '999999999999.99', '123456789012.45', '0.50', '7.00']);
  });

  it('are no money from a million millions on: sums of them could not be shown to the cent', async () => {
    const { rejects } = await bring(
      'order_id,ordered_at,amount\nO1,2026-01-01,1000000000000\nO2,2026-01-01,-1000000000000.00\nO3,2026-01-01,999999999999.99\n',
    );
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'money'],
      [2, 'money'],
    ]);
  });

  it('are whole numbers only when they are', async () => {
    const { rejects } = await bring(
      'visit_id,visited_at,minutes\nV1,2026-01-01,45\nV2,2026-01-01,45.0\nV3,2026-01-01,45.5\nV4,2026-01-01,1e3\n',
    );
    expect(rejects.map((reject) => reject.line)).toEqual([3, 4]);
    expect(
      (await rows('select minutes from exports.visits order by line')).map((row) => row['minutes']),
    ).toEqual([45, 45]);
  });

  it('are chosen from a list in any of its spellings, and empty ones take the default', async () => {
    await bring(
      '进店编号,进店时间,进店类型,结果\nV1,2026-01-01,选片,预订\nV2,2026-01-01,Consult,NO SALE\nV3,2026-01-01,,no_sale\n',
    );
    expect(await rows('select purpose, outcome from exports.visits order by line')).toEqual([
      { purpose: 'viewing', outcome: 'booked' },
      { purpose: 'consult', outcome: 'no_sale' },
      { purpose: 'consult', outcome: 'no_sale' },
    ]);
    await bring('upsell_id,sold_at,amount,order_id\nU1,2026-01-01,10,O1\n');
    expect(await rows('select outcome from exports.upsells')).toEqual([{ outcome: 'sold' }]);
  });

  it('lose surrounding blanks of every width, and nothing else', async () => {
    await bring(
      'lead_id,created_at,channel,store\n L1 ,2026-01-01 ,　小红书　, a  b\t\nL2,2026-01-01,"  ",x\n',
    );
    expect(await rows('select lead_id, channel, store from exports.leads order by line')).toEqual([
      { lead_id: 'L1', channel: '小红书', store: 'a  b' },
      { lead_id: 'L2', channel: null, store: 'x' },
    ]);
  });

  it('of unknown columns are unchanged when the columns have changed places', async () => {
    await bring('lead_id,created_at,b,a\nL1,2026-01-01,2,1\n');
    expect(await bring('a,b,created_at,lead_id\n1,2,2026-01-01,L1\n')).toMatchObject({
      unchanged: 1,
      replaced: 0,
    });
  });

  it('of unknown columns are kept under their headers', async () => {
    await bring('lead_id,created_at,花色,Note,\nL1,2026-01-01,红,"say ""hi""",z\nL2,2026-01-01,,,\n');
    expect((await rows('select extra from exports.leads order by line')).map((row) => row['extra'])).toEqual([
      '{"Note":"say \\"hi\\"","column 5":"z","花色":"红"}',
      null,
    ]);
  });
});

describe('files', () => {
  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['bar', '|'],
  ])('may be divided by a %s', async (_, delimiter) => {
    const text = [
      ['lead_id', 'created_at', 'channel'],
      ['L1', '2026-01-01', '"a,;|b"'],
    ]
      .map((record) => record.join(delimiter))
      .join('\n');
    expect(await bring(text)).toMatchObject({ read: 1, loaded: 1 });
    expect(await rows('select channel from exports.leads')).toEqual([{ channel: 'a,;|b' }]);
  });

  it.each([
    ['line feeds', '\n'],
    ['carriage return and line feed', '\r\n'],
    ['bare carriage returns', '\r'],
  ])('may end lines with %s, behind a byte-order mark', async (_, end) => {
    expect(await bring(`\ufefflead_id,created_at${end}L1,2026-01-01${end}L2,x${end}`)).toMatchObject({
      read: 2,
      loaded: 1,
      rejected: 1,
    });
  });

  it('may mix line ends', async () => {
    expect(await bring('lead_id,created_at\r\nL1,2026-01-01\nL2,2026-01-01\r\nL3\n')).toMatchObject({
      read: 3,
      loaded: 2,
      rejected: 1,
    });
  });

  it('may have names that look like patterns', async () => {
    studio.file('leads1.csv', 'lead_id,created_at\nX1,2026-01-01\n');
    expect(await bring('lead_id,created_at\nL1,2026-01-01\n', {}, 'leads[1]*.csv')).toMatchObject({
      read: 1,
      loaded: 1,
    });
    expect(await rows('select lead_id from exports.leads')).toEqual([{ lead_id: 'L1' }]);
  });

  it('may hold inch marks and stray quotation marks inside values', async () => {
    expect(
      await bring(
        'lead_id,created_at,channel\nL1,2026-01-01,10" frame\nL2,2026-01-01,"a"b\nL3,2026-01-01,c\n',
      ),
    ).toMatchObject({ read: 3, loaded: 2, rejected: 1 });
  });

  it('of several stores decide by their values what 门市 means', async () => {
    await bring('员工编号,姓名\nE01,乐乐\nE02,王芳\n');
    await bring('客资编号,录入时间,门市\nL1,2026-01-01,乐乐\nL2,2026-01-01,E02\n');
    expect(await rows('select staff_id, store from exports.leads order by line')).toEqual([
      { staff_id: '乐乐', store: null },
      { staff_id: 'E02', store: null },
    ]);
    await bring('订单编号,下单时间,金额,门市\nO1,2026-01-01,1,中山店\n');
    expect(await rows('select staff_id, store from exports.orders')).toEqual([
      { staff_id: null, store: '中山店' },
    ]);
    expect(await codeOf(bring('客资编号,录入时间,门市\nL3,2026-01-01,A1\n'))).toBe('ambiguous_column');
    expect(
      await bring('客资编号,录入时间,门市\nL3,2026-01-01,A1\n', { map: { store: '门市' } }),
    ).toMatchObject({ loaded: 1 });
  });
});

describe('nothing is loaded halfway', () => {
  it.each([
    ['an empty file', '', 'empty_file'],
    ['blanks only', '\ufeff \n\n', 'empty_file'],
    ['a header only', 'lead_id,created_at\n', 'header_only'],
    ['no known column', 'colour,size\nred,XL\n', 'no_known_column'],
    [
      'two headers for one field',
      'lead_id,created_at,channel,source\nL1,2026-01-01,a,b\n',
      'two_headers_one_field',
    ],
    ['a missing required column', 'lead_id,channel\nL1,a\n', 'missing_required_column'],
    ['UTF-16', Buffer.from('\ufefflead_id,created_at\nL1,2026-01-01\n', 'utf16le'), 'not_utf8'],
    [
      'GB18030',
      Buffer.from([
        ...Buffer.from('lead_id,created_at,channel\nL1,2026-01-01,'),
        0xd0,
        0xa1,
        0xba,
        0xec,
        0x0a,
      ]),
      'not_utf8',
    ],
    [
      'a quotation mark that is never closed',
      'lead_id,created_at,channel\nL1,2026-01-01,"a\nL2,2026-01-01,b\n',
      'unclosed_quote',
    ],
  ])('from %s', async (_, content, code) => {
    expect(await codeOf(bring(content))).toBe(code);
    expect(await rows('select count(*) as n from raw.batches')).toEqual([{ n: 0 }]);
    expect(await rows('select count(*) as n from raw.leads')).toEqual([{ n: 0 }]);
  });

  it('from a good file when the one beside it is refused', async () => {
    const good = studio.file('good.csv', 'lead_id,created_at\nL1,2026-01-01\n');
    const bad = studio.file('bad.csv', 'colour\nred\n');
    expect(await codeOf(importFiles(studio.app, [good, bad]))).toBe('no_known_column');
    expect(await rows('select count(*) as n from exports.leads')).toEqual([{ n: 0 }]);
  });

  it('when it is stopped, whether while a file is read, while it is stored or while the models are built', async () => {
    const list = 'lead_id,created_at\nL1,2026-01-01\n';
    for (const phase of ['reading', 'storing', 'building'] as const) {
      const stop = new AbortController();
      const onProgress = (progress: Progress) => {
        if (progress.kind === phase) stop.abort();
      };
      expect(await codeOf(bring(list, { signal: stop.signal, onProgress })), phase).toBe('query_cancelled');
      expect(await rows('select count(*) as n from raw.leads')).toEqual([{ n: 0 }]);
      expect(await rows('select count(*) as n from raw.batches')).toEqual([{ n: 0 }]);
    }
    expect(await bring(list)).toMatchObject({ batch: 1, loaded: 1 });
  });

  it('when it was stopped before its turn came', async () => {
    const stop = new AbortController();
    stop.abort();
    const seen: Progress[] = [];
    const options = { signal: stop.signal, onProgress: (progress: Progress) => void seen.push(progress) };
    expect(await codeOf(bring('lead_id,created_at\nL1,2026-01-01\n', options))).toBe('query_cancelled');
    expect(seen).toEqual([]);
  });

  it('from a dry run, which tells what would have happened', async () => {
    const version = studio.app.warehouse.dataVersion();
    expect(await bring('lead_id,created_at\nL1,2026-01-01\n', { dryRun: true })).toMatchObject({
      batch: null,
      read: 1,
      loaded: 1,
    });
    expect(await rows('select count(*) as n from raw.leads')).toEqual([{ n: 0 }]);
    expect(studio.app.warehouse.dataVersion()).toBe(version);
  });

  it('far into a file: bytes that are not UTF-8 behind a megabyte', async () => {
    const many = Array.from({ length: 40_000 }, (_, at) => `L${at},2026-01-01,${'x'.repeat(20)}`).join('\n');
    const content = Buffer.concat([
      Buffer.from(`lead_id,created_at,channel\n${many}\nM1,2026-01-01,`),
      Buffer.from([0xff, 0x0a]),
    ]);
    const error = await importFiles(studio.app, [studio.file('long.csv', content)]).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ code: 'not_utf8', params: { row: 40_002 } });
  });
});

describe('whoever waits for an import', () => {
  it('is told how far each file has been read and that it is stored, then that the models are built', async () => {
    const one = studio.file('one.csv', 'lead_id,created_at\nL1,2026-01-01\n');
    const two = studio.file('two.csv', 'visit_id,visited_at,lead_id\nV1,2026-01-02,L1\n');
    const seen: Progress[] = [];
    await importFiles(studio.app, [one, two], { onProgress: (progress) => void seen.push(progress) });
    expect(seen.filter((progress, at) => JSON.stringify(progress) !== JSON.stringify(seen[at - 1]))).toEqual([
      { kind: 'reading', file: 0, bytes: 0 },
      { kind: 'reading', file: 0, bytes: 33 },
      { kind: 'storing', file: 0 },
      { kind: 'reading', file: 1, bytes: 0 },
      { kind: 'reading', file: 1, bytes: 45 },
      { kind: 'storing', file: 1 },
      { kind: 'building' },
    ]);
  });
});

describe('a plan', () => {
  const content = 'number,day,shop,who,note\nL1,2026-01-01,North,Ann,tall\n';
  const planned = (plan: Plan) => importFiles(studio.app, [{ ...studio.file('list.csv', content), plan }]);

  it('feeds the named fields by the place of their columns and keeps the others as extra', async () => {
    await planned({ table: 'leads', columns: { lead_id: 0, created_at: 1, store: 2 } });
    expect(await rows('select lead_id, created_at, store, staff_id, extra from exports.leads')).toEqual([
      {
        lead_id: 'L1',
        created_at: '2026-01-01T00:00:00',
        store: 'North',
        staff_id: null,
        extra: '{"note":"tall","who":"Ann"}',
      },
    ]);
  });

  it('takes nothing by its header that the person left out', async () => {
    const source = studio.file('store.csv', 'lead_id,created_at,store\nL1,2026-01-01,North\n');
    await importFiles(studio.app, [
      { ...source, plan: { table: 'leads', columns: { lead_id: 0, created_at: 1 } } },
    ]);
    expect(await rows('select store, extra from exports.leads')).toEqual([
      { store: null, extra: '{"store":"North"}' },
    ]);
  });

  it.each([
    ['of an unknown list', { table: 'dreams', columns: {} }, 'unknown_table'],
    [
      'with a field that the list has not',
      { table: 'leads', columns: { amount: 0 } },
      'unknown_field_in_map',
    ],
    [
      'with a column that the file has not',
      { table: 'leads', columns: { lead_id: 5 } },
      'unknown_column_in_map',
    ],
    ['without a required field', { table: 'leads', columns: { lead_id: 0 } }, 'missing_required_column'],
  ])('%s is refused', async (_, plan, code) => {
    expect(await codeOf(planned(plan))).toBe(code);
    expect(await rows('select count(*) as n from raw.batches')).toEqual([{ n: 0 }]);
  });
});

describe('the ledger', () => {
  it('counts the records whose money had more than two decimals, not the ones that only write zeros', async () => {
    const list =
      'order_id,ordered_at,amount,cost\nO1,2026-01-01,10.005,1\nO2,2026-01-01,10.500,1.999\nO3,2026-01-01,7.0000,1\nO4,never,1.234,1\n';
    const { rounded } = await importFiles(studio.app, [studio.file('orders.csv', list)]);
    expect(rounded).toEqual([2]);
    expect(await rows('select rounded from raw.batches')).toEqual([{ rounded: 2 }]);
  });

  it('holds a line for each file, with its hash, its mapping and what became of its records', async () => {
    await bring('客资编号,录入时间\nL1,2026-01-01\nL2,x\n', {}, '客资.csv');
    const [batch] = await rows('select * from raw.batches');
    expect(batch).toMatchObject({
      batch_id: 1,
      table_name: 'leads',
      file: '客资.csv',
      mapping: '{"lead_id":"客资编号","created_at":"录入时间"}',
      time_zone: 'Asia/Shanghai',
      imported_at: '2026-11-20T02:00:00',
      imported_on: '2026-11-20',
      read: 2,
      loaded: 1,
      rejected: 1,
      withdrawn_at: null,
    });
    expect(batch?.['file_hash']).toMatch(/^[0-9a-f]{64}$/);
  });
});
