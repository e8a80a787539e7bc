import { longDay, period } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import { measure, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { OneCampaign } from '../answers.server.ts';
import { nameOf, ratioText, writers } from '../figures.server.ts';
import type { Ratio } from '../figures.server.ts';
import { addressOf, lengths } from '../question.ts';
import type { CampaignQuestion } from '../question.ts';
import { progressView } from './progress-view.server.ts';

/** One campaign in the reader's language and figures, ready to be laid out. Server only. */
export function campaignView(
  locale: Locale,
  { currency }: { currency: string },
  question: CampaignQuestion,
  answers: OneCampaign,
  persons: boolean,
) {
  const { own, asked } = answers;
  const id = asked.campaign;
  return {
    id,
    name: nameOf(locale, own),
    about: [
      own.name === null ? null : id,
      own.channel,
      own.starts_on && own.ends_on ? period(locale, own.starts_on, own.ends_on) : null,
    ]
      .filter((text) => text !== null)
      .join(' · '),
    upTo: word(locale, 'camp.upto', {
      from: longDay(locale, asked.from),
      to: longDay(locale, asked.to),
      day: longDay(locale, asked.as_of),
    }),
    csv: reportLink('campaigns', asked, 'csv'),
    chain: chainOf(locale, currency, answers),
    estimates: isMissing(own.audience_note) || isMissing(own.aware_note) ? { ...question } : null,
    money: moneyOf(locale, currency, answers),
    basis: word(locale, `camp.basis.${own.basis}`),
    lengths: lengths.map((every) => ({
      words: word(locale, `camp.every.${every}`),
      href: addressOf(id, question, { ...question, every }),
      here: every === question.every,
    })),
    progress: progressView(locale, currency, answers.progress, persons),
  };
}

function isMissing(note: string | null): boolean {
  return note !== null;
}

/** The steps with the ratio that leads to each. */
function chainOf(locale: Locale, currency: string, { own, asked }: OneCampaign) {
  const write = writers(locale, currency);
  const step = (
    key: string,
    column: 'audience' | 'aware' | 'leads' | 'visits' | 'orders' | 'friends',
    ratio: Ratio | null,
    cost: number | null,
    note: string | null,
  ) => {
    const people = own[column];
    const said = note ?? (people === null ? (own.leads === 0 ? 'no_leads' : 'no_source') : null);
    return {
      key,
      words: word(locale, `camp.${key}`),
      people: write.count(people),
      href: people === null ? null : figureLink('campaigns', column, asked, { campaign: own.campaign }),
      note: said === null ? null : word(locale, `camp.note.${said}`),
      ratio: ratio && {
        words: word(locale, `camp.${ratio}`),
        isGoal: own.goal === ratio,
        isBare: ratio === 'i1' || ratio === 'i2',
        ...ratioText(locale, own, ratio),
      },
      cost: write.each(cost),
    };
  };
  return [
    step('q0', 'audience', null, null, own.audience_note),
    step('q1', 'aware', 'i1', own.cost_per_aware, own.aware_note),
    step('q2', 'leads', 'i2', own.cost_per_lead, null),
    step('q3', 'visits', 'i3', own.cost_per_visit, null),
    step('q4', 'orders', 'i4', own.cost_per_order, null),
    step('q6', 'friends', 'i6', null, null),
  ];
}

/** What it brought, what is still to come, and whether it should run again, a sentence each. */
function moneyOf(locale: Locale, currency: string, { own, among }: OneCampaign): string[] {
  const write = writers(locale, currency);
  const brought = { revenue: write.money(own.revenue) };
  const says = [
    own.spend === null
      ? word(locale, 'camp.brought.free', brought)
      : word(locale, 'camp.brought', {
          ...brought,
          spend: write.money(own.spend),
          roas: own.roas === null ? '—' : measure(locale, own.roas),
          gain: write.money(own.gain),
          profit: write.change(own.profit),
        }),
  ];
  if (own.break_even_orders !== null)
    says.push(
      word(locale, 'camp.even', {
        orders: write.count(own.break_even_orders),
        have: write.count(own.orders),
      }),
    );
  if (own.coming !== null && own.ripe_share !== null && own.open_leads > 0)
    says.push(
      word(locale, 'camp.still', {
        open: write.count(own.open_leads),
        coming: write.count(own.coming),
        ripe: percent(locale, own.ripe_share),
      }),
    );
  else if (own.open_leads > 0)
    says.push(word(locale, 'camp.still.none', { open: write.count(own.open_leads) }));
  if (own.budget_pace !== null)
    says.push(
      word(locale, 'camp.pace', {
        budget: write.money(own.budget),
        spent: write.money(own.spent),
        due: write.money(own.due),
        pace: percent(locale, own.budget_pace),
      }),
    );
  if (among.again_profit !== null)
    says.push(
      word(locale, 'camp.again.says', {
        profit: write.change(among.again_profit),
        range: write.range(among.again_low, among.again_high),
        chance: write.chance(among.again_chance),
        rank: write.count(among.rank),
      }),
    );
  return says;
}

export type CampaignView = ReturnType<typeof campaignView>;
