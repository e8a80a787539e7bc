import { dayOf, dayText, month, monday, weekday, type Day } from './calendar.ts';
import type { Journey } from './journeys.ts';
import { dayPart } from './calendar.ts';
import { channelMix, expectedLeads } from './mix.ts';
import type { Parameters } from './parameters.ts';
import { happens, logNormal, oneOf, stream } from './random.ts';
import type { Channel } from './studio.ts';
import { numbered, type Cell, type Tables } from './tables.ts';

type Campaign = {
  id: string;
  name: string;
  channel: string;
  /** Leads of this channel may come from it; a brand campaign is behind none. */
  brings: Channel | null;
  objective: string;
  kind: 'brand' | 'direct_response';
  from: Day;
  to: Day;
  /** People reached for each lead of the channel, share of the audience reached, clicks per reached, cost per reached. */
  reach: number;
  share: number;
  clicks: number;
  price: number;
};

const plans: Partial<
  Record<
    Channel,
    { title: string; months: number; reach: number; share: number; clicks: number; price: number }
  >
> = {
  小红书: { title: '小红书种草', months: 3, reach: 95, share: 0.32, clicks: 0.06, price: 0.9 },
  抖音: { title: '抖音团购', months: 3, reach: 210, share: 0.22, clicks: 0.03, price: 0.35 },
  大众点评: { title: '点评推广通', months: 6, reach: 60, share: 0.45, clicks: 0.09, price: 1.6 },
  传单: { title: '街区传单', months: 6, reach: 320, share: 0.8, clicks: 0, price: 0.12 },
  婚博会: { title: '婚博会', months: 1, reach: 30, share: 0.5, clicks: 0, price: 4 },
};

const monthStart = (day: Day): Day => day - (new Date(day * 86_400_000).getUTCDate() - 1);
const nextMonth = (day: Day): Day => monthStart(monthStart(day) + 32);

/** Every campaign that touches the period, cut to it. */
export function campaignsOf(parameters: Parameters): Campaign[] {
  const first = dayOf(parameters.first_day);
  const last = dayOf(parameters.last_day);
  const drafts: Omit<Campaign, 'id'>[] = [];
  for (let start = monthStart(first); start <= last; start = nextMonth(start)) {
    for (const [channel, plan] of Object.entries(plans) as [
      Channel,
      NonNullable<(typeof plans)[Channel]>,
    ][]) {
      const number = month(start) - 1;
      const runs =
        plan.months === 1
          ? parameters.fair.months.includes(number + 1)
          : number % plan.months === 0 || start <= first;
      if (!runs) continue;
      let end = nextMonth(start);
      while (plan.months > 1 && (month(end) - 1) % plan.months !== 0) end = nextMonth(end);
      drafts.push({
        ...plan,
        name: `${plan.title} ${dayText(start).slice(0, 7)}`,
        channel,
        brings: channel,
        objective: 'leads',
        kind: 'direct_response',
        from: Math.max(first, start),
        to: Math.min(last, end - 1),
      });
    }
  }
  for (const [from, to] of [
    ['2024-09-01', '2024-11-30'],
    ['2026-04-01', '2026-06-30'],
  ] as const)
    drafts.push({
      name: `地铁灯箱 ${from.slice(0, 7)}`,
      channel: '户外',
      brings: null,
      objective: 'awareness',
      kind: 'brand',
      from: dayOf(from),
      to: dayOf(to),
      reach: 40,
      share: 0.6,
      clicks: 0,
      price: 0.2,
    });
  return drafts
    .toSorted((a, b) => a.from - b.from)
    .map((draft, position) => ({ ...draft, id: numbered('M', 2, position) }));
}

/** The campaign a lead came from, by the lead's number; leads of other channels and some of these have none. */
export function campaignsOfLeads(
  seed: number,
  campaigns: Campaign[],
  journeys: Journey[],
): (string | null)[] {
  const random = stream(seed, 'campaigns of leads');
  return journeys.map(({ channel, created }) => {
    const day = dayPart(created);
    const running = campaigns.filter(
      ({ brings, from, to }) => brings === channel && from <= day && day <= to,
    );
    return running.length === 0 || happens(random, 0.06) ? null : oneOf(random, running).id;
  });
}

/** Campaigns, and their figures of every day. */
export function campaignTables(parameters: Parameters, seed: number, campaigns: Campaign[]): Tables {
  const random = stream(seed, 'campaign days');
  const days: Cell[][] = [];
  const totals = campaigns.map((campaign) => {
    let total = 0;
    for (let day = campaign.from; day <= campaign.to; day += 1) {
      const week = monday(day);
      const share = campaign.brings === null ? 1 : channelMix(parameters, week)[campaign.brings];
      const leads =
        (expectedLeads(parameters, week) * share * (parameters.weekday_factor[weekday(day)] ?? 1)) / 7;
      const aware = Math.round(logNormal(random, leads * campaign.reach, 0.18));
      const cost = Math.round(aware * campaign.price * logNormal(random, 1, 0.08));
      const hits =
        campaign.clicks === 0 ? null : Math.round(aware * campaign.clicks * logNormal(random, 1, 0.15));
      days.push([
        campaign.id,
        dayText(day),
        Math.round(aware / campaign.share / logNormal(random, 1, 0.05)),
        aware,
        hits,
        cost,
      ]);
      total += cost;
    }
    return total;
  });
  return {
    campaigns: {
      columns: ['campaign_id', 'name', 'channel', 'objective', 'kind', 'starts_on', 'ends_on', 'cost'],
      rows: campaigns.map(({ id, name, channel, objective, kind, from, to }, position) => [
        id,
        name,
        channel,
        objective,
        kind,
        dayText(from),
        dayText(to),
        totals[position] ?? 0,
      ]),
    },
    campaign_days: {
      columns: ['campaign_id', 'date', 'audience', 'aware', 'hits', 'cost'],
      rows: days.toSorted(
        (a, b) => String(a[1]).localeCompare(String(b[1])) || String(a[0]).localeCompare(String(b[0])),
      ),
    },
  };
}
