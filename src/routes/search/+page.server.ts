import type { PageServerLoad } from './$types';
import { find } from './find.server.ts';

const LONGEST = 100;

/** Reports and words for what was typed. */
export const load: PageServerLoad = ({ url, locals: { asker, locale } }) => {
  const wanted = (url.searchParams.get('q') ?? '').slice(0, LONGEST);
  return { wanted, ...find(locale, asker.viewer, wanted) };
};
