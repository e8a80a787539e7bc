import { at, dayOf, dayPart, weeksOf, type Day, type Instant } from './calendar.ts';
import {
  activeProbability,
  boughtProbability,
  channelMix,
  dayWeights,
  expectedLeads,
  present,
  storeMix,
  trialOf,
} from './mix.ts';
import { isHoliday, laterOn, leadHours, minuteOf, openDay, towardsWeekend, visitHours } from './opening.ts';
import type { Delay, Parameters } from './parameters.ts';
import { draw, happens, logNormalBelow, poisson, stream, weighted, type Random } from './random.ts';
import type { Member } from './staff.ts';
import type { Channel, Store } from './studio.ts';

/** What one lead does, whether or not the lists reach that far. */
export type Journey = {
  created: Instant;
  week: Day;
  channel: Channel;
  store: Store;
  inviter: Member;
  seller: Member;
  /** Trials the lead was in, and whether it got the tried variant. */
  trials: { id: string; tried: boolean }[];
  /** First consultation; null when the lead never comes. */
  visited: Instant | null;
  ordered: Instant | null;
};

const days = (random: Random, delay: Delay): number =>
  Math.floor(logNormalBelow(random, delay.median, delay.sigma, delay.cut));

const pick = (random: Random, people: Member[]): Member => {
  const member =
    people[
      draw(
        random,
        people.map(({ load }) => load),
      )
    ];
  if (member === undefined) throw new RangeError('nobody works here');
  return member;
};

function journey(parameters: Parameters, random: Random, week: Day): Journey {
  const channel = weighted(random, channelMix(parameters, week));
  const store = weighted(random, storeMix(parameters, week));
  const inviter = pick(random, present(parameters, 'inviter', store, week));
  const seller = pick(random, present(parameters, 'seller', store, week));
  const tried = { active: happens(random, 0.5), bought: happens(random, 0.5) };
  const trials = (['active', 'bought'] as const).flatMap((metric) => {
    const trial = trialOf(parameters, metric, week);
    return trial === undefined ? [] : [{ id: trial.id, tried: tried[metric] }];
  });
  const walksIn = channel === '自然进店';
  const weights = dayWeights(parameters, week);
  const day =
    week +
    draw(
      random,
      walksIn
        ? weights.map((weight, offset) => (isHoliday(parameters, week + offset) ? 0 : weight))
        : weights,
    );
  const created = at(day, minuteOf(random, walksIn ? visitHours : leadHours));
  const active = happens(random, activeProbability(parameters, week, channel, store, inviter, tried.active));
  const bought =
    active && happens(random, boughtProbability(parameters, week, channel, store, seller, tried.bought));
  const byPhone = bought && happens(random, parameters.phone_order_share);
  const first = active ? arriving(parameters, random, store, created, walksIn) : null;
  return {
    created,
    week,
    channel,
    store,
    inviter,
    seller,
    trials,
    visited: byPhone ? null : first,
    ordered: bought && first !== null ? ordering(parameters, random, store, first, byPhone) : null,
  };
}

/** When a lead first comes: who walked in is there; who asked late in the evening comes another day. */
function arriving(
  parameters: Parameters,
  random: Random,
  store: Store,
  created: Instant,
  walksIn: boolean,
): Instant {
  const wait = days(random, parameters.delays.visit);
  if (walksIn && wait < 8) return created + 5 + Math.floor(random.next() * 10);
  const late = created - at(dayPart(created), 0) >= 19 * 60;
  const planned = dayPart(created) + (late ? Math.max(wait, 1) : wait);
  const day = planned === dayPart(created) ? planned : towardsWeekend(random, 0.3, planned);
  return laterOn(random, openDay(parameters, store, day), created);
}

/** When a journey signs, given its first act; a caller signs at once. */
function ordering(
  parameters: Parameters,
  random: Random,
  store: Store,
  first: Instant,
  byPhone: boolean,
): Instant {
  if (byPhone || happens(random, parameters.delays.order_same_day))
    return first + 30 + Math.floor(random.next() * 90);
  const wait = 1 + days(random, { ...parameters.delays.order, cut: parameters.delays.order.cut - 1 });
  return laterOn(random, openDay(parameters, store, dayPart(first) + wait), first) + 60;
}

/** Every lead of the period, by time. */
export function journeysOf(parameters: Parameters, seed: number): Journey[] {
  const random = stream(seed, 'journeys');
  const weeks = weeksOf(dayOf(parameters.first_day), dayOf(parameters.last_day));
  return weeks
    .flatMap((week) =>
      Array.from({ length: poisson(random, expectedLeads(parameters, week)) }, () =>
        journey(parameters, random, week),
      ),
    )
    .toSorted((a, b) => a.created - b.created);
}
