import { Refusal } from '#lib/errors/refusal.ts';
import type { Emptied } from '../emptied.ts';
import { isAgreed } from './draft.ts';
import type { Draft } from './draft.ts';

/**
 * Holds what an import of a draft would take from standing records, list by list, against what somebody has agreed to:
 * another import may have come between, or another file of the same draft. What is not agreed is written into the draft, so
 * that it asks. Throws Refusal draft_empties.
 */
export function refuseUnasked({ files }: Draft, emptied: readonly (readonly Emptied[])[]): void {
  const lists = files.flatMap((file) => {
    const { look } = file;
    return look.kind === 'seen' && look.check.kind === 'read'
      ? look.check.lists.map((list) => ({ list, agreed: file.agreed[list.table] }))
      : [];
  });
  const unasked = lists.flatMap(({ list, agreed }, at) => {
    const fields = emptied[at] ?? [];
    return isAgreed(agreed, fields) ? [] : [{ list, fields }];
  });
  for (const { list, fields } of unasked)
    list.losses = { isAtMost: false, fields: fields.map((field) => ({ ...field, keys: [] })) };
  if (unasked.length > 0) throw new Refusal('draft_empties', {});
}
