import { Refusal } from '#lib/errors/refusal.ts';
import { readContract } from '#lib/funnel/question.ts';
import type { Argument } from '../warehouse/parameters.ts';

/** Throws Refusal bad_combination or bad_contract where parts of a question about a funnel do not go together. */
export function mustFit({ steps, exclusions, order, count, open }: Readonly<Record<string, Argument>>): void {
  const isLoose = order === 'unordered' || order === 'anchored';
  if (isLoose && count === 'totals')
    throw new Refusal('bad_combination', { first: `order=${order}`, second: 'count=totals' });
  if (isLoose && open === true)
    throw new Refusal('bad_combination', { first: `order=${order}`, second: 'open=true' });
  if (open === true && count === 'totals')
    throw new Refusal('bad_combination', { first: 'open=true', second: 'count=totals' });
  if (typeof steps !== 'string' || typeof exclusions !== 'string') return;
  const [walked, excluded] = [readContract('steps', steps), readContract('exclusions', exclusions)];
  if ('last' in walked && 'last' in excluded && excluded.last > walked.last)
    throw new Refusal('bad_contract', {
      name: 'exclusions',
      wrong: `to: there are ${walked.last} steps`,
    });
}
