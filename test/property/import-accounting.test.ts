import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { readPlain } from '#lib/server/import/reading/read-plain.ts';
import { countRecords } from '#lib/server/import/records.ts';
import { studioFolder } from '../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../lib/server/import/studio-folder.ts';
import { runs } from './runs.ts';

let studio: StudioFolder;
beforeAll(async () => {
  studio = await studioFolder();
});
afterAll(() => studio.close());

/** What a record of a generated file is meant to be. */
type Meant = { text: string; key: string | null; channel: string | null; reason: string | null };

const value = fc.constantFrom('a', 'b"c', 'd,e', 'f\ng', '小红书', '', '5"', 'x\r\ny', ' p ');
const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const good = fc.tuple(fc.integer({ min: 1, max: 6 }), value).map(([key, channel]): Meant => ({
  text: `L${key},2026-01-0${key},${quoted(channel)}`,
  key: `L${key}`,
  channel: channel.trim() === '' ? null : channel.trim(),
  reason: null,
}));
const bad = fc.constantFrom<Meant>(
  { text: ',2026-01-01,x', key: null, channel: null, reason: 'required' },
  { text: 'L1,soon,"q\nq"', key: null, channel: null, reason: 'instant' },
  { text: 'L1', key: null, channel: null, reason: 'too_few_columns' },
  { text: 'L1,2026-01-01,x,y', key: null, channel: null, reason: 'too_many_columns' },
  { text: 'L1,2026-01-01,"x"y', key: null, channel: null, reason: 'quotes' },
);
const files = fc.record({
  records: fc.array(fc.oneof({ weight: 3, arbitrary: good }, { weight: 1, arbitrary: bad }), {
    minLength: 1,
    maxLength: 12,
  }),
  end: fc.constantFrom('\n', '\r\n'),
  blanks: fc.nat({ max: 2 }),
  closed: fc.boolean(),
});

describe('whatever stands in a file', () => {
  it('adds up: read is the sum of what became of the records, rejects have their number, reason and text, the last of equal keys counts', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(files, async ({ records, end, blanks, closed }) => {
        round += 1;
        await studio.app.warehouse.write((transaction) =>
          transaction.run('delete from raw.leads; delete from raw.rejects; delete from raw.batches'),
        );
        const texts = ['lead_id,created_at,channel', ...records.map((record) => record.text)];
        const content = texts.join(end.repeat(blanks + 1)) + (closed ? end : '');
        const source = studio.file(`round-${round}.csv`, content);
        const { summaries } = await importFiles(studio.app, [source]);
        const last = new Map(
          records.flatMap((record, at) =>
            record.key === null ? [] : [[record.key, { channel: record.channel, line: at + 1 }] as const],
          ),
        );
        const rejected = records.flatMap((record, at) =>
          record.reason === null ? [] : [{ line: at + 1, reason: record.reason, raw_text: record.text }],
        );
        const expected = {
          read: records.length,
          loaded: last.size,
          replaced: 0,
          unchanged: 0,
          superseded: records.length - rejected.length - last.size,
          rejected: rejected.length,
        };
        expect(summaries[0]).toMatchObject(expected);
        expect(
          await studio.app.warehouse.query('select line, reason, raw_text from raw.rejects order by line'),
        ).toEqual(rejected);
        const counts = await studio.app.warehouse.query<{
          lead_id: string;
          channel: string | null;
          line: number;
        }>('select lead_id, channel, line from exports.leads');
        expect(new Map(counts.map(({ lead_id, channel, line }) => [lead_id, { channel, line }]))).toEqual(
          last,
        );

        const again = await importFiles(studio.app, [source]);
        expect(again.summaries[0]).toMatchObject({ ...expected, loaded: 0, unchanged: last.size });
      }),
      runs(8, 400),
    );
  });

  it('is counted as DuckDB divides it, or refused: never loaded with another count', async () => {
    const piece = fc.constantFrom(
      '"',
      '""',
      ',',
      '\n',
      '\r\n',
      ' ',
      'a',
      '中',
      '\t',
      "'",
      'L1,2026-01-01,x\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const source = studio.file(
          'noise.csv',
          `lead_id,created_at,channel\nL1,2026-01-01,x\n${pieces.join('')}`,
        );
        try {
          const { summaries } = await importFiles(studio.app, [source], { dryRun: true });
          const plain = await readPlain(source, undefined, studio.app.data);
          const { records } = await countRecords(plain.path, source.name, plain.head);
          expect(summaries[0]?.read).toBe(records);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          expect(['unclosed_quote', 'count_mismatch']).toContain(error.code);
        }
      }),
      runs(12, 600),
    );
  });
});
