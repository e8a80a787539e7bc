import { choice, day, pageAddress, whole } from '../address.ts';

/** How long a row of a campaign's progress is. */
export const lengths = ['week', 'day'] as const;
export type Length = (typeof lengths)[number];

/** What the pages of campaigns were asked: leads of which days, null for all; of one campaign also how long a row is, and estimates. */
export type CampaignQuestion = {
  readonly from: string | null;
  readonly to: string | null;
  readonly every: Length;
  readonly audience: number | null;
  readonly aware: number | null;
};

/** More people than there are. */
const MOST = 10_000_000_000;

/** Reads the list's address. Throws Refusal bad_choice or bad_date. */
export function daysIn(address: URLSearchParams): Pick<CampaignQuestion, 'from' | 'to'> {
  return { from: day(address, 'from'), to: day(address, 'to') };
}

/** Reads the address of one campaign. Throws Refusal bad_choice, bad_date or bad_number. */
export function questionIn(address: URLSearchParams): CampaignQuestion {
  return {
    ...daysIn(address),
    every: choice(address, 'every', lengths) ?? 'week',
    audience: whole(address, 'audience', 0, MOST),
    aware: whole(address, 'aware', 0, MOST),
  };
}

/** The address of one campaign with some of its state changed. */
export function addressOf(
  id: string,
  { from, to }: Pick<CampaignQuestion, 'from' | 'to'>,
  { every = 'week', audience = null, aware = null }: Partial<CampaignQuestion> = {},
): string {
  return pageAddress(`/campaigns/${encodeURIComponent(id)}`, [
    ['from', from],
    ['to', to],
    ['every', every === 'week' ? null : every],
    ['audience', audience === null ? null : String(audience)],
    ['aware', aware === null ? null : String(aware)],
  ]);
}
