import { describe, expect, it } from 'vitest';
import { parseQuery } from '#lib/server/reports/header.ts';
import { openingProblems } from '../../src/generate/openings.ts';

const rows = `-- The people one by one.
-- grain: row_no
-- param step bigint (2 .. 6) default 2: step
-- param limit bigint (1 .. 100) default 50: most rows
-- param offset bigint default 0: rows to pass over
-- column row_no bigint not null: place
select 1 as row_no`;

const funnel = (...openings: string[]) =>
  [
    '-- How many people.',
    '-- grain: step_no',
    '-- param view varchar default period: whose arithmetic',
    ...openings.map((line) => `-- ${line}`),
    '-- column step_no bigint: step',
    '-- column people bigint: people',
    'select 1',
  ].join('\n');

const problems = (...openings: string[]) =>
  openingProblems(
    new Map([
      ['funnel', parseQuery('funnel.sql', funnel(...openings))],
      ['people_rows', parseQuery('people_rows.sql', rows)],
    ]),
  );

describe('what the numbers of a report open to', () => {
  it('is read with its conditions and with what the other report is handed', () => {
    const { opening, parameters } = parseQuery(
      'funnel.sql',
      funnel(
        "rows people when step_no = 2 | 3 and $view = cohort: people_rows step=step_no only='skipped' view=$view",
      ),
    ).header;
    expect(opening.rows).toEqual([
      {
        columns: ['people'],
        when: [
          { column: 'step_no', values: ['2', '3'] },
          { column: '$view', values: ['cohort'] },
        ],
        report: 'people_rows',
        given: {
          step: { from: 'column', name: 'step_no' },
          only: { from: 'literal', text: 'skipped' },
          view: { from: 'parameter', name: 'view' },
        },
      },
    ]);
    expect(parameters[0]?.range).toBeNull();
    expect(parseQuery('people_rows.sql', rows).header.parameters[0]?.range).toEqual([2, 6]);
  });

  it('passes where every name exists', () => {
    expect(problems('rows people: people_rows step=step_no', 'formula people: step_no * step_no')).toEqual(
      [],
    );
  });

  it.each([
    ['rows persons: people_rows', 'the opening names persons, which is not a column'],
    ['rows people when colour = red: people_rows', 'the opening names colour, which is not a column'],
    ['rows people when $by = item: people_rows', 'the opening names $by, which is not a column'],
    ['rows people: nobody', 'it opens to nobody, which is not a report'],
    ['rows people: people_rows colour=step_no', 'people_rows is handed colour, which it does not know'],
    ['rows people: people_rows step=colour', 'people_rows is handed colour, which is no column'],
    ['rows people: people_rows step=$colour', 'people_rows is handed colour, which is no parameter'],
    ['rows people: funnel', 'the rows are those of funnel, which has no parameter limit'],
    ['series people: people_rows', 'the series is that of people_rows, which has no column starts_on'],
    ['work people: place', 'people is a list of work, but has no rows'],
    ['formula people: hits / step_no', 'the opening names hits, which is not a column'],
  ])('%s is a problem of the generator', (line, sentence) => {
    expect(problems(line).join('\n')).toContain(`reports/funnel.sql: ${sentence}`);
  });

  it('of a list of work names only columns of the rows that it shows', () => {
    const opened = 'rows people: people_rows step=step_no';
    expect(problems(opened, 'work people: row_no')).toEqual([]);
    expect(problems(opened, 'work people: row_no, phone').join('\n')).toContain(
      'reports/funnel.sql: the work shows phone, which is not a column of people_rows',
    );
  });

  it('may be shown across all segments, with names of columns alone', () => {
    const { opening } = parseQuery('funnel.sql', funnel('across people by step_no: people')).header;
    expect(opening.across).toEqual([{ column: 'people', rows: 'step_no', total: 'people' }]);
    expect(problems('across people by step_no: people')).toEqual([]);
    expect(problems('across people by stage: people').join('\n')).toContain(
      'the opening names stage, which is not a column',
    );
  });

  it('is refused where the line cannot be read', () => {
    expect(() => parseQuery('funnel.sql', funnel('rows people people_rows'))).toThrow(
      /rows people people_rows/,
    );
  });
});
