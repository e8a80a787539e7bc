/** What the page of client value is made of, in the order in which it is made. */
export const valueSteps = ['clients', 'held', 'cohorts'] as const;
export type ValueStep = (typeof valueSteps)[number];
