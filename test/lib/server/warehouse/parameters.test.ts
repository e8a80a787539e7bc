import { describe, expect, it } from 'vitest';
import { daysOf, parametersOf, uncastParameters } from '#lib/server/warehouse/parameters.ts';

describe('parameters of a text', () => {
  it('are read with the type of their cast', () => {
    const text = 'select $a::date, $b :: decimal(18, 2), $c::varchar[], $d';
    expect([...parametersOf(text)]).toEqual([
      ['a', 'date'],
      ['b', 'decimal(18,2)'],
      ['c', 'varchar[]'],
      ['d', null],
    ]);
  });

  it('in comments and quotes are none', () => {
    expect(parametersOf(`select '$a::date', "$b" -- $c\n/* $d */`).size).toBe(0);
  });

  it('may be cast in one place and bare in another, which the generator finds', () => {
    const text = 'select $a::date where x > $a';
    expect([...parametersOf(text)]).toEqual([['a', 'date']]);
    expect(uncastParameters(text)).toEqual(['a']);
  });
});

describe('days', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2024-02-29', 19_782],
    ['2023-02-29', undefined],
    ['2024-2-9', undefined],
    ['2024-13-01', undefined],
    ['yesterday', undefined],
  ])('%s', (text, days) => {
    expect(daysOf(text)).toBe(days);
  });
});
