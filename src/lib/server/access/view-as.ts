import type { PersonViewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Asker, AskOptions } from '../reports/ask.ts';
import { staffMembers } from '../reports.gen.ts';

/** Whose own page is read: who asks for it, of whom, and whether that is somebody else. */
export type OwnPage = { readonly asker: Asker; readonly staffId: string; readonly isOther: boolean };

/**
 * The page of one of the staff. They themselves read their own; owner and manager read it as that person would: the same
 * reports are asked with that person bound as the viewer, for this one answer, and nothing of the session changes. Null
 * where they name nobody. `noted` hears who looks as whom. Throws Refusal not_for_you where staff name somebody else and for
 * whoever is neither of these, and not_your_person where there is no such person whom the viewer may see.
 */
export async function ownPageOf(
  asker: Asker,
  named: string | null,
  noted: (viewer: PersonViewer, staffId: string) => void,
  options: AskOptions = {},
): Promise<OwnPage | null> {
  const { viewer, warehouse } = asker;
  if (viewer.kind !== 'person' || viewer.role === 'marketer') throw new Refusal('not_for_you', {});
  if (viewer.role === 'staff') {
    if (named !== null && named !== viewer.staffId) throw new Refusal('not_for_you', {});
    return { asker, staffId: viewer.staffId, isOther: false };
  }
  if (named === null) return null;
  const { rows } = await staffMembers(asker, { staff: named }, options);
  if (rows.length === 0) throw new Refusal('not_your_person', { name: named });
  noted(viewer, named);
  return { asker: { warehouse, viewer: boundTo(viewer, named) }, staffId: named, isOther: true };
}

/** Whoever looks, with no more than one of the staff is given. */
function boundTo({ id, name }: PersonViewer, staffId: string): PersonViewer {
  return { kind: 'person', id, name, role: 'staff', staffId };
}
