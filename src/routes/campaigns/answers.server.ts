import { Refusal } from '#lib/errors/refusal.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { campaignProgress, campaigns, dataSpan } from '#lib/server/reports.gen.ts';
import type { CampaignQuestion } from './question.ts';

type Days = Pick<CampaignQuestion, 'from' | 'to'>;

/** Asks for all campaigns; null while there are no data. `rate`: the setting margin_rate. Throws the Refusals of `ask`. */
export async function askList(asker: Asker, days: Days, rate: string, signal: AbortSignal) {
  const asked = await askedOf(asker, days, rate, signal);
  if (asked === null) return null;
  return { asked, rows: (await campaigns(asker, asked, { signal })).rows };
}

/** Asks for one campaign and how it went; null while there are no data. Throws Refusal unknown_campaign and those of `ask`. */
export async function askOne(
  asker: Asker,
  id: string,
  question: CampaignQuestion,
  rate: string,
  signal: AbortSignal,
) {
  const asked = await askedOf(asker, question, rate, signal);
  if (asked === null) return null;
  const estimated = {
    ...asked,
    campaign: id,
    estimated_audience: question.audience,
    estimated_aware: question.aware,
  };
  const [[own], all] = await Promise.all([
    campaigns(asker, estimated, { signal }).then(({ rows }) => rows),
    campaigns(asker, asked, { signal }).then(({ rows }) => rows),
  ]);
  const among = all.find(({ campaign }) => campaign === id);
  if (own === undefined || among === undefined || id === 'too_few')
    throw new Refusal('unknown_campaign', { id });
  const { from, to, as_of } = asked;
  const progress = { from, to, as_of, campaign: id, every: question.every };
  const { rows } = await campaignProgress(asker, progress, { signal });
  return { asked: estimated, own, among, progress: { asked: progress, rows } };
}

export type OneCampaign = NonNullable<Awaited<ReturnType<typeof askOne>>>;

async function askedOf(asker: Asker, { from, to }: Days, rate: string, signal: AbortSignal) {
  const [span] = (await dataSpan(asker, {}, { signal })).rows;
  if (!span?.first_day || !span.last_day) return null;
  return {
    from: from ?? span.first_day,
    to: to ?? span.last_day,
    as_of: span.last_day,
    margin_rate: rate === 'none' ? null : Number(rate),
  };
}
