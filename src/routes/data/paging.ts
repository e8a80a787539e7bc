import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

/** Where a page of rows lies among all; null for a page that is not there. */
export type Paging = {
  from: string;
  to: string;
  all: string;
  previous: number | null;
  next: number | null;
};

/** The page that an address asks for, from 1; anything else than a number is the first. */
export function pageIn(search: URLSearchParams): number {
  const text = search.get('page') ?? '1';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 1;
}

/** Null when everything fits on one page. */
export function paging(locale: Locale, page: number, size: number, all: number): Paging | null {
  if (all <= size) return null;
  const last = Math.ceil(all / size);
  return {
    from: count(locale, (page - 1) * size + 1),
    to: count(locale, Math.min(page * size, all)),
    all: count(locale, all),
    previous: page > 1 ? page - 1 : null,
    next: page < last ? page + 1 : null,
  };
}
