import { generate } from '../../data/sample/generator/generate.ts';
import { sampleParameters, type Parameters } from '../../data/sample/generator/parameters.ts';
import { csv } from '../../data/sample/generator/tables.ts';
import { truthOf, type Truth } from '../../data/sample/generator/truth.ts';
import { addDays } from '../oracle/days.ts';
import { coverage, logOdds, rankCorrelation, weeklyIntervals, withLists, type Interval } from './recovery.ts';

/** Rank correlations of planted effects and those seen in the reports. */
export interface Ranks {
  'channels, I3': number;
  'channels, I4': number;
  'inviters, I3': number;
  'sellers, I4': number;
}

/** What an analysis recovered from the lists of one seed. */
export interface Recovery {
  intervals: Interval[];
  ranks: Ranks;
}

/**
 * Draws the sample studio of a seed, imports its leads, visits and orders, and asks the reports. The truth is that of
 * `believed`, which are the parameters it is drawn from unless a test wants to be wrong.
 */
export async function recover(
  seed: number,
  believed: Parameters = sampleParameters,
  drawn: Parameters = sampleParameters,
): Promise<Recovery> {
  const truth = truthOf(believed, seed);
  const tables = generate(drawn, seed);
  const text = (name: string) => {
    const table = tables[name];
    if (!table) throw new Error(`the sample has no ${name}`);
    return csv(table);
  };
  const lists = { leads: text('leads'), visits: text('visits'), orders: text('orders') };
  const { first_day: firstDay, last_day: lastDay, horizon_days: horizonDays } = truth;
  return withLists(lists, lastDay, async (app) => {
    const mature = { from: firstDay, to: addDays(lastDay, -horizonDays), as_of: lastDay };
    const seen = (by: string, step: 3 | 4) => logOdds(app, by, step, mature);
    return {
      intervals: await weeklyIntervals(app, truth.weeks, { firstDay, lastDay, horizonDays }),
      ranks: {
        'channels, I3': rankCorrelation(beside(await seen('channel', 3), channelEffects(truth, 'active'))),
        'channels, I4': rankCorrelation(beside(await seen('channel', 4), channelEffects(truth, 'bought'))),
        'inviters, I3': rankCorrelation(beside(await seen('inviter', 3), staffEffects(believed, 'inviter'))),
        'sellers, I4': rankCorrelation(beside(await seen('seller', 4), staffEffects(believed, 'seller'))),
      },
    };
  });
}

/** Both steps' coverage as text, such as `I3 95.1 % of 2780 weeks, I4 …`. */
export function coverageText(intervals: readonly Interval[]): string {
  return ([3, 4] as const)
    .map((step) => {
      const { share, weeks } = coverage(intervals, step);
      return `I${step} ${(share * 100).toFixed(1)} % of ${weeks} weeks`;
    })
    .join(', ');
}

function channelEffects({ channels }: Truth, metric: 'active' | 'bought'): Map<string, number> {
  return new Map(Object.entries(channels).map(([name, effects]) => [name, effects[metric]]));
}

/** A person's effect with that of the store, which the reports cannot tell apart. */
function staffEffects({ staff, stores }: Parameters, role: 'inviter' | 'seller'): Map<string, number> {
  const metric = role === 'inviter' ? 'active' : 'bought';
  return new Map(
    staff.flatMap(({ id, role: own, store, effect }): [string, number][] =>
      own === role && store !== null ? [[id, effect + stores[store][metric]]] : [],
    ),
  );
}

function beside(seen: Map<string, number>, planted: Map<string, number>): [number, number][] {
  return [...planted].flatMap(([name, effect]): [number, number][] => {
    const found = seen.get(name);
    return found === undefined ? [] : [[effect, found]];
  });
}
