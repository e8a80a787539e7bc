import { mayRead } from '#lib/server/access/may.ts';
import type { PageServerLoad } from './$types';
import { find } from './find.server.ts';

const LONGEST = 100;

/** Reports and words for what was typed; customers are looked for elsewhere, never by an address. */
export const load: PageServerLoad = ({ url, locals: { asker, locale } }) => {
  const wanted = (url.searchParams.get('q') ?? '').slice(0, LONGEST);
  const mayOpenFiles = mayRead(asker.viewer, '/customers');
  return { wanted, mayOpenFiles, ...find(locale, asker.viewer, wanted) };
};
