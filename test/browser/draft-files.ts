import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encoded } from '../lib/server/import/reading/encoders.ts';
import { zip } from '../lib/server/import/reading/zip.ts';
import { workbook } from '../lib/server/import/reading/workbooks.ts';

/** Files as shop owners have them, on the disk. */
export type DraftFiles = {
  /** GB18030, three lines before the headers, a total below; visits say 是 and 否. */
  till: string;
  /** A workbook of two sheets, the leads on the second. */
  workbook: string;
  /** A workbook of three leads, two visits and a sheet of remarks. */
  lists: string;
  /** No date of it tells whether the day or the month comes first. */
  orders: string;
  /** Lines of orders: eight, of which three do not count, and the others are two orders of 32.05 together. */
  lines: string;
  /** An archive of leads and of visits. */
  archive: string;
  /** 268 leads of which one has a date. */
  broken: string;
  remove(): void;
};

/** Writes them into a folder of their own. */
export async function draftFiles(): Promise<DraftFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'seven-steps-drafts-'));
  const write = (name: string, bytes: Uint8Array | string) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };
  const till = [
    '蝶变婚纱摄影 门店系统',
    '导出时间：2024-03-25 09:00',
    '',
    '编码,进店时间,客资编号,是否订单',
    ...Array.from(
      { length: 9 },
      (_, at) => `V${at},2024年3月${18 + (at % 6)}日 1${at}:30,K${at},${at < 4 ? '是' : '否'}`,
    ),
    '合计,9,,',
    '',
  ].join('\r\n');
  const leads = Array.from({ length: 9 }, (_, at) => [
    `K${at}`,
    `2024-03-${11 + (at % 6)} 10:00:00`,
    '小红书',
    '解放碑',
  ]);
  const book = await workbook({
    说明: [['三月客资']],
    明细: [['客资编号', '录入时间', '渠道', '门店'], ...leads],
  });
  const lists = await workbook({
    说明: [['四月的表']],
    客资: [['客资编号', '录入时间'], ...['A1', 'A2', 'A3'].map((id) => [id, '2024-04-01 10:00:00'])],
    进店: [
      ['进店编号', '进店时间', '客资编号'],
      ...['A1', 'A2'].map((id) => [`V${id}`, '2024-04-02 10:00:00', id]),
    ],
  });
  return {
    lists: write('四月.xlsx', lists),
    till: write('进店.csv', encoded(till, 'gb18030')),
    workbook: write('客资.xlsx', book),
    orders: write(
      'orders.csv',
      ['order_id,ordered_at,amount,lead_id', 'O1,03/04/2024,5000.00,K1', 'O2,05/04/2024,6000.00,K2', ''].join(
        '\n',
      ),
    ),
    lines: write(
      'lines.csv',
      [
        'InvoiceNo,Description,Quantity,InvoiceDate,UnitPrice,CustomerID',
        'A1,"Frame, oak",2,2024-03-11 10:00,2.55,C1',
        'A1,Album,1,2024-03-11 10:00,10.00,C1',
        'A1,Print,3,2024-03-11 10:00,1.15,C1',
        'A1,Print back,-1,2024-03-11 10:00,1.15,C1',
        'A2,Album,1,2024-03-12 10:00,10.00,C2',
        'A2,Frame,1,2024-03-12 10:00,3.50,C2',
        'A3,Album,1,2024-03-13 10:00,10.00,',
        'CA4,Album,-1,2024-03-14 10:00,10.00,C4',
        '',
      ].join('\n'),
    ),
    archive: write(
      '三月.zip',
      zip([
        { name: '客资.csv', content: '客资编号,录入时间\nZ1,2024-03-11\nZ2,2024-03-12\n' },
        { name: '进店.csv', content: '进店编号,进店时间,客资编号\nY1,2024-03-13,Z1\n' },
      ]),
    ),
    broken: write(
      '坏日期.csv',
      [
        '客资编号,录入时间',
        ...Array.from({ length: 267 }, (_, at) => `B${at},下周`),
        'B267,2024-03-12',
        '',
      ].join('\n'),
    ),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
