import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Chinese studio's lists as files, for dropping. */
export type DataLists = {
  /** Two whole weeks of leads, 4 to 17 March 2024, under headers that are known. */
  leads: string;
  /** The week from 18 March under two headers that nobody knows; two of its sixteen records are wrong. */
  odd: string;
  /** Seven orders of that week. */
  orders: string;
  /** A list that takes seconds to import. */
  long: string;
  remove(): void;
};

const LONG = 150_000;

/** Writes them into a folder of their own. */
export function dataLists(): DataLists {
  const folder = mkdtempSync(join(tmpdir(), 'seven-steps-data-'));
  const write = (name: string, header: string, records: string[]) => {
    const file = join(folder, name);
    writeFileSync(file, [header, ...records, ''].join('\n'));
    return file;
  };
  const header = '客资编号,录入时间,渠道,门店';
  return {
    leads: write('客资.csv', header, [...weekOf(4), ...weekOf(11)]),
    odd: write('新客资.csv', '编码,进来,渠道,门店,备注', [
      ...weekOf(18).map((record) => `${record},x`),
      'K-x,下周,小红书,江北店,"=HYPERLINK(""a"")"',
      ',2024-03-19 10:00:00,抖音,江北店,\u001b[31m',
    ]),
    orders: write(
      '订单.csv',
      '订单编号,成交日期,金额,客资编号',
      Array.from({ length: 7 }, (_, at) => `D${at},2024-03-${18 + at},5000.00,K-18-${at}`),
    ),
    long: write(
      'long.csv',
      header,
      Array.from({ length: LONG }, (_, at) => `Z${at},2024-03-${10 + (at % 20)},抖音,江北店`),
    ),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Two leads a day from a Monday of March 2024 on. */
function weekOf(monday: number): string[] {
  return Array.from({ length: 14 }, (_, at) => {
    const day = String(monday + Math.floor(at / 2)).padStart(2, '0');
    const store = at % 2 === 0 ? '江北店' : '南岸店';
    return `K-${monday}-${at},2024-03-${day} 1${at % 10}:00:00,${at % 3 === 0 ? '婚博会' : '小红书'},${store}`;
  });
}
