import type { CampaignsRow } from '#lib/server/reports.gen.ts';
import { longDay, period } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { isRatio, nameOf, ratioText, writers } from './figures.server.ts';
import { addressOf } from './question.ts';

/** What the list was asked of, as the report takes it. */
export type ListAsked = {
  readonly from: string;
  readonly to: string;
  readonly as_of: string;
  readonly margin_rate: number | null;
};

/** The list of campaigns in the reader's language and figures, the most promising first. Server only. */
export function listView(
  locale: Locale,
  { currency }: { currency: string },
  given: { from: string | null; to: string | null },
  asked: ListAsked,
  rows: readonly CampaignsRow[],
) {
  const write = writers(locale, currency);
  const [best] = rows.filter(({ rank }) => rank === 1);
  return {
    ...given,
    last: asked.as_of,
    upTo: word(locale, 'camp.upto', {
      from: longDay(locale, asked.from),
      to: longDay(locale, asked.to),
      day: longDay(locale, asked.as_of),
    }),
    says: best
      ? word(locale, 'camp.lead', {
          name: nameOf(locale, best),
          profit: write.money(best.again_profit),
          range: write.range(best.again_low, best.again_high),
        })
      : word(locale, 'camp.lead.none'),
    basis: word(locale, `camp.basis.${rows[0]?.basis ?? 'cost'}`),
    csv: reportLink('campaigns', asked, 'csv'),
    isEmpty: rows.every(({ campaign }) => campaign === null),
    rows: rows.toSorted(byPlace).map((row) => rowView(locale, write, given, asked, row)),
  };
}

export type ListView = ReturnType<typeof listView>;

function rowView(
  locale: Locale,
  write: ReturnType<typeof writers>,
  given: { from: string | null; to: string | null },
  asked: ListAsked,
  row: CampaignsRow,
) {
  const { campaign, goal, starts_on: from, ends_on: to } = row;
  const isOne = campaign !== null && campaign !== 'too_few';
  const open = (column: string) => (isOne ? figureLink('campaigns', column, asked, { campaign }) : null);
  const aim = isRatio(goal) ? { words: word(locale, `camp.${goal}`), ...ratioText(locale, row, goal) } : null;
  return {
    key: campaign ?? '',
    rank: write.count(row.rank),
    name: nameOf(locale, row),
    href: isOne ? addressOf(campaign, given) : null,
    about: [row.channel, from && to ? period(locale, from, to) : null]
      .filter((text) => text !== null)
      .join(' · '),
    aim: isOne ? aim : null,
    noAim: isOne && aim === null,
    leads: { text: write.count(row.leads), href: open('leads') },
    visits: write.count(row.visits),
    orders: { text: write.count(row.orders), href: open('orders') },
    coming: row.coming === null ? null : write.count(row.coming),
    spend: write.money(row.spend),
    perLead: write.each(row.cost_per_lead),
    perOrder: write.each(row.cost_per_order),
    profit: { text: write.change(row.profit), href: row.profit === null ? null : open('profit') },
    again:
      row.again_profit === null
        ? null
        : {
            text: write.change(row.again_profit),
            range: write.range(row.again_low, row.again_high),
            chance: word(locale, 'camp.chance', { chance: write.chance(row.again_chance) }),
          },
  };
}

/** Ranked ones first, then those of which nothing can be said, then the rows that are no campaign. */
function byPlace(one: CampaignsRow, other: CampaignsRow): number {
  return placeOf(one) - placeOf(other) || other.leads - one.leads;
}

function placeOf({ campaign, rank }: CampaignsRow): number {
  if (campaign === null) return Infinity;
  return rank ?? (campaign === 'too_few' ? Number.MAX_VALUE : Number.MAX_SAFE_INTEGER);
}
