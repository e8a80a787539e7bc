/** What a week can be compared with. */
export const comparisons = ['previous', 'last_year', 'mean_of_four'] as const;
/** Whose arithmetic: acts of the week, or the week's leads and what became of them. */
export const views = ['period', 'cohort'] as const;

export type Comparison = (typeof comparisons)[number];
export type View = (typeof views)[number];

/** Weeks of leads that the page follows, and weeks in its chart. */
export const COHORTS = 13;
export const TREND_WEEKS = 26;
