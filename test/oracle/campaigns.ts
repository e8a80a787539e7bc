import { within } from './days.ts';
import type { SegmentField } from './segments.ts';
import { lastDay, sourceWindow, type Period } from './sources.ts';
import type { CampaignDay, Facts, Text } from './tables.ts';

/** Sums of the daily campaign figures of a period; null without a row in the 26 weeks of the source rule. */
export interface Contacts {
  audience: number | null;
  aware: number | null;
  /** Campaigns with a daily figure in the period: only their leads are set against Q1. */
  campaigns: Set<string>;
}

/** Fields a daily campaign figure can be split or filtered by. */
export function campaignValue(row: CampaignDay, field: SegmentField, facts: Facts): Text | undefined {
  if (field === 'campaign') return row.campaign_id;
  if (field !== 'channel') return undefined;
  return facts.campaigns.find((campaign) => campaign.campaign_id === row.campaign_id)?.channel ?? null;
}

/** Q0 and Q1 of the rows that belong to a segment. */
export function contacts(facts: Facts, period: Period, belongs: (row: CampaignDay) => boolean): Contacts {
  const own = facts.campaign_days.filter(belongs);
  const window = sourceWindow(period);
  const inPeriod = own.filter((row) => within(row.date, period.from, lastDay(period)));
  const sum = (value: (row: CampaignDay) => number | null) =>
    own.some((row) => within(row.date, window.from, window.to) && value(row) !== null)
      ? inPeriod.reduce((total, row) => total + (value(row) ?? 0), 0)
      : null;
  return {
    audience: sum((row) => row.audience),
    aware: sum((row) => row.aware),
    campaigns: new Set(inPeriod.map((row) => row.campaign_id)),
  };
}
