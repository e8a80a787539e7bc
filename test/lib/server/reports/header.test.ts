import { describe, expect, it } from 'vitest';
import { compose } from '#lib/server/reports/compose.ts';
import { parseQuery } from '#lib/server/reports/header.ts';

const text = `-- How many people.
-- Cohort view: of the journeys begun.
-- nested: this is still the description.
-- grain: segment, step_no
-- audience: owner, manager stores; staff own
-- viewer: in the text
-- uses: asked_journeys, $where
-- finish: verdicts
-- fed: funnel_steps
-- fit: valueModels
-- engine: duckdb, because lists
-- param from date default first_day: first day
-- param view varchar (cohort | period) default period: whose arithmetic
-- param by varchar optional segment: field
-- param where varchar[] filters: entries field=value
-- column people bigint: journeys
-- column amount decimal(18,2) not null: money
select 1 as people;
`;

describe('a header', () => {
  it('is read line by line', () => {
    const { header, body } = parseQuery('funnel.sql', text);
    expect(body).toBe('select 1 as people');
    expect(header).toEqual({
      title: 'How many people.',
      description: 'Cohort view: of the journeys begun. nested: this is still the description.',
      grain: ['segment', 'step_no'],
      audience: { owner: 'house', manager: 'stores', staff: 'own' },
      restrictsItself: true,
      uses: ['asked_journeys'],
      finish: 'verdicts',
      finishedBy: [],
      fed: ['funnel_steps'],
      fit: 'valueModels',
      crowd: 'asked',
      onlyEngine: { engine: 'duckdb', reason: 'lists' },
      severity: 'error',
      built: 'table',
      refreshed: 'rows',
      parameters: [
        {
          name: 'from',
          type: 'date',
          kind: 'plain',
          optional: false,
          choices: null,
          range: null,
          default: 'first_day',
          about: 'first day',
        },
        {
          name: 'view',
          type: 'varchar',
          kind: 'plain',
          optional: false,
          choices: ['cohort', 'period'],
          range: null,
          default: 'period',
          about: 'whose arithmetic',
        },
        {
          name: 'by',
          type: 'varchar',
          kind: 'segment',
          optional: true,
          choices: null,
          range: null,
          default: null,
          about: 'field',
        },
        {
          name: 'where',
          type: 'varchar[]',
          kind: 'filters',
          optional: false,
          choices: null,
          range: null,
          default: null,
          about: 'entries field=value',
        },
      ],
      columns: [
        { name: 'people', type: 'bigint', notNull: false, tells: null, about: 'journeys' },
        { name: 'amount', type: 'decimal(18,2)', notNull: true, tells: null, about: 'money' },
      ],
      opening: { rows: [], across: [], works: [], series: [], formulas: [] },
    });
  });

  it.each([
    ['whole', 'whole'],
    ['adding rows', { sum: 'rows', greatest: null }],
    ['adding rows, greatest last_at', { sum: 'rows', greatest: 'last_at' }],
  ])('says that a model follows a batch by "%s"', (said, refreshed) => {
    const { header } = parseQuery('m.sql', `-- Model.\n-- refreshed: ${said}\nselect 1 as rows`);
    expect(header.refreshed).toEqual(refreshed);
  });

  it.each([
    ['a misspelt key', '-- Title.\n-- grain: a\n-- graim: b\nselect 1'],
    ['a key twice', '-- Title.\n-- grain: a\n-- grain: b\nselect 1'],
    ['a parameter without meaning', '-- Title.\n-- param from date\nselect 1'],
    ['a default that is no choice', '-- Title.\n-- param a varchar (b | c) default d: e\nselect 1'],
    ['a column twice', '-- Title.\n-- column a date: b\n-- column a date: b\nselect 1'],
    ['an engine without a reason', '-- Title.\n-- engine: duckdb\nselect 1'],
    ['an unknown severity', '-- check: a\n-- severity: fatal\nselect 1'],
    ['an unknown way of building', '-- Title.\n-- built: twice\nselect 1'],
    ['an unknown way of following a batch', '-- Title.\n-- refreshed: often\nselect 1'],
    ['filters that are no list', '-- Title.\n-- param where varchar filters: e\nselect 1'],
    ['no title', '-- grain: a\nselect 1'],
    ['no statement', '-- Title.\n'],
  ])('with %s is refused by file name', (_, wrong) => {
    expect(() => parseQuery('x.sql', wrong)).toThrow('x.sql: ');
  });
});

describe('parts', () => {
  const parts = new Map(
    Object.entries({
      one: '-- One.\nselect 1 as n',
      two: '-- Two.\n-- uses: one\nselect n from one',
      view: '-- View.\n-- built: view\nselect 1 as n',
      counting: '-- Counting.\n-- uses: days\nselect n from days',
      circle: '-- Circle.\n-- uses: circle\nselect 1',
      walk: '-- Walk.\n-- uses: one\nwith recursive w as (select 1 as n union all select w.n + 1 as n from w join one on true) select w.n from w',
    }).map(([name, part]) => [name, parseQuery(name, part)]),
  );
  const composed = (statement: string) =>
    compose('r.sql', parseQuery('r.sql', statement), (name) => parts.get(name));

  it('stand in front, each after those it uses', () => {
    expect(composed('-- R.\n-- uses: two\nselect n from two').replace(/\s+/g, ' ')).toBe(
      'with one as ( select 1 as n ), two as ( select n from one ) select n from two',
    );
  });

  it('join the expressions of the statement and are materialised when read twice', () => {
    expect(
      composed(
        '-- R.\n-- uses: one\nwith a as (select n from one) select a.n from a join one on true',
      ).replace(/\s+/g, ' '),
    ).toBe(
      'with one as materialized ( select 1 as n ), a as (select n from one) select a.n from a join one on true',
    );
  });

  it('are materialised when a recursion reads them, which it does at every step', () => {
    expect(composed('-- R.\n-- uses: walk\nselect n from walk').replace(/\s+/g, ' ')).toContain(
      'with one as materialized ( select 1 as n ), walk as ( with recursive w',
    );
  });

  it('that are views are never materialised', () => {
    expect(
      composed('-- R.\n-- uses: view\nselect a.n from view a join view b on true').replace(/\s+/g, ' '),
    ).toBe('with view as ( select 1 as n ) select a.n from view a join view b on true');
  });

  it('stand under the name that other parts read them by', () => {
    expect(
      composed('-- R.\n-- uses: days = one, counting\nselect n from counting').replace(/\s+/g, ' '),
    ).toBe('with days as ( select 1 as n ), counting as ( select n from days ) select n from counting');
    expect(() => composed('-- R.\n-- uses: counting\nselect n from counting')).toThrow('no part days');
  });

  it('that are missing or use themselves are refused', () => {
    expect(() => composed('-- R.\n-- uses: three\nselect 1')).toThrow('no part three');
    expect(() => composed('-- R.\n-- uses: circle\nselect 1')).toThrow('uses itself');
  });
});
