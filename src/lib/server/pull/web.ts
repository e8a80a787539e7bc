import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import type { WebFeed } from './feed.ts';
import type { Gate } from './address.ts';
import { jsonPage, recordsOf, textOfPage, textOfRecord } from './json-page.ts';
import type { JsonPage, PageRecord } from './json-page.ts';
import { linkNext } from './link.ts';
import { ask } from './request.ts';
import type { Answered } from './request.ts';
import { Passing, patiently } from './retry.ts';
import type { Patience } from './retry.ts';

/** What a pull needs of the world. */
export type World = { gate: Pick<Gate, 'resolve'>; patience: Patience };

/** How a pull is bounded: bytes in all, and pages; what lies behind the last of them is refused or left for now. */
export type Bounds = { bytes: number; pages: number; rest: 'refused' | 'left' };

/** What was fetched: files in the folder, in order; records where they were counted; and the greatest value of `since`. */
export type Fetched = { files: string[]; records: number | null; cursor: string | null };

type Question = { feed: WebFeed; cursor: string | null; folder: string; bounds: Bounds };

const JSON_PAGE = 8_000_000;
const MEGABYTE = 1_000_000;

/**
 * Fetches all pages of a web feed into files of a folder: the records of JSON pages as lines of one file, CSV pages each as
 * a file. A page that equals the one before is the end: whoever answers so does not turn pages, or not beyond the last.
 * Throws Refusal source_refused, source_answer, source_too_large, source_too_many_pages, and those of `ask`.
 */
export async function fetchPages(question: Question, world: World, signal: AbortSignal): Promise<Fetched> {
  const { feed, folder, bounds } = question;
  const fetched: Fetched = {
    files: [],
    records: feed.body === 'json' ? 0 : null,
    cursor: question.cursor,
  };
  let next: URL | null = firstUrl(question);
  let left = bounds.bytes;
  let lines: FileHandle | undefined;
  let before: string | null = null;
  try {
    for (let page = 0; next !== null; page += 1) {
      const url: URL = next;
      if (page === bounds.pages && bounds.rest === 'left') break;
      if (page === bounds.pages)
        throw new Refusal('source_too_many_pages', { host: url.host, limit: bounds.pages });
      const answer = await answerOf(feed, url, world, signal);
      if (feed.body === 'csv') {
        const path = join(folder, `page-${page}.csv`);
        const { bytes, mark } = await saved(answer, path, left);
        if (mark === before) break;
        before = mark;
        if (bytes > 0) fetched.files.push(path);
        left -= bytes;
        next = bytes === 0 ? null : followed(feed, answer, url, page, null);
        continue;
      }
      const json = await jsonOf(answer, Math.min(left, JSON_PAGE));
      left -= json.bytes.length;
      const records = recordsIn(feed, json);
      const text = records.map((record) => `${record.text}\n`).join('');
      const mark = createHash('sha256').update(text).digest('hex');
      if (mark === before) break;
      before = mark;
      if (records.length > 0 && lines === undefined) {
        const path = join(folder, 'records.ndjson');
        lines = await open(path, 'wx', 0o600);
        fetched.files.push(path);
      }
      await lines?.appendFile(text);
      fetched.records = (fetched.records ?? 0) + records.length;
      fetched.cursor = greatest(feed, records, fetched.cursor);
      next = records.length === 0 ? null : followed(feed, answer, url, page, json);
    }
  } finally {
    await lines?.close();
  }
  return fetched;
}

function firstUrl({ feed, cursor }: Question): URL {
  const url = new URL(feed.url);
  if (feed.auth?.kind === 'query') url.searchParams.set(feed.auth.parameter, feed.auth.secret);
  if (feed.since && cursor !== null) url.searchParams.set(feed.since.parameter, cursor);
  if (feed.paging?.kind === 'page') url.searchParams.set(feed.paging.parameter, String(feed.paging.first));
  return url;
}

async function answerOf(
  feed: WebFeed,
  url: URL,
  { gate, patience }: World,
  signal: AbortSignal,
): Promise<Answered> {
  const headers = {
    accept: feed.body === 'csv' ? 'text/csv' : 'application/json',
    'user-agent': 'seven-steps',
  };
  const own = url.origin === new URL(feed.url).origin ? ownHeaders(feed) : {};
  return patiently(
    async () => {
      const answer = await asked(
        { url, headers, own },
        { allow: feed.allow ?? [], resolve: gate.resolve },
        signal,
      );
      if (answer.status >= 200 && answer.status < 300) return answer;
      answer.body.destroy();
      const refusal = new Refusal('source_refused', { host: url.host, status: answer.status });
      if (answer.status !== 429 && answer.status < 500) throw refusal;
      throw new Passing(refusal, answer.headers['retry-after']);
    },
    patience,
    signal,
  );
}

async function asked(...given: Parameters<typeof ask>): Promise<Answered> {
  try {
    return await ask(...given);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'source_unreached') throw new Passing(error);
    throw error;
  }
}

function ownHeaders({ auth }: WebFeed): Record<string, string> {
  switch (auth?.kind) {
    case 'bearer':
      return { authorization: `Bearer ${auth.secret}` };
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.secret}`).toString('base64')}` };
    case 'header':
      return { [auth.header.toLowerCase()]: auth.secret };
    default:
      return {};
  }
}

/** The next page's address, null after the last one. A page is never asked twice in a row. */
function followed(
  feed: WebFeed,
  { headers }: Answered,
  url: URL,
  page: number,
  json: JsonPage | null,
): URL | null {
  const { paging } = feed;
  if (paging === undefined) return null;
  const next = new URL(url);
  if (paging.kind === 'link') {
    const target = linkNext([headers.link].flat().join(', '));
    return target === undefined ? null : other(URL.parse(target, url), url);
  }
  if (paging.kind === 'page') {
    next.searchParams.set(paging.parameter, String(paging.first + page + 1));
    return next;
  }
  const cursor = json === null ? null : textOfPage(json, paging.path);
  if (cursor === null || cursor === '') return null;
  next.searchParams.set(paging.parameter, cursor);
  return other(next, url);
}

function other(next: URL | null, url: URL): URL | null {
  return next === null || !/^https?:$/.test(next.protocol) || next.href === url.href ? null : next;
}

async function jsonOf({ body, url }: Answered, limit: number): Promise<JsonPage> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of received(body, url)) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(url, limit);
    chunks.push(chunk);
  }
  return jsonPage(Buffer.concat(chunks), url.host);
}

type Saved = { bytes: number; mark: string };

async function saved({ body, url }: Answered, path: string, limit: number): Promise<Saved> {
  const hash = createHash('sha256');
  let bytes = 0;
  await using file = await open(path, 'wx', 0o600);
  for await (const chunk of received(body, url)) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(url, limit);
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  return { bytes, mark: hash.digest('hex') };
}

async function* received(body: Answered['body'], url: URL): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk as Buffer;
  } catch (error) {
    throw new Refusal('source_unreached', { host: url.host }, error);
  }
}

const tooLarge = (url: URL, limit: number) =>
  new Refusal('source_too_large', { host: url.host, limit: Math.max(1, Math.floor(limit / MEGABYTE)) });

function recordsIn(feed: WebFeed, page: JsonPage): PageRecord[] {
  const records = recordsOf(page, feed.records);
  if (records !== null) return records;
  throw new Refusal('source_answer', {
    host: new URL(feed.url).host,
    expected: feed.records ?? '[ {…}, … ]',
  });
}

/** Numbers are compared as numbers, anything else as text: instants in ISO 8601 stand in order then. */
function greatest({ since }: WebFeed, records: readonly PageRecord[], so: string | null): string | null {
  if (!since) return null;
  return records.reduce<string | null>((most, record) => {
    const value = textOfRecord(record, since.field);
    if (value === null) return most;
    return most === null || isAfter(value, most) ? value : most;
  }, so);
}

const LONG_WHOLE = /^\d{16,40}$/;

function isAfter(one: string, other: string): boolean {
  if (LONG_WHOLE.test(one) && LONG_WHOLE.test(other)) return BigInt(one) > BigInt(other);
  const [a, b] = [Number(one), Number(other)];
  return Number.isNaN(a) || Number.isNaN(b) ? one > other : a > b;
}
