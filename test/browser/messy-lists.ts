import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2024-02-01T10:00:00Z');

/**
 * A studio's lists after its till was changed, as files: two stores, a lead a day each from 1 February to 24 March 2024;
 * since 3 March 江滨店 sends no telephone numbers. One person of 北城店 stands there twice, as does one payment.
 */
export function messyLists(): { leads: string; orders: string; payments: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'seven-steps-messy-'));
  const write = (name: string, header: string, records: string[]) => {
    const file = join(folder, name);
    writeFileSync(file, [header, ...records, ''].join('\n'));
    return file;
  };
  const days = Array.from({ length: 53 }, (_, at) =>
    new Date(FIRST + at * DAY_MS).toISOString().slice(0, 10),
  );
  return {
    leads: write('客资.csv', '客资编号,录入时间,渠道,门店,手机', [
      ...days.map(
        (day, at) => `J${at},${day} 10:00:00,抖音,江滨店,${day < '2024-03-03' ? phone(3, at) : ''}`,
      ),
      ...days.map((day, at) => `B${at},${day} 11:00:00,抖音,北城店,${phone(5, at === 9 ? 8 : at)}`),
    ]),
    orders: write('订单.csv', '订单编号,成交日期,金额,客资编号', ['D1,2024-03-20,5000.00,J2']),
    payments: write('收款.csv', '收款编号,收款时间,收款金额,订单编号,款项类型', [
      'S1,2024-03-20 15:04:10,1000.00,D1,定金',
      'S2,2024-03-20 15:04:40,1000.00,D1,定金',
    ]),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const phone = (series: number, at: number) => `13${series}0000${String(at).padStart(4, '0')}`;
