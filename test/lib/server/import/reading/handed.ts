import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlain } from '#lib/server/import/reading/read-plain.ts';
import type { PlainList, PlainWatch } from '#lib/server/import/reading/read-plain.ts';
import { cellsOf } from '#lib/server/import/reading/cells.ts';
import { divide } from '#lib/server/import/reading/divide.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';

/** A folder where files are handed in and read. */
export type Counter = {
  folder: string;
  /** Writes a file and reads it; the records of the plain list come with it, its headers first. */
  hand(
    content: string | Uint8Array,
    given?: { name?: string; choice?: ReadingChoice; watch?: PlainWatch },
  ): Promise<PlainList & { records: string[][]; text: string }>;
  close(): void;
};

export function counter(): Counter {
  const folder = mkdtempSync(join(tmpdir(), 'seven-steps-reading-'));
  return {
    folder,
    hand: async (content, { name = 'list.csv', choice, watch } = {}) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      const list = await readPlain({ name, path }, choice, folder, watch);
      const bytes = readFileSync(list.path);
      const { starts, ends } = divide(bytes, list.head.delimiter, true);
      const text = bytes.toString().replace(/^\ufeff/, '');
      const lines = starts.map((start, at) => bytes.toString('utf8', start, ends[at]).replace(/^\ufeff/, ''));
      const kept = lines.filter(
        (line, at) => line !== '' || (list.head.columns === 1 && at > list.head.skip),
      );
      return { ...list, text, records: kept.map((line) => cellsOf(line, list.head.delimiter)) };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
