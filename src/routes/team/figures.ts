import type { StaffComparisonParams, StaffValuesParams } from '#lib/server/reports.gen.ts';

/** A rate or an average of money in which people are compared: which report is asked, and for which of its figures. */
type Asked =
  | { readonly report: 'staff_comparison'; readonly figure: NonNullable<StaffComparisonParams['figure']> }
  | { readonly report: 'staff_values'; readonly figure: NonNullable<StaffValuesParams['figure']> };

const rate = (figure: NonNullable<StaffComparisonParams['figure']>): Asked => ({
  report: 'staff_comparison',
  figure,
});
const value = (figure: NonNullable<StaffValuesParams['figure']>): Asked => ({
  report: 'staff_values',
  figure,
});

/** Every figure of the page, by its name in the address. */
const figures = {
  lead_visits: rate('lead_visits'),
  lead_orders: rate('lead_orders'),
  visit_orders: rate('visit_orders'),
  ticket: value('ticket'),
  cancellations: rate('cancellations'),
  sale: rate('sale'),
  shoot: rate('shoot'),
  shoot_value: value('shoot'),
  viewing: rate('viewing'),
  viewing_value: value('viewing'),
  pickup: rate('pickup'),
  pickup_value: value('pickup'),
  recovered: rate('recovered'),
} as const;

export type TeamFigure = keyof typeof figures;

/** What people of each desk are compared in, desk by desk along the path; the first is the one that a desk opens with. */
export const desks = {
  inviter: ['lead_visits', 'lead_orders'],
  seller: ['visit_orders', 'ticket', 'cancellations', 'sale'],
  floor: ['shoot', 'shoot_value'],
  viewing: ['viewing_value', 'viewing'],
  pickup: ['pickup', 'pickup_value'],
  service: ['recovered'],
} as const satisfies Record<string, readonly TeamFigure[]>;

export type Desk = keyof typeof desks;

export const deskNames = Object.keys(desks) as Desk[];
export const teamFigures = Object.keys(figures) as TeamFigure[];

/** Which report tells of a figure. */
export function askedOf(figure: TeamFigure): Asked {
  return figures[figure];
}

/** The desk that a figure is compared at. */
export function deskOf(figure: TeamFigure): Desk {
  return deskNames.find((desk) => desks[desk].some((one) => one === figure)) ?? 'seller';
}
