import type { FunnelChangeRow } from '#lib/server/reports.gen.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** The figure of funnel_change that says whether a term or cause of revenue_change is more than noise, and its step. */
const judges: Readonly<Record<string, { step: number; figure: 'people' | 'rate' }>> = {
  leads: { step: 2, figure: 'people' },
  reach: { step: 1, figure: 'people' },
  leads_per_aware: { step: 2, figure: 'rate' },
  volume: { step: 2, figure: 'people' },
  visit_rate: { step: 3, figure: 'rate' },
  closing_rate: { step: 4, figure: 'rate' },
  booking_rate: { step: 4, figure: 'rate' },
};

/** The step whose hue a term has; null for money that belongs to no step. */
export function stepOfTerm(term: string): number | null {
  return judges[term]?.step ?? null;
}

/** Whether a term's change is more than noise; null for terms that nothing judges. */
export function verdictOfTerm(term: string, changes: readonly FunnelChangeRow[]): Verdict | null {
  const judge = judges[term];
  return verdictOf(
    judge && changes.find(({ step_no, figure }) => step_no === judge.step && figure === judge.figure),
  );
}

/** The same for a cause: what was upsold at one touchpoint is judged by all that was. */
export function verdictOfCause(cause: string, changes: readonly FunnelChangeRow[]): Verdict | null {
  if (!cause.startsWith('upsell_')) return verdictOfTerm(cause, changes);
  return verdictOf(changes.find(({ figure }) => figure === 'upsold'));
}

/** Figures that move together with a term: what judges it, and what it is a part of. */
const related: Readonly<Record<string, readonly string[]>> = {
  leads: ['people 2', 'people 1', 'rate 2', 'people 0'],
  reach: ['people 1', 'people 2'],
  leads_per_aware: ['rate 2', 'people 2'],
  volume: ['people 2', 'people 1'],
  visit_rate: ['rate 3', 'people 3'],
  closing_rate: ['rate 4', 'people 4'],
  booking_rate: ['rate 4', 'people 4'],
};

/** Whether a figure of funnel_change fell for the same cause as a term: then both are one thing to do. */
export function sharesCause(term: string, { step_no, figure }: FunnelChangeRow): boolean {
  return related[term]?.includes(`${figure} ${step_no}`) ?? false;
}
