import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '#lib/server/warehouse/engine.ts';
import type { Engine } from '#lib/server/warehouse/engine.ts';
import { counter } from './handed.ts';

const { folder, hand, close } = counter();
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ temporary: join(folder, 'memory') });
});
afterAll(() => {
  engine.close();
  close();
});

async function parquet(sql: string): Promise<Buffer> {
  const path = join(folder, 'made.parquet');
  await engine.run(`copy (${sql}) to '${path}' (format parquet)`);
  return readFileSync(path);
}

const list = `select 'L1' as lead_id, timestamp '2026-01-02 10:00:00' as created_at, 4664.50::decimal(18,2) as budget, 'a,"b"' as name
  union all select 'L2', null, null, '' order by lead_id`;

describe('a Parquet file', () => {
  it.each([
    ['lies there under any name', (bytes: Buffer) => bytes, 'none'],
    ['is packed', (bytes: Buffer) => gzipSync(bytes), 'gzip'],
  ])('becomes a plain list where it %s', async (_, pack, packed) => {
    const { records, reading, head } = await hand(pack(await parquet(list)), {
      name: 'a[1].csv',
      watch: { engine },
    });
    expect(records).toEqual([
      ['lead_id', 'created_at', 'budget', 'name'],
      ['L1', '2026-01-02 10:00:00', '4664.50', 'a,"b"'],
      ['L2', '', '', ''],
    ]);
    expect(reading).toMatchObject({ format: 'parquet', packed, encoding: null });
    expect(head.sample).toHaveLength(2);
  });

  it('is refused when it is cut off or has no row', async () => {
    const bytes = await parquet(list);
    const cut = hand(bytes.subarray(0, bytes.length - 9), { watch: { engine } });
    await expect(cut).rejects.toMatchObject({ code: 'file_damaged' });
    const empty = hand(await parquet(`select 1 as a where false`), { watch: { engine } });
    await expect(empty).rejects.toMatchObject({ code: 'header_only' });
  });
});
