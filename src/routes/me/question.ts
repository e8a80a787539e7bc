import { choice, pageAddress, single } from '../address.ts';

export const spans = ['week', 'month', 'quarter'] as const;
export type Span = (typeof spans)[number];

/** What the page Me was asked: how long a period, and whose figures (staff see only their own, whatever is asked). */
export type MeQuestion = { span: Span; staff: string | null };

/** Reads the page's address. Throws Refusal bad_choice. */
export function questionIn(address: URLSearchParams): MeQuestion {
  return { span: choice(address, 'span', spans) ?? 'week', staff: single(address, 'staff') };
}

/** The address of the same page with some of its state changed; what stands at its default is left out. */
export function addressOf(question: MeQuestion, change: Partial<MeQuestion> = {}): string {
  const { span, staff } = { ...question, ...change };
  return pageAddress('/me', [
    ['span', span === 'week' ? null : span],
    ['staff', staff],
  ]);
}
