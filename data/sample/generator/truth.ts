import { dayOf, dayText, weeksOf, type Day } from './calendar.ts';
import {
  activeProbability,
  boughtProbability,
  channelMix,
  expectedLeads,
  present,
  storeMix,
  trialOf,
} from './mix.ts';
import type { Parameters } from './parameters.ts';
import type { Member } from './staff.ts';
import { channels, stores, type Channel, type Store } from './studio.ts';

/** What a week's leads are drawn from: mean number, P(active | lead), P(order | active). */
export type TruthWeek = { week: string; expected_leads: number; p3: number; p4: number };

/** What an analysis of the sample's lists ought to recover; effects are differences of log-odds. */
export type Truth = {
  seed: number;
  first_day: string;
  last_day: string;
  /** Days after which a lead has done whatever it will ever do. */
  horizon_days: number;
  weeks: TruthWeek[];
  channels: Record<Channel, { active: number; bought: number }>;
  stores: Record<Store, { active: number; bought: number }>;
  inviters: Record<string, number>;
  sellers: Record<string, number>;
  delays: Parameters['delays'];
  phone_order_share: number;
  experiments: { id: string; metric: string; from: string; to: string; effect: number }[];
  gap: Parameters['gap'];
};

/** Mean of a probability over the people present, by their share of the work. */
function overPeople(people: Member[], probability: (member: Member) => number): number {
  const total = people.reduce((sum, member) => sum + member.load, 0);
  return people.reduce((sum, member) => sum + (member.load / total) * probability(member), 0);
}

/** Mean over the two variants where a trial of the metric runs. */
const overVariants = (runs: boolean, probability: (tried: boolean) => number): number =>
  runs ? (probability(false) + probability(true)) / 2 : probability(false);

/** Nine decimals: what lies beyond is the arithmetic's own and may differ between machines. */
const rounded = (value: number): number => Number(value.toFixed(9));

/**
 * The exact expectations of a week. A lead's channel, store, inviter, seller and variants are independent draws of the
 * week's mix, so P(active) = Σ mix · a and P(order | active) = Σ mix · a · b / Σ mix · a.
 */
function truthWeek(parameters: Parameters, week: Day): TruthWeek {
  const channelShares = channelMix(parameters, week);
  const storeShares = storeMix(parameters, week);
  const activeTrial = trialOf(parameters, 'active', week) !== undefined;
  const boughtTrial = trialOf(parameters, 'bought', week) !== undefined;
  let active = 0;
  let bought = 0;
  for (const store of stores) {
    const inviters = present(parameters, 'inviter', store, week);
    const sellers = present(parameters, 'seller', store, week);
    for (const channel of channels) {
      const share = channelShares[channel] * storeShares[store];
      const a = overPeople(inviters, (inviter) =>
        overVariants(activeTrial, (tried) =>
          activeProbability(parameters, week, channel, store, inviter, tried),
        ),
      );
      const b = overPeople(sellers, (seller) =>
        overVariants(boughtTrial, (tried) =>
          boughtProbability(parameters, week, channel, store, seller, tried),
        ),
      );
      active += share * a;
      bought += share * a * b;
    }
  }
  return {
    week: dayText(week),
    expected_leads: rounded(expectedLeads(parameters, week)),
    p3: rounded(active),
    p4: rounded(bought / active),
  };
}

const effects = (staff: Member[], role: Member['role']): Record<string, number> =>
  Object.fromEntries(
    staff.filter((member) => member.role === role).map((member) => [member.id, member.effect]),
  );

/** Log-odds effects without the shares that they were planted beside. */
const planted = <K extends string>(
  values: Record<K, { active: number; bought: number }>,
): Record<K, { active: number; bought: number }> =>
  Object.fromEntries(
    Object.entries<{ active: number; bought: number }>(values).map(([key, { active, bought }]) => [
      key,
      { active, bought },
    ]),
  ) as Record<K, { active: number; bought: number }>;

/**
 * The truth of a studio, from its parameters alone: nothing is drawn, and the seed is only carried along.
 * Weekly figures concern journeys that begin with a lead; walk-ins, repeat orders and calls of strangers come on top.
 */
export function truthOf(parameters: Parameters, seed: number): Truth {
  return {
    seed,
    first_day: parameters.first_day,
    last_day: parameters.last_day,
    horizon_days: parameters.horizon_days,
    weeks: weeksOf(dayOf(parameters.first_day), dayOf(parameters.last_day)).map((week) =>
      truthWeek(parameters, week),
    ),
    channels: planted(parameters.channels),
    stores: planted(parameters.stores),
    inviters: effects(parameters.staff, 'inviter'),
    sellers: effects(parameters.staff, 'seller'),
    delays: parameters.delays,
    phone_order_share: parameters.phone_order_share,
    experiments: parameters.trials.map(({ id, metric, from, to, effect }) => ({
      id,
      metric,
      from,
      to,
      effect,
    })),
    gap: parameters.gap,
  };
}

/** The truth as the committed truth.json says it. */
export const truthText = (truth: Truth): string => `${JSON.stringify(truth, null, 2)}\n`;
