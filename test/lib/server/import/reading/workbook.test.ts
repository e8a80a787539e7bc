import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { numberText } from '#lib/server/import/reading/cell-text.ts';
import { limits } from '#lib/server/import/reading/limits.ts';
import { counter } from './handed.ts';
import { inline, raw, withHidden, workbook } from './workbooks.ts';
import { zip } from './zip.ts';

const { hand, close } = counter();
afterAll(close);

const day = (text: string) => ({ value: new Date(text), format: 'yyyy-mm-dd' });
const headers = ['客资编号', '创建时间', '渠道', '预算'];
const list = [
  headers,
  ['L1', day('2026-01-02T00:00:00Z'), '美团', 4664.5],
  ['L2', day('2026-01-03T13:30:00Z'), null, 12],
];

describe('a workbook', () => {
  it('gives its dates, numbers and truths as plain text, under any name', async () => {
    const { records, reading } = await hand(
      await workbook({
        Sheet1: [
          ['lead_id', 'created_at', 'budget', 'paid'],
          ['001', day('2026-03-08T00:00:00Z'), 0.1 + 0.2, true],
          [
            'a,"b"\nc',
            { value: new Date('2026-03-08T14:30:59.9996Z'), format: 'yyyy"年"m"月"d"日" h:mm' },
            13800138000,
            false,
          ],
        ],
      }),
      { name: 'misnamed.csv' },
    );
    expect(records).toEqual([
      ['lead_id', 'created_at', 'budget', 'paid'],
      ['001', '2026-03-08', '0.3', 'true'],
      ['a,"b"\nc', '2026-03-08 14:31:00', '13800138000', 'false'],
    ]);
    expect(reading).toMatchObject({ format: 'xlsx', sheet: 'Sheet1', sheets: ['Sheet1'], encoding: null });
  });

  it('has its table found among titles, sums and remarks', async () => {
    const { records, reading } = await hand(
      await workbook({
        表: [
          ['十一月客资'],
          [],
          ...list,
          [],
          ['合计', null, null, 4676.5],
          ['以上数据由系统生成，仅供参考。'],
        ],
      }),
    );
    expect(records).toEqual([
      headers,
      ['L1', '2026-01-02', '美团', '4664.5'],
      ['L2', '2026-01-03 13:30:00', '', '12'],
    ]);
    expect(reading).toMatchObject({ header: { first: 1, rows: 1 }, footer: 2 });
  });

  it('gives the sheet that is a list, beside notes and empty sheets', async () => {
    const { reading } = await hand(
      await workbook({ 说明: [['本表由门店填写'], ['谢谢']], 数据: list, Sheet3: [] }),
    );
    expect(reading).toMatchObject({ sheet: '数据', sheets: ['说明', '数据', 'Sheet3'] });
    expect(reading.beside).toEqual([{ kind: 'sheet', name: '说明', rows: 2, is: 'other' }]);
  });

  it('asks where several sheets are lists, and gives the one that was chosen', async () => {
    const book = await workbook({ 一月: list, 二月: list });
    await expect(hand(book)).rejects.toMatchObject({
      code: 'several_lists_inside',
      params: { parts: '一月, 二月', option: '--sheet' },
    });
    const { reading } = await hand(book, { choice: { sheet: '二月' } });
    expect(reading).toMatchObject({ sheet: '二月', beside: [] });
    await expect(hand(book, { choice: { sheet: '三月' } })).rejects.toMatchObject({ code: 'unknown_part' });
  });

  it('is not asked about sheets that the workbook hides, names them, and gives them where they are chosen', async () => {
    const leads = inline('lead_id', 'created_at') + inline('L1', '2026-01-02');
    const old = inline('lead_id', 'created_at') + inline('OLD', '2020-01-02');
    const book = withHidden(leads, { 旧: old, 字典: inline('colour', 'size') });
    const { records, reading } = await hand(book);
    expect(records[1]).toEqual(['L1', '2026-01-02']);
    expect(reading.beside).toEqual([
      { kind: 'sheet', name: '旧', rows: 1, is: 'out_of_sight' },
      { kind: 'sheet', name: '字典', rows: 1, is: 'out_of_sight' },
    ]);
    expect((await hand(book, { choice: { sheet: '旧' } })).records[1]).toEqual(['OLD', '2020-01-02']);
    const onlyHidden = withHidden(inline('Seven', 'Steps'), { 旧: old });
    expect((await hand(onlyHidden)).records[1]).toEqual(['OLD', '2020-01-02']);
  });

  it('may be packed, in gzip or in an archive', async () => {
    const book = await workbook({ 数据: list });
    expect((await hand(gzipSync(book))).reading).toMatchObject({ format: 'xlsx', packed: 'gzip' });
    expect((await hand(zip([{ name: 'a.xlsx', content: book }]))).reading).toMatchObject({
      format: 'xlsx',
      packed: 'zip',
      member: 'a.xlsx',
    });
  });

  it('is refused when it is too large, cut off, empty, or holds no sheet', async () => {
    const book = await workbook({ 数据: list });
    const codeOf = (content: Buffer, watch = {}) =>
      hand(content, { watch }).then(
        () => 'read',
        (error: { code?: string }) => error.code,
      );
    expect(await codeOf(book, { limits: { ...limits, workbook: 1000 } })).toBe('workbook_too_large');
    expect(await codeOf(book.subarray(0, book.length - 100))).toBe('file_damaged');
    expect(await codeOf(await workbook({ Sheet1: [] }))).toBe('packed_empty');
    expect(await codeOf(zip([{ name: 'xl/workbook.xml', content: '<workbook/>' }]))).toBe('file_damaged');
    const lying = [{ name: 'xl/workbook.xml', content: 'x'.repeat(5000), says: 10 }];
    expect(await codeOf(zip(lying))).toBe('file_damaged');
  });
});

describe('the sheet of any program', () => {
  it('keeps errors of formulas as they show, and the results of the others', async () => {
    const { records } = await hand(
      raw(
        `${inline('lead_id', 'created_at', 'budget')}<row r="2"><c r="A2" t="str"><f>A1</f><v>L1</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>1+1</f><v>2</v></c></row>`,
      ),
    );
    expect(records[1]).toEqual(['L1', '#N/A', '2']);
  });

  it('may leave out empty cells and rows, share rich texts, escape characters and name its elements at length', async () => {
    const { records } = await hand(
      raw(
        '<x:row r="3"><x:c r="A3" t="s"><x:v>0</x:v></x:c><x:c r="C3" t="s"><x:v>1</x:v></x:c></x:row>' +
          '<x:row r="9"><x:c r="A9" t="inlineStr"><x:is><x:t>L1</x:t></x:is></x:c><x:c r="B9" s="1"/><x:c r="C9" t="inlineStr"><x:is><x:t><![CDATA[a<b]]> &amp;_x000A_c</x:t></x:is></x:c></x:row>',
        {
          'xl/sharedStrings.xml':
            '<sst><si><r><t>lead</t></r><r><t>_id</t></r><rPh><t>sound</t></rPh></si><si><t>created_at</t></si></sst>',
        },
      ),
    );
    expect(records).toEqual([
      ['lead_id', '', 'created_at'],
      ['L1', '', 'a<b &\nc'],
    ]);
  });

  it.each([
    [14, '', '46089', '2026-03-08'],
    [31, '', '46089.5', '2026-03-08 12:00:00'],
    [20, '', '0.75', '18:00:00'],
    [200, 'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;', '46089', '2026-03-08'],
    [200, '[Red]#,##0.00&quot; days&quot;', '46089', '46089'],
    [200, '[$-804]yyyy/m/d;@', '46089', '2026-03-08'],
    [200, 'General', '46089', '46089'],
    [0, '', '46089', '46089'],
    [14, '', '-5', '-5'],
  ])('shows format %i “%s” of %s as %s', async (id, code, value, text) => {
    const styles = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${code}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="${id}"/></cellXfs></styleSheet>`;
    const { records } = await hand(
      raw(
        `${inline('lead_id', 'created_at')}<row><c t="inlineStr"><is><t>L1</t></is></c><c s="1"><v>${value}</v></c></row>`,
        {
          'xl/styles.xml': styles,
        },
      ),
    );
    expect(records[1]).toEqual(['L1', text]);
  });

  it('may count its days from 1904', async () => {
    const { records } = await hand(
      raw(`${inline('lead_id', 'created_at')}<row><c><v>7</v></c><c s="0"><v>44627</v></c></row>`, {
        'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
        'xl/workbook.xml':
          '<workbook><workbookPr date1904="1"/><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
      }),
    );
    expect(records[1]?.[1]).toBe('2026-03-08');
  });

  it.each([
    ['ends within an element', '<row><c><v>1</v></c>', 'file_damaged'],
    [
      'has a cell beyond every list',
      `${inline('lead_id')}<row><c r="XFD2"><v>1</v></c></row>`,
      'too_many_columns',
    ],
    [
      'defines endless entities',
      '<!DOCTYPE a [<!ENTITY b "bbbb">]><row><c t="str"><v>&b;</v></c></row>',
      'header_only',
    ],
  ])('that %s is refused', async (_, sheet, code) => {
    const content =
      code === 'file_damaged'
        ? raw('', { 'xl/worksheets/s.xml': `<worksheet><sheetData>${sheet}` })
        : raw(sheet);
    await expect(hand(content)).rejects.toMatchObject({ code });
  });

  it('is as wide as its widest row, wherever that stands, and no wider than any list', async () => {
    const late = '<row r="9"><c r="E9"><v>5</v></c></row>';
    const rows = Array.from({ length: 600 }, (_, at) => inline(`L${at}`, '2026-01-02')).join('');
    const { records } = await hand(raw(inline('lead_id', 'created_at') + rows + late));
    expect([records[0], records[600], records[601]]).toEqual([
      ['lead_id', 'created_at', '', '', ''],
      ['L599', '2026-01-02', '', '', ''],
      ['', '', '', '', '5'],
    ]);
  });

  it('may end in as many empty rows as it likes: what stands below its table is found before them', async () => {
    const empty = Array.from(
      { length: 5000 },
      (_, at) => `<row r="${at + 8}"><c/></row><row><c><v> </v></c></row>`,
    );
    const { reading } = await hand(
      raw(
        `${inline('lead_id', 'created_at', 'name')}${inline('L1', '2026-01-02', 'x')}${inline('合计', '', '')}${empty.join('')}`,
      ),
    );
    expect(reading).toMatchObject({ footer: 1 });
  });

  it('that would be laid out far beyond what stands in it is refused before it is', async () => {
    const far = Array.from({ length: 400 }, (_, at) => `<row><c r="ALK${at + 1}"><v>1</v></c></row>`).join(
      '',
    );
    const narrow = { limits: { ...limits, cells: 300_000 } };
    await expect(hand(raw(far), { watch: narrow })).rejects.toMatchObject({
      code: 'sheet_too_large',
      params: { sheet: 'a', columns: 999 },
    });
    expect((await hand(raw(far))).records.length).toBe(400);
  });

  it('whose cells share a long text is refused before it is written out, and so is a record without end', async () => {
    const shared = { 'xl/sharedStrings.xml': `<sst><si><t>${'长'.repeat(10_000)}</t></si></sst>` };
    const cell = '<c t="s"><v>0</v></c>';
    const codeOf = (sheet: string, given: object) =>
      hand(raw(sheet, shared), { watch: { limits: { ...limits, ...given } } }).then(
        () => 'read',
        (error: { code?: string }) => error.code,
      );
    const rows = `<row>${cell}</row>`.repeat(200);
    expect(await codeOf(rows, {})).toBe('read');
    expect(await codeOf(rows, { characters: 1_000_000 })).toBe('sheet_too_large');
    expect(await codeOf(`<row>${cell.repeat(200)}</row>`, { record: 1_000_000 })).toBe('record_too_long');
  });

  it('cannot be read over and over under many names', async () => {
    const names = Array.from({ length: 200 }, (_, at) => `<sheet name="s${at}" sheetId="${at}" r:id="r1"/>`);
    const rows = inline('lead_id', 'created_at') + inline('L1', '2026-01-02').repeat(100);
    const many = raw(rows, { 'xl/workbook.xml': `<workbook><sheets>${names.join('')}</sheets></workbook>` });
    await expect(hand(many, { watch: { limits: { ...limits, workbook: 100_000 } } })).rejects.toMatchObject({
      code: 'workbook_too_large',
    });
    const twice = names.slice(0, 1).join('').repeat(2);
    const two = raw(rows, { 'xl/workbook.xml': `<workbook><sheets>${twice}</sheets></workbook>` });
    await expect(hand(two)).rejects.toMatchObject({ params: { parts: 's0, s0 (2)' } });
  });

  it('may have many thousand rows', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => inline(`L${at}`, '2026-01-02', 'x'));
    const { records } = await hand(raw(inline('lead_id', 'created_at', 'name') + rows.join('')));
    expect([records.length, records[20_000]]).toEqual([20_001, ['L19999', '2026-01-02', 'x']]);
  });
});

describe('a number of a workbook', () => {
  it.each([
    ['1234.5600000000001', '1234.56'],
    ['0.1', '0.1'],
    ['-12', '-12'],
    ['1.2E+5', '120000'],
    ['1.2345678901234501E+18', '1.23456789012345E+18'],
    ['2E+19', '2E+19'],
    ['1234567890123456789', '1234567890123456789'],
    ['1E-7', '0.0000001'],
    ['-2.5E-10', '-0.00000000025'],
    ['8911407.9', '8911407.9'],
    ['100', '100'],
    ['0', '0'],
  ])('%s is written as %s', (written, text) => expect(numberText(written)).toBe(text));
});
