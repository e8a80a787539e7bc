import type { Role, Standing, Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { ColumnSpec } from './header.ts';
import type { ReportSpec } from './spec.ts';

/** Of what a report is made for somebody: the whole house, the stores of a manager, or what is one person's own. */
export const extents = ['house', 'stores', 'own'] as const;
export type Extent = (typeof extents)[number];

/** Who may ask a report, and of what it is made for them. Whoever is not named may not. */
export type Audience = Readonly<Partial<Record<Role, Extent>>>;

/** What of a viewer an answer depends on: two viewers of the same reach are given the same rows. */
export type Reach = {
  readonly extent: Extent;
  /** With extent stores, those; else empty. */
  readonly stores: readonly string[];
  /** With extent own, whose; else null. */
  readonly staffId: string | null;
  /** Whether columns that name staff or contacts of customers are given, and figures divided by staff. */
  readonly persons: boolean;
  /** Without persons, and divided: the values that are shown one by one, all others are one segment; empty shows all. */
  readonly shown: readonly string[];
};

/** The house itself, as the program reads it to know its days and the values of its fields. */
export const HOUSE: Reach = { extent: 'house', stores: [], staffId: null, persons: true, shown: [] };

/** Fields of which each value is one of the staff. */
const STAFF_FIELDS: readonly string[] = ['staff', 'inviter', 'seller', 'upsell_seller'];

/** Whoever sits at the machine: the command line, and what the server asks by itself to have it ready. */
export const MACHINE: Viewer = { kind: 'person', id: '', name: '', role: 'owner' };

/** A house asked by whoever owns the machine. */
export function asOwner({ warehouse }: { readonly warehouse: Warehouse }) {
  return { warehouse, viewer: MACHINE };
}

/**
 * What a viewer is given of a report; the one place that decides. Throws Refusal not_your_report for strangers, for
 * programs that may not read, for roles that the report's header does not name, and for managers of no store.
 */
export function reachOf({ name, audience }: Pick<ReportSpec, 'name' | 'audience'>, viewer: Viewer): Reach {
  const standing = standingOf(viewer);
  const extent = extentFor(audience, standing);
  if (standing === null || extent === undefined) throw new Refusal('not_your_report', { name });
  return {
    extent,
    stores: extent === 'stores' && standing.role === 'manager' ? standing.stores.toSorted() : [],
    staffId: extent === 'own' && standing.role === 'staff' ? standing.staffId : null,
    persons: standing.role !== 'marketer',
    shown: [],
  };
}

/** Of what a report is made for a standing. A manager of no store has none: texts that restrict themselves take no store for all of them. */
function extentFor(audience: Audience, standing: Standing | null): Extent | undefined {
  if (standing === null || (standing.role === 'manager' && standing.stores.length === 0)) return undefined;
  return audience[standing.role];
}

/** Whether a viewer may ask a report at all. */
export function mayAsk({ audience }: Pick<ReportSpec, 'audience'>, viewer: Viewer): boolean {
  return extentFor(audience, standingOf(viewer)) !== undefined;
}

/** Whether a viewer's figures may be divided and filtered by fields of which each value is one of the staff. */
export function mayDivideByStaff(viewer: Viewer): boolean {
  const role = standingOf(viewer)?.role;
  return role === 'owner' || role === 'manager';
}

/** The same of a reach. */
export function dividesByStaff({ extent, persons }: Reach): boolean {
  return persons && extent !== 'own';
}

/** Whether each value of a field is one of the staff; of columns that only an export knows `segmentFields` says it. */
export function isStaffField(field: string): boolean {
  return STAFF_FIELDS.includes(field);
}

/** Throws Refusal not_your_segment where figures of this reach may not be divided or filtered by a field. */
export function mustMayDivide(reach: Reach, field: string): void {
  if (isStaffField(field) && !dividesByStaff(reach)) throw new Refusal('not_your_segment', { name: field });
}

/** The rows without what they would tell of persons beyond a reach. */
export function withinReach<R>({ persons }: Reach, columns: readonly ColumnSpec[], rows: R[]): R[] {
  const withheld = persons ? [] : columns.filter(({ tells }) => tells !== null);
  if (withheld.length === 0) return rows;
  const nothing = Object.fromEntries(withheld.map(({ name }) => [name, null]));
  return rows.map((row) => ({ ...row, ...nothing }));
}

/** What of a viewer a page of several reports depends on: two viewers of the same sight are shown the same. */
export function sightOf(viewer: Viewer): Standing | null {
  const standing = standingOf(viewer);
  if (standing === null) return null;
  switch (standing.role) {
    case 'manager':
      return { role: 'manager', stores: standing.stores.toSorted() };
    case 'staff':
      return { role: 'staff', staffId: standing.staffId };
    default:
      return { role: standing.role };
  }
}

function standingOf(viewer: Viewer): Standing | null {
  if (viewer.kind === 'stranger') return null;
  return viewer.kind === 'token' ? viewer.reads : viewer;
}
