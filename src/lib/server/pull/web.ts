import { Refusal } from '#lib/errors/refusal.ts';
import { csvPages } from './csv-pages.ts';
import type { WebFeed } from './feed.ts';
import type { JsonPage } from './json-page.ts';
import { jsonPages } from './json-pages.ts';
import { firstUrl, urlAfter } from './page-address.ts';
import { answerOf } from './page-answer.ts';
import type { World } from './page-answer.ts';
import type { Answered } from './request.ts';

/** How a pull is bounded: bytes in all, and pages; what lies behind the last of them is refused or left for now. */
export type Bounds = { bytes: number; pages: number; rest: 'refused' | 'left' };

/** What was fetched: files in the folder, in order; records where they were counted; and the greatest value of `since`. */
export type Fetched = { files: string[]; records: number | null; cursor: string | null };

/** A page that has been read: its size, what tells it from others, and what puts it beside the pages before. */
export type Page = {
  bytes: number;
  mark: string;
  isEmpty: boolean;
  json: JsonPage | null;
  keep(): Promise<void>;
};

/** Where the pages of a feed are kept while they come. */
export type Shelf = {
  /** Reads page number `page` from 0, of at most `limit` bytes. */
  read(answer: Answered, page: number, limit: number): Promise<Page>;
  fetched(): Fetched;
  close(): Promise<void>;
};

type Question = { feed: WebFeed; cursor: string | null; folder: string; bounds: Bounds };

/**
 * Fetches all pages of a web feed into files of a folder: the records of JSON pages as lines of one file, CSV pages each as
 * a file. A page that equals the one before is the end: whoever answers so does not turn pages, or not beyond the last.
 * Throws Refusal source_refused, source_answer, source_too_large, source_too_many_pages, and those of `ask`.
 */
export async function fetchPages(question: Question, world: World, signal: AbortSignal): Promise<Fetched> {
  const { feed, cursor, folder, bounds } = question;
  const shelf = feed.body === 'csv' ? csvPages(folder, cursor) : jsonPages(feed, folder, cursor);
  let next: URL | null = firstUrl(feed, cursor);
  let left = bounds.bytes;
  let before: string | null = null;
  try {
    for (let at = 0; next !== null; at += 1) {
      const url: URL = next;
      if (at === bounds.pages && bounds.rest === 'left') break;
      if (at === bounds.pages)
        throw new Refusal('source_too_many_pages', { host: url.host, limit: bounds.pages });
      const answer = await answerOf(feed, url, world, signal);
      const page = await shelf.read(answer, at, left);
      if (page.mark === before) break;
      await page.keep();
      left -= page.bytes;
      before = page.mark;
      next = page.isEmpty ? null : urlAfter(feed, answer, url, at, page.json);
    }
  } finally {
    await shelf.close();
  }
  return shelf.fetched();
}
