import type { Decided } from '#lib/exports/lists-of.ts';

/** A file as the user names it, where it lies, and what was decided about it, if anything. */
export type Source = { name: string; path: string } & Decided;
