import type { Plan } from '#lib/exports/plan.ts';

/** A file as the user names it, where it lies, and what the user decided about it, if anything. */
export type Source = { name: string; path: string; plan?: Plan | undefined };
