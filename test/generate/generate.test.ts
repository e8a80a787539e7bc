import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { generate } from '../../src/generate/generate.ts';
import { projectRoot } from '#lib/server/project.ts';

const files = {
  'queries/models/days.sql': `-- Days.
-- grain: day
-- column day date not null: a day
select day_of(l.created_at)::date as day from exports.leads l group by day_of(l.created_at)`,
  'queries/parts/asked_days.sql':
    '-- Asked.\n-- grain: day\nselect d.day as day from days d where d.day <= $as_of::date',
  'queries/reports/data_span.sql': `-- Span.
-- grain: one row
-- audience: owner, manager, marketer, staff
-- column last_day date: the last day
select max(d.day)::date as last_day from days d`,
  'queries/reports/late_days.sql': `-- Late days.
-- All of them.
-- grain: day
-- audience: owner; staff own
-- viewer: in the text
-- uses: asked_days
-- param as_of date default as_of: the last day that counts
-- param view varchar (short | long) default short: how much
-- param note varchar optional: said beside
-- param where varchar[] filters: entries field=value
-- column day date not null: the day
-- column rows bigint: how many
-- column amount decimal(18,2): money
select d.day::date as day, length($where::varchar[])::bigint as rows,
  (case when $view::varchar = 'short' and $note::varchar is null and $viewer_staff::varchar <> '' then 0 end)::decimal(18,2) as amount
from asked_days d`,
};
const words = {
  'report.data_span.title': 'Span',
  'report.data_span.last_day': 'Last day',
  'report.late_days.title': 'Late days',
  'report.late_days.day': 'Day',
  'report.late_days.rows': 'Rows',
  'report.late_days.amount': 'Amount',
};

let folder: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const edit = (path: keyof typeof files, from: string, to: string) => {
  expect(files[path]).toContain(from);
  write(path, files[path].replace(from, to));
};
const folders = () => ({ queries: join(folder, 'queries'), words: join(folder, 'words') });
const problems = async () => (await generate(folders())).problems;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-generate-'));
  for (const [path, text] of Object.entries(files)) write(path, text);
  for (const locale of ['en', 'zh-Hans', 'zh-Hant'])
    write(`words/${locale}/reports.json`, JSON.stringify(words));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what is generated', () => {
  it('types parameters and rows of each report by its header', async () => {
    const { text, problems: found } = await generate(folders());
    expect(found).toEqual([]);
    for (const line of [
      "  view?: 'short' | 'long' | undefined;",
      '  as_of?: string | undefined;',
      '  note?: string | null | undefined;',
      '  where?: readonly string[] | undefined;',
      '  day: string;',
      '  rows: number | null;',
      '  amount: string | null;',
      'export type DataSpanParams = Record<string, never>;',
      ' * Late days.\n * All of them.',
      'export function lateDays(asker: Asker, ',
      "export function dataSpan(asker: Pick<Asker, 'warehouse'>, ",
      '  audience: { owner: "house", staff: "own" },',
      '  late_days: lateDaysSpec,',
    ])
      expect(text).toContain(line);
  });

  it('is the same however often it is made', async () => {
    expect((await generate(folders())).text).toBe((await generate(folders())).text);
  });
});

describe('what is refused', () => {
  const report = 'queries/reports/late_days.sql';
  it.each([
    [
      'a column without description',
      '-- column rows bigint: how many\n',
      '',
      'the column rows is not described',
    ],
    [
      'a description without column',
      '-- column rows',
      '-- column more bigint: x\n-- column rows',
      'a column more that',
    ],
    [
      'another column type',
      '-- column rows bigint',
      '-- column rows int',
      'rows is bigint, the header says int',
    ],
    [
      'a parameter without description',
      '-- param note varchar optional: said beside\n',
      '',
      'the parameter note is not',
    ],
    [
      'a description without parameter',
      '-- param note',
      '-- param more int: x\n-- param note',
      'a parameter more that',
    ],
    [
      'another parameter type',
      '-- param note varchar',
      '-- param note bigint',
      'cast to varchar, the header says bigint',
    ],
    ['a parameter without a cast', '$note::varchar is null', '$note is null', '$note stands without a cast'],
    ['an output without a cast', 'd.day::date as day', 'd.day as day', 'the output column day has no cast'],
    [
      'what is one’s own, by a text that does not ask whose',
      " and $viewer_staff::varchar <> ''",
      '',
      'for own: the text does not name $viewer_staff.',
    ],
    [
      'a manager’s stores, of rows that belong to none',
      'owner; staff own\n-- viewer: in the text',
      'owner; manager stores',
      'for stores: nobody said to whom the rows of days belong',
    ],
    [
      'a viewer that the question names',
      '-- param note',
      '-- param viewer_staff varchar: who asks\n-- param note',
      'viewer_staff is bound by who asks',
    ],
    [
      'a column that tells of persons and may not be withheld',
      '-- column day date not null: the day',
      '-- column day date not null staff: the day',
      'day tells of persons: it is withheld from some',
    ],
    [
      'an expression that is called like a model',
      'select d.day::date as day, length',
      'with days as (select 1::int as one) select d.day::date as day, length',
      'the expression days is called like a model',
    ],
    [
      'a construct that ClickHouse does not share',
      'from asked_days d',
      'from asked_days d join days e using (day)',
      '"using ("',
    ],
    [
      'small segments for marketers',
      '-- audience: owner; staff own',
      '-- audience: owner, marketer; staff own',
      'the text does not name $viewer_shown',
    ],
    ['no audience', '-- audience: owner; staff own\n', '', 'names no audience'],
    ['a grain that is no column', '-- grain: day', '-- grain: week', 'the grain names week'],
    ['a statement that cannot be prepared', 'from asked_days d', 'from nowhere d', 'nowhere does not exist'],
  ])('%s', async (_, from, to, sentence) => {
    edit(report, from, to);
    expect((await problems()).join('\n')).toContain(sentence);
  });

  it.each([
    ['cook own', 'the audience cook is not known'],
    ['staff alone', 'staff sees the house, stores or own, not alone'],
  ])('an audience of %s', async (audience, sentence) => {
    edit(report, 'staff own', audience);
    await expect(generate(folders())).rejects.toThrow(sentence);
  });

  it('a report that does not ask for what it hands to those that feed it', async () => {
    edit(report, '-- viewer: in the text', '-- viewer: in the text\n-- fed: few_days\n-- finish: logRank');
    write(
      'queries/reports/few_days.sql',
      `-- Few days.
-- grain: day
-- audience: owner
-- param most bigint default 3: so many
-- column day date not null: the day
select d.day::date as day from days d limit $most::bigint`,
    );
    expect((await problems()).join('\n')).toContain(
      'reports/late_days.sql: what it is fed asks for most, which is not described in the header.',
    );
    const asked = files[report].replace(
      '-- param note',
      '-- param most bigint default 3: so many\n-- param note',
    );
    write(
      report,
      asked.replace('-- viewer: in the text', '-- viewer: in the text\n-- fed: few_days\n-- finish: logRank'),
    );
    expect((await problems()).join('\n')).not.toContain('most');
  });

  it('a word that is missing in one language', async () => {
    const { 'report.late_days.rows': _, ...others } = words;
    write('words/zh-Hant/reports.json', JSON.stringify(others));
    expect(await problems()).toEqual(['zh-Hant: the word report.late_days.rows is missing.']);
  });

  it('a model whose header says something else than its statement', async () => {
    edit('queries/models/days.sql', '-- column day date', '-- column day timestamp');
    expect((await problems()).join('\n')).toContain('models/days.sql: the column day is date');
  });

  it('a part that does not exist', async () => {
    edit(report, '-- uses: asked_days', '-- uses: other_days');
    await expect(generate(folders())).rejects.toThrow('no part other_days');
  });
});

describe('npm run generate', () => {
  const run = (...args: string[]) => {
    const out = join(folder, 'reports.gen.ts');
    const { queries, words: wordsFolder } = folders();
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        join(projectRoot(), 'src/generate/main.ts'),
        '--queries',
        queries,
        '--words',
        wordsFolder,
        '--out',
        out,
        ...args,
      ],
      { encoding: 'utf8' },
    );
    return { status, stderr, out };
  };

  it('writes the file; --check fails on a difference and changes nothing', () => {
    const { status, out } = run();
    expect(status).toBe(0);
    expect(run('--check').status).toBe(0);
    cpSync(out, `${out}.before`);
    writeFileSync(out, `${readFileSync(out, 'utf8')}// changed by hand\n`);
    const checked = run('--check');
    expect(checked.status).toBe(1);
    expect(checked.stderr).toContain('npm run generate');
    expect(readFileSync(out, 'utf8')).toContain('changed by hand');
    expect(run().status).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(`${out}.before`, 'utf8'));
  });
});
