import { describe, expect, it } from 'vitest';
import {
  daysOf,
  parametersOf,
  uncastParameters,
  withArguments,
  withoutArguments,
} from '#lib/server/warehouse/parameters.ts';
import type { Arguments } from '#lib/server/warehouse/parameters.ts';

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

describe('arguments', () => {
  it('are written into the text as literals, quotes doubled', () => {
    const text = "select $a::date, $b::varchar, $c::varchar[], $d::decimal(18,2), $e::bigint, '$b' -- $b";
    const given = { a: '2024-02-29', b: "it's '; drop table t; --", c: ["客'", null], d: '-1.5', e: null };
    expect(withArguments(text, given)).toBe(
      "select '2024-02-29'::date, 'it''s ''; drop table t; --'::varchar, ['客''', null]::varchar[], " +
        "'-1.5'::decimal(18,2), null::bigint, '$b' -- $b",
    );
  });

  it('refuse the one character that no text may have', () => {
    for (const given of [{ a: 'x\0y' }, { a: '\0' }])
      expect(() => withArguments('select $a::varchar', given)).toThrow('bad_text');
    expect(() => withArguments('select $a::varchar[]', { a: ['x', '\0'] })).toThrow('bad_text');
  });

  it('that are not given leave out the blocks that only they need', () => {
    const text = [
      'select n from t',
      '  -- with by or where',
      '  where f($by::varchar, $where::varchar[])',
      '  -- end',
      '-- with where',
      "and s <> '-- end'",
      '-- end',
    ].join('\n');
    const lines = (given: Arguments) => withArguments(text, given).trim().split('\n');
    expect(lines({ by: null, where: [] })).toEqual(['select n from t']);
    expect(lines({ by: 'store', where: [] })).toEqual([
      'select n from t',
      "  where f('store'::varchar, []::varchar[])",
    ]);
    expect(lines({ by: null, where: ['a=b\n-- end\n-- with where'] })).toHaveLength(5);
  });

  it('that name other fields leave out the blocks that are about some', () => {
    const text = [
      "select 'no field'",
      '-- with by or where of store, channel',
      ", 'one of them'",
      '-- end',
      '-- with by or where beyond store, channel',
      ", 'another'",
      '-- end',
      'from (select $by::varchar, $where::varchar[])',
    ].join('\n');
    const kept = (by: string | null, where: string[]) =>
      [...withArguments(text, { by, where }).matchAll(/'([a-z ]+)'\n/g)].map(([, words]) => words);
    expect(kept(null, [])).toEqual(['no field']);
    expect(kept('store', ['channel=fair=2', 'channel='])).toEqual(['no field', 'one of them']);
    expect(kept('store', ['staff=S1'])).toEqual(['no field', 'one of them', 'another']);
    expect(kept('staff', [])).toEqual(['no field', 'another']);
  });

  it('each name of a block has values of its own: a word that says nothing new of one may of another', () => {
    const text = [
      "select 'always'",
      '-- with kind beyond order, any; period beyond week; where of store',
      ", 'asked'",
      '-- end',
      'from (select $kind::varchar, $period::varchar, $where::varchar[])',
    ].join('\n');
    const isKept = (kind: string, period: string, where: string[] = []) =>
      withArguments(text, { kind, period, where }).includes("'asked'");
    expect(isKept('order', 'week')).toBe(false);
    expect(isKept('week', 'week')).toBe(true);
    expect(isKept('order', 'any')).toBe(true);
    expect(isKept('any', 'week', ['staff=S1'])).toBe(false);
    expect(isKept('any', 'week', ['store=A'])).toBe(true);
  });

  it('that are objects leave out the blocks about what none of them says, also those inside others', () => {
    const text = [
      "select 'all'",
      '-- with by',
      ", 'by'",
      '-- with steps or exclusions of where',
      ", 'by and where'",
      '-- end',
      ", 'by again'",
      '-- end',
      '-- with steps of within',
      ", 'within'",
      '-- end',
      'from (select $by::varchar, $steps::varchar, $exclusions::varchar)',
    ].join('\n');
    const kept = (by: string | null, steps: string, exclusions: string | null) =>
      [...withArguments(text, { by, steps, exclusions }).matchAll(/'([a-z ]+)'\n/g)].map(
        ([, words]) => words,
      );
    const silent = '[{"no":1,"where":[],"within":null,"optional":false}]';
    expect(kept('store', silent, null)).toEqual(['all', 'by', 'by again']);
    expect(kept('store', silent, '[{"where":["a"]}]')).toEqual(['all', 'by', 'by and where', 'by again']);
    expect(kept(null, '[{"no":1},{"where":["a"],"within":{"n":1}}]', null)).toEqual(['all', 'within']);
    expect(kept('[{', silent, null)).toEqual(['all', 'by', 'by again']);
  });

  it.each([
    ['date', '2024-02-30'],
    ['date', "2024-02-01' or true"],
    ['timestamp', '2024-02-01 24:00:00'],
    ['timestamp', '2024-02-01 12:00:00.1234567'],
    ['int', '1.5'],
    ['bigint', '1 or true'],
    ['double', 'NaN'],
    ['boolean', 'yes'],
    ['decimal(5,2)', '1234.5'],
    ['decimal(5,2)', '1.234'],
    ['blob', 'x'],
    ['varchar', ['a']],
    ['varchar', 'a\0b'],
    ['varchar[]', 'a'],
  ])('that do not fit %s are refused: %s', (type, value) => {
    expect(() => withArguments(`select $a::${type}`, { a: value })).toThrow();
  });

  it('are refused where a parameter stands without a cast', () => {
    expect(() => withArguments('select $a', { a: 1 })).toThrow('$a stands without a cast');
    expect(() => withoutArguments('select $a')).toThrow('$a stands without a cast');
  });

  it('are all null where only the columns are asked for', () => {
    expect(withoutArguments('select $a::date, $b::varchar[]')).toBe('select null::date, null::varchar[]');
  });
});
