import type { Decided } from '#lib/exports/lists-of.ts';

/**
 * A file as the user names it, where it lies, and what was decided about it, if anything. `isPart`: the name says which list
 * inside a file it is, so that nobody has decided that by choosing it.
 */
export type Source = { name: string; path: string; isPart?: boolean } & Decided;
