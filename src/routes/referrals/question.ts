import { choice, pageAddress } from '../address.ts';

/** Which rewards are listed. */
export const parts = ['all', 'due', 'unredeemed', 'paid_twice', 'to_reclaim'] as const;
export type Part = (typeof parts)[number];

/** What the Referrals page was asked: whose tree is walked, null for the largest, and which rewards are listed. */
export type ReferralsQuestion = { who: string | null; part: Part };

/** Reads the page's address; a bare customer number stands for that customer. Throws Refusal bad_choice. */
export function questionIn(address: URLSearchParams): ReferralsQuestion {
  const who = address.get('who')?.trim() ?? '';
  return {
    who: who === '' ? null : /^[A-Z]:/.test(who) ? who : `C:${who}`,
    part: choice(address, 'part', parts) ?? 'all',
  };
}

/** The address of the same page with some of its state changed. */
export function addressOf(question: ReferralsQuestion, change: Partial<ReferralsQuestion>): string {
  const { who, part } = { ...question, ...change };
  return pageAddress('/referrals', [
    ['who', who],
    ['part', part === 'all' ? null : part],
  ]);
}
