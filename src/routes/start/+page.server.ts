import { bringView } from '../data/bring.server.ts';
import type { PageServerLoad } from './$types';

/** The form for the owner's first lists; null where only the sample is open. */
export const load: PageServerLoad = ({ locals: { own, locale } }) => ({
  bring: bringView(own, locale),
});
