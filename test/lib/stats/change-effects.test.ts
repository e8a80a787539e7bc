import { describe, expect, it } from 'vitest';
import { changeEffects } from '#lib/stats/change-effects.ts';
import { normal, stream } from '../../../data/sample/generator/random.ts';

const METHODS = ['other_stores', 'synthetic', 'last_year', 'before_after'];
const empty = {
  effect: null,
  low: null,
  high: null,
  was_expected: null,
  came: null,
  weeks_before: null,
  weeks_after: null,
  other_stores: null,
  fit_error: null,
  placebos: null,
  as_large: null,
  placebo_p: null,
  reason: null,
};

type House = {
  readonly seed: number;
  readonly stores: number;
  readonly before: number;
  readonly after: number;
  /** What the change does to each week of store 0. */
  readonly effect: number;
  /** How much of a week's chance carries on into the next one. */
  readonly carries: number;
};

/** Weekly values of stores that share a season, each with a level and a chance of its own. */
function storeWeeks({ seed, stores, before, after, effect, carries }: House) {
  const random = stream(seed, 'stores');
  const rows: [store: number, week: number, value: number][] = [];
  for (let store = 0; store < stores; store += 1) {
    let chance = normal(random);
    for (let week = -before; week < after; week += 1) {
      chance = carries * chance + Math.sqrt(1 - carries * carries) * normal(random);
      const season = 10 * Math.sin((2 * Math.PI * week) / 52);
      rows.push([store, week, 50 + 5 * store + season + chance + (store === 0 && week >= 0 ? effect : 0)]);
    }
  }
  return {
    store_no: Float64Array.from(rows, ([store]) => store),
    week_no: Float64Array.from(rows, ([, week]) => week),
    value: Float64Array.from(rows, ([, , value]) => value),
  };
}

const answers = (house: House, methods: readonly string[]) =>
  changeEffects(
    methods.map((method) => ({ method, ...empty })),
    {},
    { store_weeks: storeWeeks(house) },
  );

const asked = (house: House) => new Map(answers(house, METHODS).map((row) => [row.method, row]));

const house: House = { seed: 1, stores: 5, before: 78, after: 13, effect: 3, carries: 0.3 };

describe('the effect of a change that nobody drew lots for', () => {
  it('is found beside a season that before and after alone take for an effect', () => {
    const found = asked({ ...house, effect: 0 });
    for (const method of ['other_stores', 'synthetic', 'last_year']) {
      expect(found.get(method)?.low).toBeLessThan(0);
      expect(found.get(method)?.high).toBeGreaterThan(0);
    }
    expect(found.get('before_after')?.effect).toBeGreaterThan(2);
    const planted = asked(house);
    expect(planted.get('other_stores')?.low).toBeGreaterThan(1);
    expect(planted.get('other_stores')?.effect).toBeCloseTo(3, 0);
    expect(planted.get('synthetic')?.effect).toBeCloseTo(3, 0);
    expect(planted.get('other_stores')?.placebo_p).toBeLessThan(0.05);
  });

  it('leaves a placebo as large as itself as seldom as chance does where there is none', () => {
    let small = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const [found] = answers({ ...house, seed, effect: 0, carries: 0, after: 8 }, ['other_stores']);
      if ((found?.placebo_p ?? NaN) <= 0.1) small += 1;
    }
    expect(small / 200).toBeGreaterThan(0.03);
    expect(small / 200).toBeLessThan(0.17);
  });

  it('has a reason where it cannot be told', () => {
    const reasons = (more: Partial<House>) =>
      METHODS.map((method) => asked({ ...house, ...more }).get(method)?.reason);
    expect(reasons({ stores: 1 })).toEqual(['no_other_store', 'no_other_store', null, null]);
    expect(reasons({ stores: 2 })).toEqual([null, 'no_other_store', null, null]);
    expect(reasons({ before: 40 })).toEqual([null, null, 'no_last_year', null]);
    expect(reasons({ after: 1 })).toEqual([
      'too_few_weeks',
      'too_few_weeks',
      'no_last_year',
      'too_few_weeks',
    ]);
  });
});
