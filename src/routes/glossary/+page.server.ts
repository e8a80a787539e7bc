import type { PageServerLoad } from './$types';
import { glossary } from './terms.server.ts';

/** The words of the pages, explained in the reader's language. */
export const load: PageServerLoad = ({ locals: { locale } }) => ({ groups: glossary(locale) });
