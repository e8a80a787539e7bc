import { describe, expect, it } from 'vitest';
import { dayOf } from '../../data/sample/generator/calendar.ts';
import { journeysOf } from '../../data/sample/generator/journeys.ts';
import { sampleParameters, type Parameters } from '../../data/sample/generator/parameters.ts';
import { truthOf, type Truth } from '../../data/sample/generator/truth.ts';

const seeds = [1, 2, 3, 4, 5, 6];
const drawn = seeds.flatMap((seed) => journeysOf(sampleParameters, seed));

/** (Σ successes − Σ planted) / standard deviation, of leads, Q3 and Q4 over all weeks and seeds. */
function distance({ weeks }: Truth): { leads: number; active: number; bought: number } {
  const planted = new Map(weeks.map((week) => [dayOf(week.week), week]));
  const expected = weeks.reduce((sum, week) => sum + week.expected_leads, 0) * seeds.length;
  const sums = { active: 0, activeVariance: 0, bought: 0, boughtVariance: 0 };
  for (const { week, visited, ordered } of drawn) {
    const { p3, p4 } = planted.get(week)!;
    const active = visited !== null || ordered !== null;
    sums.active += Number(active) - p3;
    sums.activeVariance += p3 * (1 - p3);
    if (!active) continue;
    sums.bought += Number(ordered !== null) - p4;
    sums.boughtVariance += p4 * (1 - p4);
  }
  return {
    leads: (drawn.length - expected) / Math.sqrt(expected),
    active: sums.active / Math.sqrt(sums.activeVariance),
    bought: sums.bought / Math.sqrt(sums.boughtVariance),
  };
}

const changed = (change: Partial<Parameters>): Parameters => ({ ...sampleParameters, ...change });

describe('the truth of the sample', () => {
  it('is a function of the parameters: asked twice it is the same, and drawing moves nothing', () => {
    const before = truthOf(sampleParameters, 1);
    journeysOf(sampleParameters, 9);
    expect(truthOf(sampleParameters, 1)).toEqual(before);
  });

  it('does not depend on the seed that lists are drawn with', () => {
    expect({ ...truthOf(sampleParameters, 2), seed: 1 }).toEqual(truthOf(sampleParameters, 1));
  });

  it('names every week of the period once, Monday by Monday', () => {
    const { weeks } = truthOf(sampleParameters, 1);
    expect([weeks[0]?.week, weeks.at(-1)?.week, weeks.length]).toEqual(['2023-10-23', '2026-10-19', 157]);
    for (const { p3, p4 } of weeks) {
      expect(p3).toBeGreaterThan(0.3);
      expect(p3).toBeLessThan(0.7);
      expect(p4).toBeGreaterThan(0.3);
      expect(p4).toBeLessThan(0.7);
    }
  });

  it('is what leads do on average: within four standard deviations over six seeds', () => {
    const { leads, active, bought } = distance(truthOf(sampleParameters, 1));
    expect(Math.abs(leads)).toBeLessThan(4);
    expect(Math.abs(active)).toBeLessThan(4);
    expect(Math.abs(bought)).toBeLessThan(4);
  });

  it('is missed by the same leads when a parameter is believed to be another', () => {
    expect(distance(truthOf(changed({ leads_a_week: 140 }), 1)).leads).toBeGreaterThan(10);
    expect(distance(truthOf(changed({ base_active: -0.5 }), 1)).active).toBeGreaterThan(10);
    expect(distance(truthOf(changed({ base_bought: -0.6 }), 1)).bought).toBeGreaterThan(10);
  });

  it('moves with a trial of a true effect in its weeks alone, and not at all with one of none', () => {
    const [active, none] = sampleParameters.trials;
    const without = truthOf(changed({ trials: none ? [none] : [] }), 1).weeks;
    truthOf(sampleParameters, 1).weeks.forEach((week, position) => {
      const inTrial = week.week >= active!.from && week.week <= active!.to;
      expect(week.p3 > without[position]!.p3).toBe(inTrial);
    });
    const withoutNone = truthOf(changed({ trials: active ? [active] : [] }), 1).weeks;
    expect(withoutNone).toEqual(truthOf(sampleParameters, 1).weeks);
  });

  it('lets every lead do all it will do within the horizon', () => {
    const longest = drawn.reduce(
      (most, { created, visited, ordered }) => Math.max(most, (ordered ?? visited ?? created) - created),
      0,
    );
    expect(longest / 1440).toBeLessThan(sampleParameters.horizon_days);
  });
});
