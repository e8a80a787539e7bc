import { describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { described } from '#lib/server/log/described.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';

describe('a fault in the log', () => {
  test.each([
    ["Could not convert string '王芳' to INT32", 'Could not convert string … to INT32'],
    ['duplicate key "phone: 13800001111"', 'duplicate key …'],
    ['called 138 0000 1111 twice', 'called … twice'],
    ['from 138-0000-1111, line 27', 'from …, line 27'],
    ['told li.lei@example.com so', 'told … so'],
    ["open '/srv/客户 王芳.csv'", 'open …'],
    ['row “王芳” is 「李雷」', 'row … is …'],
    ['took 30 s of 3 GB', 'took 30 s of 3 GB'],
  ])('keeps what happened and not to whom: %s', (message, kept) => {
    expect(described(new Error(message)).message).toBe(kept);
  });

  test('keeps neither the end of a long quotation nor lines of a message that look like places', () => {
    const cell = `13800001111 ${'王'.repeat(3000)}\n    at 13900002222`;
    const told = JSON.stringify(described(new Error(`Could not convert string "${cell}"`)));
    expect(told).toContain('Could not convert string …');
    expect(told).not.toMatch(/王|1380|1390/);
    expect(told).toContain('described.test.ts');
  });

  test('of DuckDB holds no value that it was given', async () => {
    const warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
    const failed = await warehouse
      .query("select '13800001111 王芳'::int as number")
      .catch((error: unknown) => error);
    await warehouse.close();
    const told = JSON.stringify(described(failed));
    expect(told).toContain('Conversion Error');
    expect(told).not.toMatch(/王芳|13800001111/);
  });

  test('of ours is its code and where it came from, without the values of its sentence', () => {
    const told = described(new Refusal('page_not_found', { path: '/王芳' }, new TypeError('inside')));
    expect(told).toMatchObject({
      code: 'page_not_found',
      message: 'page_not_found',
      cause: { type: 'TypeError' },
    });
    expect(told.frames[0]).toContain('described.test.ts');
    expect(JSON.stringify(told)).not.toContain('王芳');
  });

  test('ends where causes lead back to themselves, and is told of what is no error at all', () => {
    const round = new Error('round');
    round.cause = round;
    expect(JSON.stringify(described(round)).match(/round/g)?.length).toBeLessThan(10);
    expect(described('13800001111')).toEqual({ type: 'string', message: '…', frames: [] });
  });
});
