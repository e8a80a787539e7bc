import { isRole, roles } from '#lib/access/viewer.ts';
import type { Standing } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';

/** A role as somebody wishes it, with what may have been written beside it. */
export type StandingWish = { role: string; stores: readonly string[]; staffId: string | null };

/** How a standing is kept in a row of app.sqlite. */
export type StandingRow = { role: string; stores: string | null; staff_id: string | null };

/** What a wish means. Throws Refusal bad_role, stores_missing (manager), staff_id_missing (staff). */
export function standingOf({ role, stores, staffId }: StandingWish): Standing {
  if (!isRole(role)) throw new Refusal('bad_role', { role, roles: roles.join(', ') });
  if (role === 'manager') {
    const named = [...new Set(stores.map((store) => store.trim()).filter((store) => store !== ''))];
    if (named.length === 0) throw new Refusal('stores_missing', {});
    return { role, stores: named };
  }
  if (role !== 'staff') return { role };
  const id = staffId?.trim() ?? '';
  if (id === '') throw new Refusal('staff_id_missing', {});
  return { role, staffId: id };
}

/** The columns role, stores and staff_id of a standing. */
export function rowOfStanding(standing: Standing): StandingRow {
  return {
    role: standing.role,
    stores: standing.role === 'manager' ? JSON.stringify(standing.stores) : null,
    staff_id: standing.role === 'staff' ? standing.staffId : null,
  };
}

/** The standing in a row. Throws Refusal as standingOf where the row is not one of this program. */
export function standingInRow(row: Record<string, unknown>): Standing {
  const stores: unknown = row['stores'] === null ? [] : JSON.parse(String(row['stores']));
  return standingOf({
    role: String(row['role']),
    stores: Array.isArray(stores) ? stores.map(String) : [],
    staffId: row['staff_id'] === null ? null : String(row['staff_id']),
  });
}
