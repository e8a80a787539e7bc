import { Refusal } from '#lib/errors/refusal.ts';
import { readContract } from '#lib/funnel/question.ts';
import type { Argument } from '../warehouse/parameters.ts';

/** Throws Refusal bad_combination, bad_contract or bad_choice where parts of a question about a funnel do not go together. */
export function mustFit({
  steps,
  exclusions,
  order,
  count,
  open,
  attribution,
  attribution_step: told,
}: Readonly<Record<string, Argument>>): void {
  const isLoose = order === 'unordered' || order === 'anchored';
  if (isLoose && count === 'totals')
    throw new Refusal('bad_combination', { first: `order=${order}`, second: 'count=totals' });
  if (isLoose && open === true)
    throw new Refusal('bad_combination', { first: `order=${order}`, second: 'open=true' });
  if (open === true && count === 'totals')
    throw new Refusal('bad_combination', { first: 'open=true', second: 'count=totals' });
  if (typeof steps === 'string' && attribution === 'step') {
    const places = requiredIn(steps).map((_, at) => String(at + 1));
    if (!places.includes(String(told)))
      throw new Refusal('bad_choice', {
        name: 'attribution_step',
        value: String(told),
        choices: places.join(', '),
      });
  }
  if (typeof steps !== 'string' || typeof exclusions !== 'string') return;
  const [walked, excluded] = [readContract('steps', steps), readContract('exclusions', exclusions)];
  if ('last' in walked && 'last' in excluded && excluded.last > walked.last)
    throw new Refusal('bad_contract', {
      name: 'exclusions',
      wrong: `to: there are ${walked.last} steps`,
    });
}

/** The steps of the canonical form that everybody who arrives has to take. */
function requiredIn(steps: string): unknown[] {
  const { canonical } = { canonical: null, ...readContract('steps', steps) };
  const read = JSON.parse(canonical ?? '[]') as { optional: boolean }[];
  return read.filter(({ optional }) => !optional);
}
