import type { WebFeed } from './feed.ts';
import { textOfPage } from './json-page.ts';
import type { JsonPage } from './json-page.ts';
import { linkNext } from './link.ts';
import type { Answered } from './request.ts';

/** The address of a feed's first page; `cursor` is the greatest value of `since` that is in, if any. */
export function firstUrl(feed: WebFeed, cursor: string | null): URL {
  const url = new URL(feed.url);
  if (feed.auth?.kind === 'query') url.searchParams.set(feed.auth.parameter, feed.auth.secret);
  if (feed.since && cursor !== null) url.searchParams.set(feed.since.parameter, cursor);
  if (feed.paging?.kind === 'page') url.searchParams.set(feed.paging.parameter, String(feed.paging.first));
  return url;
}

/** The address of the page after page `page` (from 0), null after the last one. A page is never asked twice in a row. */
export function urlAfter(
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
