import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import type { WebFeed } from './feed.ts';
import { jsonPage, recordsOf } from './json-page.ts';
import type { JsonPage, PageRecord } from './json-page.ts';
import { newest } from './newest.ts';
import { bytesOf } from './page-answer.ts';
import type { Shelf } from './web.ts';

const LONGEST_PAGE = 8_000_000;

/** Keeps the records of JSON pages as lines of one file of the folder, counts them and notes what is newest. */
export function jsonPages(feed: WebFeed, folder: string, before: string | null): Shelf {
  const path = join(folder, 'records.ndjson');
  let lines: FileHandle | undefined;
  let records = 0;
  let cursor = before;
  return {
    read: async (answer, _, limit) => {
      const chunks = await Array.fromAsync(bytesOf(answer, Math.min(limit, LONGEST_PAGE)));
      const json = jsonPage(Buffer.concat(chunks), answer.url.host);
      const found = recordsIn(feed, json);
      const text = found.map((record) => `${record.text}\n`).join('');
      const keep = async () => {
        if (found.length === 0) return;
        lines ??= await open(path, 'wx', 0o600);
        await lines.appendFile(text);
        records += found.length;
        cursor = newest(feed, found, cursor);
      };
      const mark = createHash('sha256').update(text).digest('hex');
      return { bytes: json.bytes.length, mark, isEmpty: found.length === 0, json, keep };
    },
    fetched: () => ({ files: records === 0 ? [] : [path], records, cursor }),
    close: async () => lines?.close(),
  };
}

function recordsIn(feed: WebFeed, page: JsonPage): PageRecord[] {
  const records = recordsOf(page, feed.records);
  if (records !== null) return records;
  throw new Refusal('source_answer', {
    host: new URL(feed.url).host,
    expected: feed.records ?? '[ {…}, … ]',
  });
}
