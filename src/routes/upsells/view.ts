import { extent, rateTicks } from '#lib/charts/ticks.ts';
import type { UpsellLadderRow } from '#lib/server/reports.gen.ts';
import { period, weekday } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { ladderView } from '#lib/ui/ladder-view.ts';
import { money, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { periodLinks } from '../period-choices.ts';
import { filterName, valueName } from '../segment-words.ts';
import type { UpsellsAnswers } from './answers.server.ts';
import { attachOf, isRung } from './attach.ts';
import type { Attach } from './attach.ts';
import { beforeView } from './before.ts';
import { creditsView } from './credits.ts';
import { discountsView } from './discounts.ts';
import { legsView } from './legs.ts';
import { matrixView } from './matrix.ts';
import { pointView } from './point.ts';
import { addressOf, cuts, divisions, touchpoints, views } from './question.ts';
import type { Cut, Division, Touchpoint, UpsellsQuestion, View } from './question.ts';

export type Axis = { ticks: { share: number; text: string }[]; reference: number | null };

export type StoreRow = { name: string; only: string; rungs: (Attach | null)[]; amount: string };
export type NamedAttach = Attach & { name: string };

/** The Upsells page in the reader's language and figures, ready to be laid out. Server only. */
export function upsellsView(
  locale: Locale,
  house: { currency: string; zone: string },
  asked: UpsellsQuestion,
  answers: UpsellsAnswers,
) {
  const { days, reach } = answers;
  const question = { ...asked, ...days };
  const { view, where } = question;
  const params = { ...days, view, where };
  const cohort = { ...days, where };
  const per = question.per === 'all' ? null : question.per;
  const csv = (by?: string) => reportLink('upsell_ladder', { ...params, by }, 'csv');
  return {
    heading: period(locale, days.from, days.to),
    days,
    firstDay: reach.firstDay,
    lastDay: reach.lastDay,
    upTo: weekday(locale, reach.lastDay),
    running: days.to > reach.lastDay,
    house,
    view,
    at: question.at,
    per: question.per,
    cut: question.cut,
    filters: where.map((entry) => ({
      entry,
      name: filterName(locale, entry),
      without: addressOf(question, { where: where.filter((other) => other !== entry) }),
    })),
    stores: answers.stores,
    channels: answers.channels,
    links: {
      ...periodLinks(days, reach, (other) => addressOf(question, other)),
      view: Object.fromEntries(views.map((name) => [name, addressOf(question, { view: name })])) as Record<
        View,
        string
      >,
      at: Object.fromEntries(touchpoints.map((at) => [at, addressOf(question, { at })])) as Record<
        Touchpoint,
        string
      >,
      per: Object.fromEntries(divisions.map((name) => [name, addressOf(question, { per: name })])) as Record<
        Division,
        string
      >,
      cut: Object.fromEntries(cuts.map((name) => [name, addressOf(question, { cut: name })])) as Record<
        Cut,
        string
      >,
    },
    lead: leadOf(locale, house.currency, answers.ladder),
    ladder: ladderView(locale, house.currency, answers.ladder, params),
    byStore: storesView(locale, house.currency, question, answers.byStore),
    items: itemsView(locale, house.currency, answers.byItem, { ...params, by: 'item' }),
    sellers:
      answers.bySeller &&
      sellersView(locale, house.currency, question.at, answers.bySeller, answers.ladder, {
        ...params,
        by: 'upsell_seller',
      }),
    before: beforeView(locale, answers.before, cohort),
    attach: answers.attach && matrixView(locale, answers.attach, cohort),
    credits: answers.credits && creditsView(locale, house.currency, answers.credits, { ...params, by: per }),
    waits: legsView(locale, answers.waits, cohort),
    discounts: discountsView(locale, house.currency, answers.discounts, { ...cohort, by: question.cut }),
    point:
      answers.point &&
      pointView(locale, house.currency, answers.point.rows, { ...answers.point.days, where }),
    csv: {
      ladder: csv(),
      store: csv('store'),
      item: csv('item'),
      seller: csv('upsell_seller'),
      before: reportLink('ladder_before', cohort, 'csv'),
      attach: reportLink('ladder_attach', cohort, 'csv'),
      waits: reportLink('ladder_waits', cohort, 'csv'),
      discounts: reportLink('order_discounts', { ...cohort, by: question.cut }, 'csv'),
      point: reportLink('ladder_point', { ...answers.point?.days, where }, 'csv'),
      credit: reportLink('ladder_credit', { ...params, by: per }, 'csv'),
    },
  };
}

export type UpsellsView = ReturnType<typeof upsellsView>;

type Params = LinkParameters;

function leadOf(locale: Locale, currency: string, ladder: readonly UpsellLadderRow[]) {
  const row = (name: string) => ladder.find(({ touchpoint }) => touchpoint === name);
  const inMoney = (amount: string | null | undefined) =>
    amount == null ? null : money(locale, currency, amount);
  return {
    signed: inMoney(row('order')?.amount),
    together: inMoney(row('total')?.amount),
    ticket: inMoney(row('order')?.amount_per_reached),
    worth: inMoney(row('total')?.amount_per_reached),
  };
}

function storesView(
  locale: Locale,
  currency: string,
  question: UpsellsQuestion,
  rows: readonly UpsellLadderRow[],
): StoreRow[] {
  const params = { ...question, at: undefined, by: 'store' };
  return [...new Set(rows.map(({ segment }) => segment))].map((store) => {
    const ofStore = rows.filter(({ segment }) => segment === store);
    const total = ofStore.find(({ touchpoint }) => touchpoint === 'total');
    return {
      name: valueName(locale, 'store', store),
      only: addressOf(question, { where: [...question.where, `store=${store ?? ''}`] }),
      rungs: touchpoints.map((name) => {
        const row = ofStore.find(({ touchpoint }) => touchpoint === name);
        return row ? attachOf(locale, currency, row, { end: 1, largest: 0, params }) : null;
      }),
      amount: total?.amount == null ? '—' : money(locale, currency, total.amount),
    };
  });
}

/** Items touchpoint by touchpoint in the order of the path, by name within one; all amounts on one scale. */
function itemsView(
  locale: Locale,
  currency: string,
  rows: readonly UpsellLadderRow[],
  params: Params,
): { rows: NamedAttach[]; axis: Axis } {
  const sold = rows.filter((row) => isRung(row) && (row.offered ?? 0) > 0);
  const end = endOf(sold);
  const largest = extent(sold.map(({ amount }) => Number(amount ?? 0)))?.high ?? 0;
  const inOrder = sold.toSorted((a, b) => a.touchpoint_no - b.touchpoint_no);
  return {
    axis: axisOf(locale, end, null),
    rows: inOrder.map((row) => ({
      name: valueName(locale, 'item', row.segment),
      ...attachOf(locale, currency, row, { end, largest, params }),
    })),
  };
}

/** Who sells at a touchpoint, by name: never in an order that chance has made. */
function sellersView(
  locale: Locale,
  currency: string,
  at: Touchpoint,
  bySeller: readonly UpsellLadderRow[],
  ladder: readonly UpsellLadderRow[],
  params: Params,
): { rows: NamedAttach[]; axis: Axis } {
  const there = bySeller.filter(({ touchpoint }) => touchpoint === at);
  const end = endOf(there);
  const all = ladder.find(({ touchpoint }) => touchpoint === at)?.attach_rate ?? null;
  return {
    axis: axisOf(locale, end, all),
    rows: there.map((row) => ({
      name: valueName(locale, 'upsell_seller', row.segment),
      ...attachOf(locale, currency, row, { end, largest: 0, params }),
    })),
  };
}

/** The first round mark above the highest rate and the middle of the highest interval. */
function endOf(rows: readonly UpsellLadderRow[]): number {
  const highest =
    extent(rows.flatMap(({ attach_rate, attach_high }) => [attach_rate, attach_high]))?.high ?? 1;
  return rateTicks(highest).at(-1) ?? 1;
}

function axisOf(locale: Locale, end: number, all: number | null): Axis {
  return {
    reference: all === null || all > end ? null : all / end,
    ticks: rateTicks(end).map((mark, index) => ({
      share: mark / end,
      text: index === 0 ? '0' : percent(locale, mark).replace(/\.0+(?=%)/, ''),
    })),
  };
}
