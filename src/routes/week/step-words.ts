import { m } from '#lib/paraglide/messages.js';
import type { Comparison } from './choices.ts';
import type { Verdict } from './verdict.ts';

/** The names of the seven steps, Q0 to Q6. */
export const stepNames = [
  m['step.0'],
  m['step.1'],
  m['step.2'],
  m['step.3'],
  m['step.4'],
  m['step.5'],
  m['step.6'],
] as const;

/** The names of the rates that lead to a step, I1 to I6 by the step's number. */
export const rateNames = [
  undefined,
  m['rate.1'],
  m['rate.2'],
  m['rate.3'],
  m['rate.4'],
  m['rate.5'],
  m['rate.6'],
] as const;

/** What a step is for in AIDA's words, by the step's number. */
export const purposes = [
  undefined,
  m['aida.1'],
  m['aida.2'],
  m['aida.3'],
  m['aida.4'],
  m['aida.5'],
  m['aida.6'],
] as const;

/** The letters of AIDA by the step's number. */
export const letters = [undefined, 'A', 'I', 'D', 'A', undefined, undefined] as const;

export const verdictWords: Record<Verdict, () => string> = {
  more_than_noise: m['verdict.more_than_noise'],
  within_noise: m['verdict.within_noise'],
  too_few: m['verdict.too_few'],
  too_early: m['verdict.too_early'],
  gap: m['verdict.gap'],
  holiday: m['verdict.holiday'],
};

export const comparisonWords: Record<Comparison, () => string> = {
  previous: m['compare.previous'],
  last_year: m['compare.last_year'],
  mean_of_four: m['compare.mean_of_four'],
};

export const wasWords: Record<Comparison, (inputs: { count: string }) => string> = {
  previous: m['was.previous'],
  last_year: m['was.last_year'],
  mean_of_four: m['was.mean_of_four'],
};

const notes: Record<string, () => string> = {
  no_source: m['note.no_source'],
  zero_base: m['note.zero_base'],
  known_after: m['note.known_after'],
};

/** Why there is no rate, in words; nothing for a note that does not empty the rate. */
export function noteWords(note: string | null): string {
  return note === null ? '' : (notes[note]?.() ?? '');
}
