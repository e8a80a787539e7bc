import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { comparisons, views } from '../../../src/routes/week/choices.ts';
import { addressOf, filtersOf, questionIn } from '../../../src/routes/week/question.ts';
import type { WeekQuestion } from '../../../src/routes/week/question.ts';

const ask = (address: string) => questionIn(new URL(address, 'http://localhost').searchParams);

function codeOf(address: string): string {
  try {
    ask(address);
    return 'answered';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describe('the address of the Week page', () => {
  test('asks for the last complete week, what happened, against the week before, when it says nothing', () => {
    const plain = { week: null, compare: 'previous', view: 'period', store: null, channel: null };
    expect(ask('/')).toEqual(plain);
    expect(ask('/?week=&store=&channel=')).toEqual(plain);
  });

  test('takes any day for its week', () => {
    expect(ask('/?week=2026-11-22').week).toBe('2026-11-16');
    expect(ask('/?week=2026-11-16').week).toBe('2026-11-16');
  });

  test('says every question so that it is read back the same', () => {
    const questions: fc.Arbitrary<WeekQuestion> = fc.record({
      week: fc.constantFrom(null, '2026-11-16', '2024-02-26'),
      compare: fc.constantFrom(...comparisons),
      view: fc.constantFrom(...views),
      store: fc.option(fc.constantFrom('江滨店', 'A & B', 'x=y', '50% #1')),
      channel: fc.option(fc.constantFrom('小红书', 'a+b', '?')),
    });
    fc.assert(
      fc.property(questions, (question) => {
        expect(ask(addressOf(question))).toEqual(question);
      }),
      { seed: 7 },
    );
  });

  test.each([
    ['/?week=2026-02-30', 'bad_date'],
    ['/?week=next', 'bad_date'],
    ['/?view=cash', 'bad_choice'],
    ['/?compare=last', 'bad_choice'],
    ['/?store=A&store=B', 'bad_choice'],
  ])('%s is refused with %s', (address, code) => {
    expect(codeOf(address)).toBe(code);
  });

  test('filters are handed to reports as field=value', () => {
    expect(filtersOf(ask('/?store=江滨店&channel=x=y'))).toEqual(['store=江滨店', 'channel=x=y']);
  });
});
