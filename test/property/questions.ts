import fc from 'fast-check';
import { addDays } from '../oracle/days.ts';
import type { Filter, Question } from '../oracle/scope.ts';
import { segmentFields, type SegmentField } from '../oracle/segments.ts';
import { baseDay } from './studio.ts';

const values: Partial<Record<SegmentField, string[]>> = {
  store: ['东店', 'west', ''],
  channel: ['douyin', '小红书', 'walk-in', ''],
  campaign: ['k1', 'k2', ''],
  staff: ['s1', 's2', ''],
  seller: ['s1', 's2', ''],
  package: ['signature', ''],
  kind: ['lead', 'unannounced'],
  returning: ['yes', 'no'],
  landing: ['page-1', ''],
};

/** Every filter that a random studio can answer. */
export const filters: Filter[] = Object.entries(values).flatMap(([field, list]) =>
  list.map((value): Filter => [field as SegmentField, value]),
);

/** A period that begins on or before as_of, in either view, with or without segments and filters. */
export const questions: fc.Arbitrary<Question> = fc
  .record({
    start: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -3, max: 35 }) },
      { weight: 1, arbitrary: fc.integer({ min: -190, max: 0 }) },
    ),
    length: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(6)),
    age: fc.integer({ min: 0, max: 40 }),
    view: fc.constantFrom('cohort' as const, 'period' as const),
    by: fc.option(fc.constantFrom(...segmentFields), { freq: 2, nil: undefined }),
    where: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Filter[]>([]) },
      { weight: 1, arbitrary: fc.array(fc.constantFrom(...filters), { minLength: 1, maxLength: 2 }) },
    ),
  })
  .map(({ start, length, age, ...rest }) => ({
    ...rest,
    from: addDays(baseDay, start),
    to: addDays(baseDay, start + length),
    as_of: addDays(baseDay, start + age),
  }));
