import { looks } from '#lib/server/access/look-as.ts';
import { mayRead } from '#lib/server/access/may.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { LayoutServerLoad } from './$types';

/** The pages of the navigation, in its order. */
const places = [
  '/',
  '/funnel',
  '/upsells',
  '/clients',
  '/referrals',
  '/campaigns',
  '/experiments',
  '/team',
  '/me',
  '/data',
  '/reports',
  '/settings',
  '/people',
  '/account',
];

/**
 * What every page needs: its own address, the reader's language and colours, whose data are shown, and who looks. What
 * depends on the address is asked anew with each page: the first data may have come in meanwhile, from anywhere.
 */
export const load: LayoutServerLoad = ({
  url: { pathname, search },
  locals: { own, viewer, locale, theme, isSample },
}) => ({
  here: pathname + search,
  locale,
  theme,
  isSample,
  /** Which pages of the navigation the viewer may open. Accounts are only of one's own studio. */
  places: places.filter((place) => mayRead(viewer, place) && (own !== null || !isOfAccounts(place))),
  /** As whom one may look at the sample, and as whom one does; null where people sign in. */
  looks: own === null && viewer.kind === 'person' ? { chosen: viewer.id, all: looksIn(locale) } : null,
});

function isOfAccounts(place: string): boolean {
  return place === '/people' || place === '/account';
}

function looksIn(locale: Locale): { key: string; name: string }[] {
  return looks.map(({ key, name }) => ({
    key,
    name: [word(locale, `look.${key}`), name].filter((part) => part !== '').join(' '),
  }));
}
