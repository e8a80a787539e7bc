import type { ReferralThresholdsRow } from '#lib/server/reports.gen.ts';
import { levelWord } from '#lib/server/settings/referral.ts';
import type { Referral } from '#lib/server/settings/referral.ts';
import { numberOf } from '#lib/ui/customer-link.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { addressOf } from './question.ts';
import type { ReferralsQuestion } from './question.ts';

/** Those who are next to reach a level, or whose card is behind, in the reader's language and figures; null where none are. */
export function thresholdsView(
  locale: Locale,
  referral: Referral,
  inMoney: (amount: string) => string,
  question: ReferralsQuestion,
  rows: readonly ReferralThresholdsRow[],
) {
  const [first] = rows;
  if (!first) return null;
  const named = (key: string | null) => (key === null ? '—' : levelWord(referral, locale, key));
  return {
    count: count(locale, first.all_rows),
    shown: count(locale, rows.length),
    isCut: first.all_rows > rows.length,
    rows: rows.map((row) => ({
      no: row.row_no,
      name: row.customer_name ?? numberOf(row.client_id),
      id: numberOf(row.client_id),
      walk: `${addressOf(question, { who: row.client_id })}#tree`,
      orders: count(locale, row.orders),
      cancelled: row.cancelled_orders === 0 ? null : count(locale, row.cancelled_orders),
      reached: named(row.level),
      next:
        row.next_level === null || row.orders_to_next === null
          ? null
          : { count: count(locale, row.orders_to_next), level: named(row.next_level) },
      card: named(row.card_level),
      isBehind: row.upgrade_due === true,
      earns: inMoney(row.next_reward),
      better:
        row.better_reward === null || row.orders_to_better === null
          ? null
          : { amount: inMoney(row.better_reward), count: count(locale, row.orders_to_better) },
      due: inMoney(row.rewards_due),
    })),
  };
}

export type ThresholdsView = NonNullable<ReturnType<typeof thresholdsView>>;
