import { allotted } from './allotted.ts';
import type { Columns } from './columns.ts';
import { markovCredits } from './markov-credits.ts';
import type { ChainOrder } from './markov-credits.ts';
import { shapleyCredits } from './shapley-credits.ts';
import type { Channel, TouchPath } from './touch-paths.ts';

/** The columns of attribution that three of its ways need and fill. Credits as decimal text. */
export type ChannelCredit = {
  readonly method: string;
  readonly channel_no: number;
  readonly all_orders: number;
  readonly orders: string;
  readonly amount: string;
  readonly share: number | null;
  readonly removal_effect: number | null;
};

/** A path with what it is worth in orders and in cents. */
type Walked = Omit<TouchPath, 'worth'> & { readonly orders: number; readonly cents: number };
type Part = { readonly orders: number; readonly cents: number; readonly effect: number | null };
type Parts = ReadonlyMap<Channel, Part>;

/** The number of whoever was touched by no channel; these orders are credited to nobody. */
const UNTOUCHED = 0;
const NOTHING: Part = { orders: 0, cents: 0, effect: null };

const ways: Readonly<Record<string, (paths: readonly Walked[]) => Parts>> = {
  markov_1: (paths) => byRemoval(paths, 1),
  markov_2: (paths) => byRemoval(paths, 2),
  shapley: byCoalitions,
};

/**
 * Completes the rows of attribution that SQL leaves open: removal effects of order 1 and 2, and Shapley. `fed`: the columns of
 * attribution_steps. Orders are credited in hundredths, money in cents, both rounded by largest remainder, so that the
 * credits of a way sum to all there are. What no channel touched stays with channel 0.
 */
export function chainCredits<Row extends ChannelCredit>(
  rows: readonly Row[],
  _params: unknown,
  { attribution_steps: steps }: { readonly attribution_steps: Columns },
): Row[] {
  const paths = pathsOf(steps);
  const found = new Map(
    Object.entries(ways).map(([method, way]) => {
      const channels = rows.filter((row) => row.method === method).map((row) => row.channel_no);
      return [method, credited(way, paths, channels)];
    }),
  );
  return rows.map((row) => {
    const part = found.get(row.method)?.get(row.channel_no);
    return part === undefined
      ? row
      : {
          ...row,
          orders: (part.orders / 100).toFixed(2),
          amount: (part.cents / 100).toFixed(2),
          share: row.all_orders === 0 ? null : part.orders / 100 / row.all_orders,
          removal_effect: part.effect,
        };
  });
}

/** What each channel is credited with, in whole hundredths of orders and whole cents. */
function credited(
  way: (paths: readonly Walked[]) => Parts,
  paths: readonly Walked[],
  channels: readonly number[],
): Parts {
  const touched = paths.filter(({ channels: [first] }) => first !== UNTOUCHED);
  const untouched = paths.filter(({ channels: [first] }) => first === UNTOUCHED);
  const parts = way(touched);
  const named = channels.filter((channel) => channel !== UNTOUCHED);
  const given = named.map((channel) => parts.get(channel) ?? NOTHING);
  const orders = allotted(
    100 * sumOf(touched, 'orders'),
    given.map((part) => 100 * part.orders),
  );
  const cents = allotted(
    sumOf(touched, 'cents'),
    given.map((part) => part.cents),
  );
  return new Map<Channel, Part>([
    [UNTOUCHED, { orders: 100 * sumOf(untouched, 'orders'), cents: sumOf(untouched, 'cents'), effect: null }],
    ...named.map((channel, at): [Channel, Part] => [
      channel,
      { orders: orders[at] ?? 0, cents: cents[at] ?? 0, effect: given[at]?.effect ?? null },
    ]),
  ]);
}

/** Money is divided like the orders: the chain knows who orders, not for how much. */
function byRemoval(paths: readonly Walked[], order: ChainOrder): Parts {
  const orders = sumOf(paths, 'orders');
  const cents = sumOf(paths, 'cents');
  return new Map(
    markovCredits(worthIn(paths, 'orders'), order).map(({ channel, credit, removal_effect }) => [
      channel,
      { orders: credit, cents: orders === 0 ? 0 : (cents * credit) / orders, effect: removal_effect },
    ]),
  );
}

function byCoalitions(paths: readonly Walked[]): Parts {
  const cents = new Map(
    shapleyCredits(worthIn(paths, 'cents')).map(({ channel, credit }) => [channel, credit]),
  );
  return new Map(
    shapleyCredits(worthIn(paths, 'orders')).map(({ channel, credit }) => [
      channel,
      { orders: credit, cents: cents.get(channel) ?? 0, effect: null },
    ]),
  );
}

function worthIn(paths: readonly Walked[], what: 'orders' | 'cents'): TouchPath[] {
  return paths.map((path) => ({ ...path, worth: path[what] }));
}

function sumOf(paths: readonly Walked[], what: 'orders' | 'cents'): number {
  return paths.reduce((sum, path) => sum + path[what], 0);
}

/** The paths of attribution_steps, whose rows stand path by path, touch by touch. */
function pathsOf({ path_no: path, channel_no: channel, people, orders, amount }: Columns): Walked[] {
  const paths: (Walked & { readonly channels: number[] })[] = [];
  for (const [at, no] of (path ?? []).entries()) {
    if (at === 0 || no !== path?.[at - 1])
      paths.push({
        channels: [],
        people: people?.[at] ?? 0,
        buyers: orders?.[at] ?? 0,
        orders: orders?.[at] ?? 0,
        cents: Math.round(100 * (amount?.[at] ?? 0)),
      });
    paths.at(-1)?.channels.push(channel?.[at] ?? UNTOUCHED);
  }
  return paths;
}
