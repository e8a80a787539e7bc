import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportOptions } from '#lib/server/import/import-files.ts';
import { bringInto } from './bring.ts';
import { studioFolder } from './studio-folder.ts';
import type { StudioFolder } from './studio-folder.ts';

let studio: StudioFolder;
beforeEach(async () => {
  studio = await studioFolder();
});
afterEach(() => studio.close());

const bring = (content: string | Uint8Array, options?: ImportOptions, name?: string) =>
  bringInto(studio, content, options, name);
const rows = (sql: string) => studio.app.warehouse.query(sql);

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
      '31/13/2026',
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
