import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { readPlain } from '#lib/server/import/reading/read-plain.ts';
import { countRecords } from '#lib/server/import/records.ts';
import { texts } from '#lib/server/import/stage/typed-rows.ts';
import { openEngine } from '#lib/server/warehouse/engine.ts';
import type { Engine } from '#lib/server/warehouse/engine.ts';
import { contentOf, damaged, dialects, faults, isBlank, recordsOf } from './dialects.ts';
import { runs } from './runs.ts';

let engine: Engine;
const folder = mkdtempSync(join(tmpdir(), 'seven-steps-dialects-'));
beforeAll(async () => {
  engine = await openEngine({ temporary: join(folder, 'memory') });
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

let round = 0;
async function readTwice(content: Buffer) {
  const name = `${(round += 1)}.csv`;
  const path = join(folder, name);
  writeFileSync(path, content);
  const list = await readPlain({ name, path }, undefined, folder, { engine });
  const rows = await engine.query<Record<string, string | null>>(
    `select * from ${texts(list.path, list.head)}`,
  );
  const { records } = await countRecords(list.path, name, list.head);
  const cells = rows.map((row) => list.head.headers.map((_, at) => row[`t${at}`] ?? ''));
  return { ...list, cells, counted: records };
}

describe('a list that any program wrote', () => {
  test('is read as it was written, by DuckDB and by the reader that counts', async () => {
    await fc.assert(
      fc.asyncProperty(dialects, async (file) => {
        const records = recordsOf(file);
        const { cells, counted, head, reading } = await readTwice(contentOf(file, records));
        expect(head.headers).toEqual(file.place.headers.slice(0, file.width));
        expect(cells).toEqual(records.map((row) => row.map((cell) => (isBlank(cell) ? '' : cell))));
        expect(counted).toBe(records.length);
        expect(reading.footer).toBe(file.after.length);
        expect(reading.header).toEqual({ first: file.before.length, rows: 1 });
      }),
      runs(120, 5000),
    );
  });

  test('whatever is done to its bytes afterwards, both readers agree on what is left, or it is refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(dialects, faults, async (file, wrong) => {
        const content = damaged(contentOf(file, recordsOf(file)), wrong);
        try {
          const { cells, counted } = await readTwice(content);
          expect(cells.length).toBeLessThanOrEqual(counted);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          expect(error.code).not.toBe('internal');
        }
      }),
      runs(80, 5000),
    );
  });

  test('and bytes that were never a list are refused in words, or both readers agree on them', async () => {
    const beginnings = fc.constantFrom(
      '',
      'PK\x03\x04',
      '\x1f\x8b\x08',
      'PAR1',
      '\xff\xff\xff\xff',
      '[{',
      '{"a":',
      '\xff\xfe',
      '"',
      ',\n',
    );
    const bytes = fc.tuple(
      beginnings.map((text) => Buffer.from(text, 'latin1')),
      fc.oneof(
        fc.uint8Array({ maxLength: 600 }),
        fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text)),
        fc
          .array(fc.constantFrom('"', ',', '\n', '\r', '\t', 'a', '1', '{', '}', ':', '小'), {
            maxLength: 200,
          })
          .map((all) => Buffer.from(all.join(''))),
      ),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (parts) => {
        try {
          const { cells, counted } = await readTwice(Buffer.concat(parts));
          expect(cells.length).toBeLessThanOrEqual(counted);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          expect(['internal', 'query_failed']).not.toContain(error.code);
        }
      }),
      runs(80, 5000),
    );
  });
});
