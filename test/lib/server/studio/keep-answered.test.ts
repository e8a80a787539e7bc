import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepAnswered } from '#lib/server/studio/keep-answered.ts';
import { studioFolder } from '../import/studio-folder.ts';
import type { StudioFolder } from '../import/studio-folder.ts';

let studio: StudioFolder;
beforeAll(async () => {
  studio = await studioFolder();
});
afterAll(() => studio.close());

const write = () =>
  studio.app.warehouse.write((transaction) => transaction.run('create or replace table t as select 1 as n'));
const aDay = 86_400_000;

describe('what everybody opens first', () => {
  test('is answered before an opening or a write is over, and a failure is no one’s but who asks', async () => {
    let answers = 0;
    const standing = async () => {
      await studio.app.warehouse.query('select 1 as n');
      answers += 1;
      if (answers === 2) throw new Error('no answer');
    };
    await keepAnswered(studio.app, standing, aDay);
    expect(answers).toBe(1);
    await write();
    expect(answers).toBe(2);
    await write();
    expect(answers).toBe(3);
  });

  test('keeps nobody waiting for longer than their patience lasts', async () => {
    let asked = 0;
    await keepAnswered(studio.app, () => ((asked += 1), new Promise(() => undefined)), 1);
    await write();
    expect(asked).toBe(2);
  });
});
