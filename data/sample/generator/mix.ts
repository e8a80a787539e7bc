import { dayOf, monday, month, type Day } from './calendar.ts';
import type { Parameters, Trial } from './parameters.ts';
import { normal, stream } from './random.ts';
import type { Member, Role } from './staff.ts';
import { channels, stores, type Channel, type Store } from './studio.ts';

/** The middle of a week decides its season. */
const seasonOf = (week: Day): number => month(week + 3) - 1;

/** Weeks from the nearest week of 春节, as a key of festival_factor. */
function festivalFactor(parameters: Parameters, week: Day): number {
  const distances = parameters.spring_festivals.map((day) => (week - monday(dayOf(day))) / 7);
  const nearest = distances.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0] ?? 99;
  return parameters.festival_factor[String(nearest)] ?? 1;
}

/** The week in which a store left no rows at all. */
export const isGap = (parameters: Parameters, store: Store, day: Day): boolean =>
  store === parameters.gap.store && day >= dayOf(parameters.gap.from) && day <= dayOf(parameters.gap.to);

/** Weights of the days of a week, Monday first: 0 outside the studio's period. */
export const dayWeights = (parameters: Parameters, week: Day): number[] =>
  parameters.weekday_factor.map((factor, offset) => {
    const day = week + offset;
    return day < dayOf(parameters.first_day) || day > dayOf(parameters.last_day) ? 0 : factor;
  });

/** Share of each channel among the leads of a week; the shares sum to 1. */
export function channelMix(parameters: Parameters, week: Day): Record<Channel, number> {
  const { fair } = parameters;
  const fairFactor = fair.months.includes(seasonOf(week) + 1) ? fair.during : fair.otherwise;
  const weights = channels.map(
    (channel) => parameters.channels[channel].share * (channel === '婚博会' ? fairFactor : 1),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(
    channels.map((channel, position) => [channel, (weights[position] ?? 0) / total]),
  ) as Record<Channel, number>;
}

/** Share of each store among the leads of a week, the store with a gap left out of its week. */
export function storeMix(parameters: Parameters, week: Day): Record<Store, number> {
  const weight = (store: Store) => (isGap(parameters, store, week) ? 0 : parameters.stores[store].share);
  const total = stores.reduce((sum, store) => sum + weight(store), 0);
  return Object.fromEntries(stores.map((store) => [store, weight(store) / total])) as Record<Store, number>;
}

/** Who of a role works in a store in the whole of a week. */
export const present = (parameters: Parameters, role: Role, store: Store, week: Day): Member[] =>
  parameters.staff.filter(
    (member) =>
      member.role === role &&
      (member.store === store || member.store === null) &&
      dayOf(member.hired_on) <= week &&
      (member.left_on === null || dayOf(member.left_on) >= week + 6),
  );

/** Mean number of leads of a week. */
export function expectedLeads(parameters: Parameters, week: Day): number {
  const years = (week - dayOf(parameters.first_day)) / 365.25;
  const wobble = normal(stream(parameters.wobble.seed, `week ${week}`));
  const days = dayWeights(parameters, week);
  const share = (weights: number[]) => weights.reduce((sum, weight) => sum + weight, 0);
  const closed = stores.filter((store) => isGap(parameters, store, week));
  return (
    parameters.leads_a_week *
    (1 + parameters.growth_a_year) ** years *
    (parameters.month_factor[seasonOf(week)] ?? 1) *
    festivalFactor(parameters, week) *
    Math.exp(parameters.wobble.sigma * wobble) *
    (share(days) / share(parameters.weekday_factor)) *
    (1 - closed.reduce((sum, store) => sum + parameters.stores[store].share, 0))
  );
}

/** The trial of a metric that runs in a week. */
export const trialOf = (parameters: Parameters, metric: Trial['metric'], week: Day): Trial | undefined =>
  parameters.trials.find(
    (trial) => trial.metric === metric && dayOf(trial.from) <= week && dayOf(trial.to) >= week + 6,
  );

const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** P(active | lead): a visit, or an order by phone. `tried` says whether the running trial's variant applies. */
export const activeProbability = (
  parameters: Parameters,
  week: Day,
  channel: Channel,
  store: Store,
  inviter: Member,
  tried: boolean,
): number =>
  logistic(
    parameters.base_active +
      parameters.channels[channel].active +
      parameters.stores[store].active +
      inviter.effect +
      (parameters.month_active[seasonOf(week)] ?? 0) +
      (tried ? (trialOf(parameters, 'active', week)?.effect ?? 0) : 0),
  );

/** P(order | active). */
export const boughtProbability = (
  parameters: Parameters,
  week: Day,
  channel: Channel,
  store: Store,
  seller: Member,
  tried: boolean,
): number =>
  logistic(
    parameters.base_bought +
      parameters.channels[channel].bought +
      parameters.stores[store].bought +
      seller.effect +
      (parameters.month_bought[seasonOf(week)] ?? 0) +
      (tried ? (trialOf(parameters, 'bought', week)?.effect ?? 0) : 0),
  );
