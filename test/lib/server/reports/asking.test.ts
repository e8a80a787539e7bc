import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner, MACHINE } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import { funnel } from '#lib/server/reports.gen.ts';
import { segmentFields } from '#lib/server/reports/segments.ts';
import { answerTag } from '#lib/server/reports/tag.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Given, GivenRow } from '../../../queries/case.ts';
import { fill, openEmptyWarehouse } from '../../../queries/fill.ts';

const lead = (id: string, created_at: string, fields: Record<string, string>, extra: object): GivenRow => ({
  lead_id: id,
  created_at,
  ...fields,
  extra: JSON.stringify(extra),
  batch_id: '1',
  line: '1',
  imported_on: '2026-03-31',
});
const studio: Given = new Map([
  [
    'leads',
    [
      lead(
        '1',
        '2026-03-02 10:00:00',
        { channel: 'walk-in', store: '北店' },
        { mood: 'glad', 'a "b"*': 'x', '联系电话（必填）': '1' },
      ),
      lead('2', '2026-03-09 10:00:00', { channel: 'web', store: '南店' }, { mood: 'sad' }),
      lead('3', '2026-03-15 10:00:00', { channel: 'web', store: '北店' }, { mood: 'glad' }),
    ],
  ],
]);

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
  await fill(warehouse, studio);
});
afterAll(() => warehouse.close());

const refusal = (name: string, raw: Record<string, string | string[]>) =>
  askByName(asOwner({ warehouse }), name, raw).then(
    () => ({}),
    (error: unknown) => error,
  );

describe('what cannot be asked', () => {
  const week = { from: '2026-03-02', to: '2026-03-08' };
  it.each([
    ['a report that does not exist', 'nothing', {}, { code: 'unknown_report', params: { name: 'nothing' } }],
    ['an inherited name', 'toString', {}, { code: 'unknown_report' }],
    [
      'a parameter that does not exist',
      'funnel',
      { colour: 'red' },
      { code: 'unknown_parameter', params: { name: 'colour' } },
    ],
    ['a missing parameter', 'segment_values', {}, { code: 'missing_parameter', params: { name: 'by' } }],
    [
      'a day that does not exist',
      'funnel',
      { from: '2026-02-30' },
      { code: 'bad_date', params: { name: 'from' } },
    ],
    ['a date with a time', 'funnel', { from: '2026-03-02T00:00' }, { code: 'bad_date' }],
    [
      'a view that does not exist',
      'funnel',
      { view: 'side' },
      { code: 'bad_choice', params: { choices: 'cohort, period' } },
    ],
    ['two values where one belongs', 'funnel', { view: ['cohort', 'period'] }, { code: 'bad_choice' }],
    ['a segment that does not exist', 'funnel', { by: 'shoe_size' }, { code: 'unknown_segment' }],
    ['a filter on one', 'funnel', { where: 'shoe_size=42' }, { code: 'unknown_segment' }],
    [
      'a filter that is none',
      'funnel',
      { where: 'store' },
      { code: 'bad_filter', params: { value: 'store' } },
    ],
    [
      'a value that is no text',
      'funnel',
      { where: 'store=\0' },
      { code: 'bad_text', params: { name: 'where' } },
    ],
    ['a segment that is no text', 'funnel', { by: 'st\0re' }, { code: 'bad_text', params: { name: 'by' } }],
    ['a filter without a field', 'funnel', { where: '=42' }, { code: 'bad_filter' }],
    ['a personal column', 'funnel', { by: 'phone' }, { code: 'personal_column', params: { name: 'phone' } }],
    [
      'a period in the future',
      'funnel',
      { from: '2027-01-04', to: '2027-01-10' },
      { code: 'period_in_future', params: { last_day: '2026-03-15' } },
    ],
    [
      'a period after the asked last day',
      'funnel',
      { ...week, as_of: '2026-03-01' },
      { code: 'period_in_future', params: { last_day: '2026-03-01' } },
    ],
    [
      'a period the wrong way round',
      'funnel',
      { from: '2026-03-08', to: '2026-03-02' },
      { code: 'period_reversed' },
    ],
    [
      'a period to compare with, the wrong way round',
      'revenue_change',
      { ...week, compare_from: '2026-03-01', compare_to: '2026-02-23' },
      { code: 'period_reversed', params: { from: '2026-03-01', to: '2026-02-23' } },
    ],
    [
      'more periods to compare with than a year has weeks',
      'revenue_change',
      { ...week, compare_from: '2026-02-23', compare_to: '2026-03-01', compare_periods: '53' },
      { code: 'bad_choice' },
    ],
    [
      'more points than anybody can read',
      'money',
      { from: '0001-01-01', grain: 'day' },
      { code: 'period_too_long', params: { from: '0001-01-01', last: '2026-03-15', years: 20 } },
    ],
    ['a value of its own that another report knows', 'money', { by: 'item' }, { code: 'unknown_segment' }],
    [
      'a segment that neither the journeys nor the report know',
      'upsell_ladder',
      { by: 'shoe_size' },
      { code: 'unknown_segment', params: { known: expect.stringMatching(/store.*upsell_seller, item$/) } },
    ],
  ])('%s', async (_, name, raw, expected) => {
    expect(await refusal(name, raw as Record<string, string>)).toMatchObject(expected);
  });

  it('a filter on a value that nothing in the data has, naming values that there are', async () => {
    expect(await refusal('funnel', { ...week, where: ['store=北店', 'store=东店'] })).toMatchObject({
      code: 'unknown_value',
      params: { name: 'store', value: '东店', known: '北店, 南店' },
    });
    expect(await refusal('funnel', { where: 'mood=Glad' })).toMatchObject({ params: { known: 'glad, sad' } });
    expect(await refusal('funnel', { where: 'returning=true' })).toMatchObject({
      params: { known: 'yes, no' },
    });
    expect(await refusal('money', { where: 'city=Chengdu' })).toMatchObject({ params: { known: '–' } });
  });

  it('no filter on a value of other weeks, of walk-ins, or on a missing one: they leave nobody', async () => {
    for (const where of ['store=南店', 'kind=unannounced', 'returning=yes', 'city=', 'mood=']) {
      const { rows } = await askByName(asOwner({ warehouse }), 'funnel', { ...week, view: 'cohort', where });
      expect({ where, people: rows[2]?.people }).toEqual({ where, people: where === 'city=' ? 1 : 0 });
    }
  });

  it('an unknown column whose header is that of a person', async () => {
    expect(await refusal('funnel', { by: '联系电话（必填）' })).toMatchObject({ code: 'personal_column' });
    expect(await segmentFields(asOwner({ warehouse }))).toContain('mood');
    expect(await segmentFields(asOwner({ warehouse }))).toContain('a "b"*');
    expect(await segmentFields(asOwner({ warehouse }))).not.toContain('联系电话（必填）');
  });

  it('an unknown column of which a fifth of the values hold a phone number, an e-mail or an identity number, whatever its header', async () => {
    const notes = (id: string, extra: object) => lead(id, '2026-03-02 10:00:00', {}, extra);
    const people = await openEmptyWarehouse();
    try {
      await fill(
        people,
        new Map([
          [
            'leads',
            [
              notes('1', {
                备注2: '请回电 138-0013-8000',
                备注3: 'a',
                备注4: '13800138000',
                计划: '1789012345678901',
              }),
              notes('2', { 备注2: '二', 备注3: 'wang@example.com', 备注4: 'b' }),
              notes('3', { 备注2: '三', 备注3: 'c', 备注4: 'c' }),
              notes('4', { 备注2: '四', 备注4: 'd' }),
              notes('5', { 备注2: '五', 备注4: 'e' }),
              notes('6', { 备注4: 'f', 备注5: '11010119900307123X' }),
            ],
          ],
        ]),
      );
      const fields = await segmentFields(asOwner({ warehouse: people }));
      expect(fields.filter((field) => /^备注|计划/.test(field))).toEqual(['备注4', '计划']);
      const refused = (raw: Record<string, string>) =>
        askByName(asOwner({ warehouse: people }), 'segment_values', raw).catch((error: unknown) => error);
      for (const field of ['备注2', '备注3', '备注5'])
        expect(await refused({ by: field })).toMatchObject({ code: 'personal_column' });
      expect(await refused({ by: 'store', where: '备注2=二' })).toMatchObject({ code: 'personal_column' });
    } finally {
      await people.close();
    }
  });

  it('anything, while there are no data and no days were given', async () => {
    const empty = await openEmptyWarehouse();
    try {
      await fill(empty, new Map());
      await expect(askByName(asOwner({ warehouse: empty }), 'funnel', {})).rejects.toMatchObject({
        code: 'no_data_yet',
      });
      await expect(askByName(asOwner({ warehouse: empty }), 'funnel', { from: 'x' })).rejects.toMatchObject({
        code: 'bad_date',
      });
    } finally {
      await empty.close();
    }
  });
});

describe('an answer', () => {
  it('names every parameter, defaults filled in from the data', async () => {
    const { report, params, as_of } = await askByName(asOwner({ warehouse }), 'funnel', {
      by: '',
      'as-of': '',
    });
    expect({ report, params, as_of }).toEqual({
      report: 'funnel',
      params: {
        from: '2026-03-02',
        to: '2026-03-15',
        as_of: '2026-03-15',
        view: 'period',
        by: null,
        where: [],
      },
      as_of: '2026-03-15',
    });
  });

  it('takes names written with hyphens, one filter or several', async () => {
    const raw = { 'as-of': '2026-03-14', where: ['store=北店', 'mood=glad'] };
    const { params, rows } = await askByName(asOwner({ warehouse }), 'funnel', raw);
    expect(params).toMatchObject({ as_of: '2026-03-14', where: ['store=北店', 'mood=glad'] });
    expect(rows[2]).toMatchObject({ step: 'attracted', people: 1 });
  });

  it('divides by an unknown column that the export brought along', async () => {
    const { rows } = await funnel(asOwner({ warehouse }), { by: 'mood', view: 'cohort' });
    expect(rows.filter((row) => row.step_no === 2).map((row) => [row.segment, row.people])).toEqual([
      ['glad', 2],
      ['sad', 1],
    ]);
  });

  it('divides by a value that only this report knows, and of any length as a whole', async () => {
    const ever = { from: '0001-01-01', to: '9999-12-31' };
    const { params } = await askByName(asOwner({ warehouse }), 'upsell_ladder', { ...ever, by: 'item' });
    expect(params).toMatchObject({ ...ever, by: 'item' });
    const { rows } = await askByName(asOwner({ warehouse }), 'money', ever);
    expect(rows).toMatchObject([{ starts_on: '0001-01-01', ends_on: '9999-12-31' }]);
  });

  it('is the same from the typed function and by name', async () => {
    const typed = await funnel(asOwner({ warehouse }), {
      view: 'cohort',
      from: '2026-03-02',
      to: '2026-03-08',
    });
    const named = await askByName(asOwner({ warehouse }), 'funnel', {
      view: 'cohort',
      from: '2026-03-02',
      to: '2026-03-08',
    });
    expect(named).toEqual(typed);
  });

  it('comes from memory until the data change, and then follows them', async () => {
    const first = await funnel(asOwner({ warehouse }), {});
    expect(await funnel(asOwner({ warehouse }), {})).toBe(first);
    const leads = studio.get('leads') ?? [];
    const more = [...leads, lead('4', '2026-03-16 10:00:00', { channel: 'web', store: '南店' }, {})];
    await fill(warehouse, new Map([['leads', more]]));
    const second = await funnel(asOwner({ warehouse }), {});
    expect([first.as_of, second.as_of]).toEqual(['2026-03-15', '2026-03-16']);
    expect(second.data_version).toBeGreaterThan(first.data_version);
    expect(second.rows[2]?.people).toBe(4);
    expect(answerTag(second, 'json', MACHINE)).not.toBe(answerTag(first, 'json', MACHINE));
    await fill(warehouse, studio);
  });

  it('has a tag that depends on format and parameters only, while the data stay', async () => {
    const answer = await funnel(asOwner({ warehouse }), {});
    const again = await funnel(asOwner({ warehouse }), { view: 'period' });
    const other = await funnel(asOwner({ warehouse }), { view: 'cohort' });
    expect(answerTag(again, 'json', MACHINE)).toBe(answerTag(answer, 'json', MACHINE));
    expect(answerTag(answer, 'csv', MACHINE)).not.toBe(answerTag(answer, 'json', MACHINE));
    expect(answerTag(other, 'json', MACHINE)).not.toBe(answerTag(answer, 'json', MACHINE));
  });
});
