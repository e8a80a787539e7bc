import { m } from '#lib/paraglide/messages.js';
import type { Person, Verdict } from './people.ts';

const verdicts: Record<Verdict, () => string> = {
  above: m['team.verdict.above'],
  below: m['team.verdict.below'],
  as_expected: m['team.verdict.as_expected'],
  too_early: m['team.verdict.too_early'],
  not_separable: m['team.verdict.not_separable'],
  nobody_else: m['team.verdict.nobody_else'],
};

/** What can be said of somebody beside what was to be expected, shortly. */
export function verdictWord(verdict: Verdict): string {
  return verdicts[verdict]();
}

/** Somebody's place where nobody else may hold it; else between which places they are, and from how many they cannot be told. */
export function standingWord({ places }: Pick<Person, 'places'>): string {
  if (places === null) return m['team.place.none']();
  const { only, low, high, alike, all } = places;
  if (only !== null) return m['team.place.only']({ place: only });
  return all ? m['team.place.all']() : m['team.place.between']({ low, high, alike });
}
