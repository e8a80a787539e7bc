import type { StaffComparisonParams } from '#lib/server/reports.gen.ts';

/** A rate in which people are compared. */
export type Rate = NonNullable<StaffComparisonParams['figure']>;

/** What people of each desk are compared in, desk by desk along the path; the first is the one that a desk opens with. */
export const desks = {
  inviter: ['lead_visits', 'lead_orders'],
  seller: ['visit_orders', 'cancellations', 'sale'],
  floor: ['shoot'],
  viewing: ['viewing'],
  pickup: ['pickup'],
  service: ['recovered'],
} as const satisfies Record<string, readonly Rate[]>;

export type Desk = keyof typeof desks;
export type TeamFigure = (typeof desks)[Desk][number];

export const deskNames = Object.keys(desks) as Desk[];
export const teamFigures: readonly TeamFigure[] = deskNames.flatMap((desk) => [...desks[desk]]);

/** The desk that a figure is compared at. */
export function deskOf(figure: TeamFigure): Desk {
  return deskNames.find((desk) => desks[desk].some((one) => one === figure)) ?? 'seller';
}
