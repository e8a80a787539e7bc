import { isRedirect } from '@sveltejs/kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Own } from '#lib/server/studio/studios.ts';
import type { Locale } from '#lib/words/locale.ts';
import { actions, load } from '../../../src/routes/data/mappings/+page.server.ts';
import { GET } from '../../../src/routes/data/mappings/file/+server.ts';
import { studioFolder } from '../../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../../lib/server/import/studio-folder.ts';

let studio: StudioFolder;
let own: Own;
beforeEach(async () => {
  studio = await studioFolder();
  own = { app: studio.app } as Own;
});
afterEach(() => studio.close());

const lines = {
  headers: ['No', 'Price', 'Pieces', 'Day', 'Status'],
  reading: { encoding: 'gb18030', header: { first: 3, rows: 1 }, footer: 2 },
  lists: [
    {
      table: 'orders',
      columns: { order_id: 'No', ordered_at: 'Day', amount: 'Price*Pieces', status: 'Status' },
      constants: { store: '解放碑店' },
      values: { status: { 作废: 'cancelled', 无: '' } },
      styles: { ordered_at: { order: 'dmy' } },
      sum: ['amount'],
      only: ['Pieces>0', 'No starts_not C'],
    },
  ],
} as const;

const locals = (locale: Locale = 'en') => ({ own, locale });
const show = async (locale?: Locale) => {
  const shown = await load({ locals: locals(locale) } as never);
  return (shown as Exclude<typeof shown, void>).mappings;
};

async function send(action: 'put' | 'forget', fields: Record<string, string | File>): Promise<unknown> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const request = new Request('http://a.example/data/mappings', { method: 'POST', body: form });
  try {
    return await actions[action]?.({ request, locals: locals() } as never);
  } catch (thrown) {
    if (isRedirect(thrown)) return thrown.location;
    throw thrown;
  }
}
const json = (value: unknown, name = 'x.json') => new File([JSON.stringify(value)], name);

describe('what was decided for files', () => {
  it('is put in as a file under the name of the files that it is for, and told in words', async () => {
    expect(await send('put', { file: json(lines), name: '销售03.csv' })).toBe('/data/mappings');
    expect(await show('zh-Hans')).toMatchObject([
      {
        source: '销售#.csv',
        lists: [
          {
            list: '订单',
            columns: [
              { what: '订单编号', how: 'No' },
              { what: '下单时间', how: 'Day' },
              { what: '订单金额', how: 'Price × Pieces' },
              { what: '状态', how: 'Status' },
            ],
            others: [
              { what: '门店', how: '空着就填“解放碑店”' },
              { what: '状态', how: '“作废”指已取消' },
              { what: '状态', how: expect.stringContaining('没有意思') },
              { what: '下单时间', how: '日在前' },
              { what: '订单金额', how: '一单多行时加起来' },
              { what: '只导入符合的行', how: 'Pieces 大于 0' },
              { what: '只导入符合的行', how: 'No 开头不是 C' },
            ],
          },
        ],
        reading: [
          { what: '文字编码', how: 'GBK / GB18030（简体中文）' },
          { what: '表头在', how: '表头在第 4 行' },
          { what: '表格下面', how: '不算最后 2 行（合计、说明）' },
        ],
      },
    ]);
  });

  it('comes out as the file that puts it in again, named after its files', async () => {
    await send('put', { file: json(lines), name: '销售03.csv' });
    const url = new URL('http://a.example/data/mappings/file');
    url.searchParams.set('source', '销售#.csv');
    const answer = await GET({ url, locals: locals() } as never);
    expect(await answer.json()).toEqual(lines);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('销售#.csv.json');
    await send('put', { file: json(lines, '销售#.csv.json') });
    expect(await show()).toHaveLength(1);
  });

  it('is forgotten, and told to be gone when it is to be forgotten again', async () => {
    await send('put', { file: json(lines), name: 'a.csv' });
    expect(await send('forget', { source: 'a.csv' })).toBe('/data/mappings');
    expect(await show()).toEqual([]);
    expect(await send('forget', { source: 'a.csv' })).toMatchObject({
      status: 404,
      data: { code: 'unknown_mapping', remedy: expect.stringContaining('The page lists') },
    });
  });

  it('is refused where the file is none', async () => {
    expect(await send('put', { file: json({ lists: [] }), name: 'a.csv' })).toMatchObject({
      status: 400,
      data: { code: 'bad_mapping_file' },
    });
    expect(await send('put', { file: new File([], 'a.json') })).toMatchObject({
      data: { code: 'nothing_uploaded' },
    });
  });
});
