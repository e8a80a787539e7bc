/** What somebody may be in the house, see the table in `server/access/doors.ts`. */
export const roles = ['owner', 'manager', 'marketer', 'staff'] as const;
export type Role = (typeof roles)[number];

/** A role with what it is bound to: a manager to stores, staff to the one staff_id whose rows are their own. */
export type Standing =
  | { readonly role: 'owner' }
  | { readonly role: 'manager'; readonly stores: readonly string[] }
  | { readonly role: 'marketer' }
  | { readonly role: 'staff'; readonly staffId: string };

/** Somebody who has signed in, or as whom one looks at the sample. */
export type PersonViewer = { readonly kind: 'person'; readonly id: string; readonly name: string } & Standing;

/** A program with a token: which lists it may hand in, and as whom it may ask reports; null where it may not. */
export type ProgramViewer = {
  readonly kind: 'token';
  readonly id: number;
  readonly name: string;
  readonly tables: readonly string[];
  readonly reads: Standing | null;
};

/** Who asks: every request has one, and what comes back depends on it. */
export type Viewer = { readonly kind: 'stranger' } | PersonViewer | ProgramViewer;

/** Under which name a history keeps what somebody did; null where nobody is asked who they are. */
export function nameOf(viewer: Viewer): string | null {
  return viewer.kind === 'stranger' ? null : viewer.name;
}

export function isRole(value: unknown): value is Role {
  return roles.some((role) => role === value);
}
