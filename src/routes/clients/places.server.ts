import type { Viewer } from '#lib/access/viewer.ts';
import { mayRead } from '#lib/server/access/may.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** The pages about clients in their order, each with the key of its name. */
const pages = [
  ['/clients', 'retention.title'],
  ['/clients/stages', 'stages.title'],
  ['/clients/value', 'value.title'],
] as const;

/** The pages about clients that somebody may open, for the list at the head of each; none where it is the only one. */
export function clientPlaces(
  locale: Locale,
  viewer: Viewer,
  here: string,
): { words: string; href: string; here: boolean }[] {
  const open = pages.filter(([href]) => mayRead(viewer, href));
  if (open.length < 2) return [];
  return open.map(([href, key]) => ({ words: word(locale, key), href, here: href === here }));
}
