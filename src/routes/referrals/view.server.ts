import { ageTicks, seenPoints } from '#lib/charts/curve.ts';
import type { Curves } from '#lib/charts/curve.ts';
import { extent, rateTicks } from '#lib/charts/ticks.ts';
import type { ReferralProgrammeRow, ReferralTimesRow } from '#lib/server/reports.gen.ts';
import { fileLink, numberOf } from '#lib/ui/customer-link.ts';
import { weekday } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import { count, measure, money, percent, percentRange, points, times } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { levelWord } from '#lib/server/settings/referral.ts';
import type { Programme, ReferralsAnswers } from './answers.server.ts';
import { addressOf, parts } from './question.ts';
import type { Part, ReferralsQuestion } from './question.ts';
import { thresholdsView } from './thresholds.server.ts';

/** Fewer open than these, and a curve says nothing more. */
const LEAST_OPEN = 30;
const MOST_DAYS = 365;

/** The Referrals page in the reader's language and figures, ready to be laid out. Server only. */
export function referralsView(
  locale: Locale,
  { currency }: { currency: string },
  { referral }: Programme,
  question: ReferralsQuestion,
  answers: ReferralsAnswers,
) {
  const { asked } = answers;
  const inMoney = (amount: string) => money(locale, currency, amount);
  const range = (low: number | null, high: number | null) =>
    low === null || high === null ? null : { low: measure(locale, low), high: measure(locale, high) };
  const [programme] = answers.programme;
  const [bringing] = answers.reproduction;
  const whole = answers.returns.find(({ scope }) => scope === 'whole');
  const named = (id: string | null, name: string | null) => ({
    id: id === null ? '—' : numberOf(id),
    name: name ?? (id === null ? '—' : numberOf(id)),
    walk: id === null ? null : `${addressOf(question, { who: id })}#tree`,
  });
  return {
    upTo: weekday(locale, asked.as_of),
    isEmpty: (programme?.referred_leads ?? 0) === 0,
    basis: whole?.basis === 'revenue' ? ('revenue' as const) : ('cost' as const),
    lead: whole && {
      ratio: whole.return_ratio === null ? null : measure(locale, whole.return_ratio),
      interval: range(whole.return_low, whole.return_high),
      gain: inMoney(whole.gain),
      even:
        whole.break_even_share === null || whole.break_even_share === 0
          ? null
          : percent(locale, whole.break_even_share),
    },
    sums: programme && {
      cards: count(locale, programme.cards),
      buyers: count(locale, programme.buyers),
      sharers: count(locale, programme.sharers),
      rate: percent(locale, programme.sharer_rate ?? 0),
      leads: count(locale, programme.sent_leads),
      each: programme.leads_per_sharer === null ? null : measure(locale, programme.leads_per_sharer),
    },
    compared:
      programme?.referred_rate == null || programme.other_rate === null
        ? null
        : {
            referred: withRange(
              locale,
              programme.referred_rate,
              programme.referred_low,
              programme.referred_high,
            ),
            other: withRange(locale, programme.other_rate, programme.other_low, programme.other_high),
            hits: count(locale, programme.referred_bought),
            base: count(locale, programme.referred_leads),
          },
    adjusted:
      programme?.odds_ratio == null ||
      programme.adjusted_odds === null ||
      programme.adjusted_low === null ||
      programme.adjusted_high === null
        ? null
        : {
            raw: times(locale, programme.odds_ratio),
            adjusted: times(locale, programme.adjusted_odds),
            low: times(locale, programme.adjusted_low),
            high: times(locale, programme.adjusted_high),
          },
    difference: programme && differenceOf(locale, programme),
    returns: answers.returns.map((row) => {
      const opens = (column: string) =>
        figureLink('referral_returns', column, asked.reckoned, { scope: row.scope });
      return {
        scope: row.scope,
        orders: count(locale, row.orders),
        cancelled: row.cancelled_orders === 0 ? null : count(locale, row.cancelled_orders),
        gain: inMoney(row.gain),
        given: inMoney(row.rewards_given),
        due: inMoney(row.rewards_due),
        cards: inMoney(row.card_costs),
        ratio: row.return_ratio === null ? '—' : times(locale, row.return_ratio),
        interval: range(row.return_low, row.return_high),
        anyway: row.break_even_share === null ? '—' : percent(locale, row.break_even_share),
        opens: { ratio: opens('return_ratio'), gain: opens('gain'), orders: opens('orders') },
      };
    }),
    generations: answers.generations.map((row) => {
      const opens = (column: string) =>
        figureLink('referral_generations', column, asked.reckoned, { generation: row.generation });
      return {
        generation: count(locale, row.generation),
        people: count(locale, row.people),
        orders: count(locale, row.orders),
        amount: inMoney(row.amount),
        gain: inMoney(row.gain),
        rewards: inMoney(row.rewards),
        opens: {
          people: opens('people'),
          orders: opens('orders'),
          amount: opens('amount'),
          gain: opens('gain'),
        },
      };
    }),
    k:
      bringing?.k == null
        ? null
        : {
            days: count(locale, referral.window_days),
            k: measure(locale, bringing.k),
            interval: range(bringing.k_low, bringing.k_high),
            buyers: count(locale, bringing.buyers),
            factors:
              bringing.cards_per_buyer === null ||
              bringing.leads_per_card === null ||
              bringing.conversion === null
                ? null
                : {
                    cards: measure(locale, bringing.cards_per_buyer),
                    leads: measure(locale, bringing.leads_per_card),
                    conversion: percent(locale, bringing.conversion),
                  },
            rows: answers.reproduction.map(({ brought, people }) => ({
              brought: count(locale, brought),
              people: count(locale, people),
            })),
          },
    curve: curveOf(locale, answers.times),
    due: answers.due && {
      all: answers.due[0]
        ? { count: count(locale, answers.due[0].all_rows), amount: inMoney(answers.due[0].all_amount) }
        : null,
      more: (answers.due[0]?.all_rows ?? 0) > answers.due.length ? count(locale, answers.due.length) : null,
      parts: parts.map((part) => ({ part, href: `${addressOf(question, { part })}#settle` })),
      part: question.part,
      rows: answers.due.map((row) => ({
        no: row.row_no,
        standing: row.standing as Part,
        day: row.happened_on,
        who: named(row.client_id, row.customer_name),
        order: row.order_id ?? '—',
        amount: inMoney(row.amount),
      })),
    },
    referrers:
      answers.referrers &&
      answers.referrers.map((row) => ({
        no: row.row_no,
        who: named(row.client_id, row.customer_name),
        leads: count(locale, row.leads),
        orders: count(locale, row.orders),
        amount: inMoney(row.amount),
        below: count(locale, row.tree_people),
        level: row.level === null ? '—' : levelWord(referral, locale, row.level),
        next:
          row.next_level === null || row.orders_to_next === null
            ? null
            : {
                count: count(locale, row.orders_to_next),
                level: levelWord(referral, locale, row.next_level),
              },
        given: inMoney(row.rewards_given),
        due: inMoney(row.rewards_due),
      })),
    hasThresholds: answers.next !== null && referral.levels.length > 0,
    upgrades: answers.upgrades && thresholdsView(locale, referral, inMoney, question, answers.upgrades),
    next: answers.next && thresholdsView(locale, referral, inMoney, question, answers.next),
    tree:
      answers.tree &&
      answers.tree.map((row) => ({
        ...named(row.client_id, row.customer_name),
        key: row.client_id,
        parent: row.parent_id,
        step: row.step,
        file: fileLink(row.client_id),
        orders: count(locale, row.orders),
        amount: inMoney(row.amount),
        people: count(locale, row.tree_people),
      })),
    who: question.who === null ? '' : numberOf(question.who),
    problems:
      answers.problems &&
      answers.problems.map((row) => ({
        no: row.row_no,
        problem: row.problem,
        who: named(row.client_id, null),
        item: numberOf(row.item),
        amount: row.amount === null ? '' : inMoney(row.amount),
      })),
    csv: {
      returns: reportLink('referral_returns', asked.reckoned, 'csv'),
      generations: reportLink('referral_generations', asked.reckoned, 'csv'),
      k: reportLink('referral_reproduction', asked.bringing, 'csv'),
      curve: reportLink('referral_times', { as_of: asked.as_of }, 'csv'),
      due: reportLink('referral_rewards', { ...asked.listed, limit: 100_000 }, 'csv'),
      referrers: reportLink('referral_referrers', { ...asked.ranked, limit: 100_000 }, 'csv'),
      upgrades: reportLink(
        'referral_thresholds',
        { ...asked.ranked, part: 'upgrade', limit: 100_000 },
        'csv',
      ),
      next: reportLink('referral_thresholds', { ...asked.ranked, part: 'next', limit: 100_000 }, 'csv'),
      tree: reportLink('referral_tree', { ...asked.tree, depth: 900 }, 'csv'),
      problems: reportLink('referral_problems', asked.paid, 'csv'),
    },
  };
}

export type ReferralsView = ReturnType<typeof referralsView>;

function withRange(locale: Locale, rate: number, low: number | null, high: number | null): string {
  const text = percent(locale, rate);
  return low === null || high === null ? text : `${text} (${percentRange(locale, low, high)})`;
}

/** By how many points more of the referred leads buy, within store and quarter; null where nothing can be compared. */
function differenceOf(locale: Locale, row: ReferralProgrammeRow) {
  const { adjusted_difference, difference_low, difference_high } = row;
  if (adjusted_difference === null || difference_low === null || difference_high === null) return null;
  const inPoints = (value: number) => points(locale, value, row.referred_rate ?? 1);
  return {
    difference: inPoints(adjusted_difference),
    low: inPoints(difference_low),
    high: inPoints(difference_high),
  };
}

/** The curve up to the last age at which enough buyers were still open; null where there is none. */
function curveOf(locale: Locale, rows: readonly ReferralTimesRow[]) {
  const told = rows.filter(({ age, at_risk }) => age <= MOST_DAYS && at_risk >= LEAST_OPEN);
  const last = told.at(-1);
  if (!last || last.age === 0) return null;
  const ages = ageTicks(last.age);
  const points = seenPoints(
    rows.map(({ age, incidence, incidence_low, incidence_high }) => ({
      age,
      share: incidence,
      low: incidence_low,
      high: incidence_high,
      lost: 0,
    })),
    last.age,
  );
  const highest = extent(points.flatMap(({ share, high }) => [share, high]))?.high ?? 1;
  const curves: Curves = {
    lines: [
      {
        name: '',
        points,
        until: last.age,
        atRisk: ages.map((age) => count(locale, rows.find((row) => row.age >= age)?.at_risk ?? 0)),
      },
    ],
    until: last.age,
    ages,
    rates: rateTicks(highest),
    hasLosses: false,
  };
  return {
    curves,
    rate: percent(locale, last.incidence),
    range:
      last.incidence_low === null || last.incidence_high === null
        ? ''
        : percentRange(locale, last.incidence_low, last.incidence_high),
    day: count(locale, last.age),
  };
}
