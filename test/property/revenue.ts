import fc from 'fast-check';
import { addDays } from '../oracle/days.ts';
import type { RevenueQuestion } from '../oracle/revenue.ts';
import type { Filter } from '../oracle/scope.ts';
import type { Argument } from '#lib/server/warehouse/parameters.ts';
import { parametersOf } from './laboratory.ts';
import { filters } from './questions.ts';
import { baseDay } from './studio.ts';

/** Two periods, which may overlap, be the same or be cut by as_of, in segments that make zeros common. */
export const comparisons: fc.Arbitrary<RevenueQuestion> = fc
  .record({
    start: fc.integer({ min: -3, max: 35 }),
    length: fc.integer({ min: 0, max: 35 }),
    back: fc.integer({ min: 0, max: 40 }),
    compareLength: fc.integer({ min: 0, max: 35 }),
    compare_periods: fc.constantFrom(1, 1, 1, 1, 2, 4),
    age: fc.integer({ min: 0, max: 60 }),
    by: fc.option(fc.constantFrom('store', 'channel', 'campaign', 'kind', 'returning', 'seller', 'landing'), {
      freq: 2,
      nil: undefined,
    }),
    where: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Filter[]>([]) },
      { weight: 1, arbitrary: fc.array(fc.constantFrom(...filters), { minLength: 1, maxLength: 2 }) },
    ),
  })
  .map(({ start, length, back, compareLength, age, ...rest }) => ({
    ...rest,
    from: addDays(baseDay, start),
    to: addDays(baseDay, start + length),
    compare_from: addDays(baseDay, start - back),
    compare_to: addDays(baseDay, start - back + compareLength),
    as_of: addDays(baseDay, start + age),
  }));

/** The same question with its periods changed for each other. */
export function swapped({ from, to, compare_from, compare_to, ...rest }: RevenueQuestion): RevenueQuestion {
  return { ...rest, from: compare_from, to: compare_to, compare_from: from, compare_to: to };
}

/** A question in the form the reports take it. */
export function revenueParameters(asked: RevenueQuestion): Record<string, Argument> {
  const { compare_from, compare_to, compare_periods } = asked;
  return { ...parametersOf(asked), compare_from, compare_to, compare_periods };
}
