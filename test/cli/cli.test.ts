import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '#lib/server/app.ts';
import { listenControl } from '#lib/server/control/listen.ts';
import { sevensteps } from './command-line.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const data = (name: string) => join(folder, name);

describe('sevensteps', () => {
  it('imports into a data folder that is not there yet and reports from it', async () => {
    const place = data('first');
    const file = write(
      'leads.csv',
      'lead_id,created_at,store\nL1,2026-03-02,North\nL2,2026-03-03,南店\nL3,soon,North\n',
    );
    const imported = await sevensteps(place, ['import', file, '--json']);
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.out)).toEqual([
      {
        file,
        table: 'leads',
        batch: 1,
        read: 3,
        loaded: 2,
        replaced: 0,
        unchanged: 0,
        superseded: 0,
        rejected: 1,
      },
    ]);
    expect(imported.messages).toContain(
      'leads.csv, record 3, created_at: is not a date or time\n    L3,soon,North',
    );

    const json = await sevensteps(place, [
      'report',
      'funnel',
      '--by',
      'store',
      '--where',
      'store=南店',
      '--format=json',
    ]);
    expect(json).toMatchObject({ code: 0, messages: '' });
    const answer = JSON.parse(json.out) as { report: string; as_of: string; rows: Record<string, unknown>[] };
    expect(answer).toMatchObject({ report: 'funnel', as_of: '2026-03-03' });
    expect(
      answer.rows.filter((row) => row['step_no'] === 2).map((row) => [row['segment'], row['people']]),
    ).toEqual([['南店', 1]]);

    const csv = await sevensteps(place, ['report', 'segment_values', '--by', 'store', '--format', 'csv']);
    expect(csv.out).toBe('value,people\r\nNorth,1\r\n南店,1\r\n');
    const table = await sevensteps(place, ['report', 'segment_values', '--by', 'store']);
    const widths = table.out
      .trimEnd()
      .split('\n')
      .slice(2)
      .map((line) => [...line].reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0));
    expect(new Set(widths).size).toBe(1);
  });

  it('ends with 1 when refused, with 2 when used wrongly, and says why with the remedy on stderr', async () => {
    const place = data('second');
    const empty = write('empty.csv', '');
    for (const [given, code, text] of [
      [['import', empty], 1, 'The file'],
      [['report', 'nope'], 1, 'There is no report named “nope”.'],
      [['set', 'colour', 'red'], 1, 'There is no setting named “colour”.'],
      [['import'], 2, 'sevensteps help'],
      [['dance'], 2, 'sevensteps help'],
      [['report', 'funnel', '--colour', 'red'], 2, 'does not know “colour”'],
      [['get', '--format', 'xml'], 2, 'sevensteps help'],
    ] as const) {
      const ended = await sevensteps(place, given);
      expect(ended, given.join(' ')).toMatchObject({ code, out: '' });
      expect(ended.messages).toContain(text);
    }
  });

  it('gives an error as JSON to who asked for JSON, in the language asked for', async () => {
    const ended = await sevensteps(data('third'), [
      'import',
      write('empty.csv', ''),
      '--json',
      '--lang',
      'zh-Hans',
    ]);
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.out)).toEqual({
      error: {
        code: 'empty_file',
        message: `文件 ${join(folder, 'empty.csv')} 是空的。`,
        remedy: '请重新导出一次，确认文件里有内容再导入。',
        cause: null,
      },
    });
  });

  it('ends with 1 when every record of a file was rejected, says so, and shows the record without obeying it', async () => {
    const file = write('wrong.csv', 'lead_id,created_at\n\u001b[31mL1,soon\n');
    const ended = await sevensteps(data('wrong'), ['import', file, '--json']);
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.out)).toMatchObject([{ read: 1, loaded: 0, rejected: 1 }]);
    expect(ended.messages).toContain('every record was rejected');
    expect(ended.messages).toContain('\\u001b[31mL1,soon');
    expect(ended.messages).not.toContain('\u001b');
    const shown = await sevensteps(data('wrong'), ['report', 'rejects', '--batch', '1']);
    expect(shown.out).toContain('\\u001b[31mL1,soon');
    expect(shown.out).not.toContain('\u001b');
  });

  it('says when amounts were rounded', async () => {
    const file = write('cents.csv', 'order_id,ordered_at,amount\nO1,2026-03-02,9.999\nO2,2026-03-02,12.50\n');
    const ended = await sevensteps(data('cents'), ['import', file]);
    expect(ended.code).toBe(0);
    expect(ended.messages).toBe(
      'cents.csv: amounts with more than two decimals were rounded to two in 1 of the records.\n',
    );
  });

  it('says what standing records lose to a file without its columns, before and after', async () => {
    const place = data('losses');
    const full = write(
      'orders.csv',
      'order_id,ordered_at,amount,lead_id,status\nO1,2026-03-02,9,L1,cancelled\nO2,2026-03-02,9,L2,\n',
    );
    const short = write('short.csv', 'order_id,ordered_at,amount\nO1,2026-03-02,9\nO2,2026-03-02,9\n');
    const lost =
      'short.csv: has no column for “lead id”, which becomes empty in 2 of the records that stand\n' +
      'short.csv: has no column for “status”, which goes back to “active” in 1 of the records that stand\n';
    expect((await sevensteps(place, ['import', full])).messages).toBe('');
    const dry = await sevensteps(place, ['import', short, '--dry-run', '--json']);
    expect(dry).toMatchObject({ code: 0, messages: `${lost}Dry run: nothing was kept.\n` });
    const done = await sevensteps(place, ['import', short, '--json']);
    expect(done).toMatchObject({ code: 0, messages: lost });
    expect(JSON.parse(done.out)).toEqual([
      {
        file: short,
        table: 'orders',
        batch: 2,
        read: 2,
        loaded: 0,
        replaced: 2,
        unchanged: 0,
        superseded: 0,
        rejected: 0,
      },
    ]);
  });

  it('says so of what a feed brings too, and does not refuse it', async () => {
    const place = data('feed-losses');
    const watched = data('watched');
    mkdirSync(watched);
    const full = write('full.csv', 'lead_id,created_at,phone\nL1,2026-03-02,13800138000\n');
    await sevensteps(place, ['import', full]);
    write('watched/leads.csv', 'lead_id,created_at\nL1,2026-03-02\n');
    const old = new Date('2026-03-03T00:00:00Z');
    utimesSync(join(watched, 'leads.csv'), old, old);
    const feed = { kind: 'folder', name: 'watch', path: watched, table: 'leads' };
    await sevensteps(place, ['feed', 'put', write('feed.json', JSON.stringify(feed))]);
    const run = await sevensteps(place, ['feed', 'run', 'watch', '--json']);
    expect(run).toMatchObject({
      code: 0,
      messages: 'leads.csv: has no column for “phone”, which becomes empty in 1 of the records that stand\n',
    });
    expect(JSON.parse(run.out)).toMatchObject({ summaries: [{ replaced: 1 }], refused: [] });
  });

  it('keeps nothing of a dry run', async () => {
    const place = data('dry');
    const file = write('dry.csv', 'lead_id,created_at\nL1,2026-03-02\n');
    const dry = await sevensteps(place, ['import', file, '--dry-run', '--json']);
    expect(JSON.parse(dry.out)).toMatchObject([{ batch: null, loaded: 1 }]);
    expect(dry.messages).toBe('Dry run: nothing was kept.\n');
    expect(JSON.parse((await sevensteps(place, ['import', file, '--json'])).out)).toMatchObject([
      { batch: 1, loaded: 1 },
    ]);
  });

  it('changes and shows settings', async () => {
    const place = data('settings');
    expect(await sevensteps(place, ['set', 'time_zone', 'Asia/Taipei'])).toMatchObject({
      code: 0,
      messages: '',
    });
    expect(JSON.parse((await sevensteps(place, ['get', '--json'])).out)).toMatchObject({
      time_zone: 'Asia/Taipei',
      currency: 'CNY',
    });
  });

  it('explains itself from the contract and the reports, in the language of the terminal', async () => {
    const place = data('help');
    expect((await sevensteps(place, ['help'])).out).toContain(
      'import FILE… [--table T] [--map field=header,…] [--sum FIELD --key KEY] [--only RULE …] [--dry-run]',
    );
    expect((await sevensteps(place, ['import', '--help'])).out).toContain('campaign_days');
    expect((await sevensteps(place, ['help', 'leads'], { LC_ALL: 'zh_TW.UTF-8' })).out).toContain('客資編號');
    expect((await sevensteps(place, ['report', 'funnel', '--help'])).out).toContain('--as-of');
    expect((await sevensteps(place, ['reports'])).out).toContain('funnel_trend');
  });

  it('goes through the server that holds the folder', async () => {
    const app = await openApp({ data: data('served'), clock: () => new Date('2026-11-20T02:00:00Z') });
    const control = await listenControl(app);
    try {
      const file = write('served.csv', 'lead_id,created_at\nL1,2026-03-02\n');
      expect(JSON.parse((await sevensteps(app.data, ['import', file, '--json'])).out)).toMatchObject([
        { loaded: 1 },
      ]);
      expect(await app.warehouse.query('select count(*) as n from exports.leads')).toEqual([{ n: 1 }]);
    } finally {
      await control.close();
      await app.close();
    }
  });

  it('lets commands that come at once take turns', async () => {
    const place = data('turns');
    const files = ['a', 'b', 'c'].map((name) =>
      write(`${name}.csv`, `lead_id,created_at\n${name},2026-03-02\n`),
    );
    const ended = await Promise.all(files.map((file) => sevensteps(place, ['import', file, '--json'])));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
  });
});
