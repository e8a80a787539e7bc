/** What can be said of a change, as funnel_change writes it. */
export const VERDICTS = [
  'more_than_noise',
  'within_noise',
  'too_few',
  'too_early',
  'gap',
  'holiday',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The verdict of a row of funnel_change; null without a row, or where there is nothing to judge. */
export function verdictOf(row: { verdict: string | null } | undefined): Verdict | null {
  return VERDICTS.find((verdict) => verdict === row?.verdict) ?? null;
}
