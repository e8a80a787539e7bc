import type { App } from '../../app.ts';
import type { Agreed, DraftFile, Seen } from './draft.ts';
import { check, headOf, lookAnew } from './look.ts';
import type { Step } from './looking.ts';
import { isSame } from '#lib/exports/same.ts';
import { wished } from './wish.ts';
import type { Wish } from './wish.ts';

/**
 * Takes a file for what somebody wants it to be taken for, and gives the look at it that this calls for; null where nothing
 * else is wanted than before.
 */
export async function decided(app: App, file: DraftFile, wish: Wish): Promise<Step | null> {
  const { choice, look } = file;
  if (look.kind === 'unseen') return null;
  if (!isSame(choice, wish.reading)) return lookAnew(app, wish.reading);
  if (look.kind === 'refused') return null;
  file.agreed = agreedIn(file.agreed, wish);
  const decision = wished(look, wish, await headOf(app, file, look));
  if (isSame(decision.lists, look.lists) && isSame(decision.asked, look.asked)) return null;
  file.look = { ...look, ...decision, check: staleCheck(look, decision) };
  return check(app, 'all');
}

/** What is agreed to be lost: of a list that is spoken of, what is said last. */
function agreedIn(before: Agreed, { lists }: Pick<Wish, 'lists'>): Agreed {
  const said = lists.flatMap(({ table, agreed }) => (table && agreed ? [[table, agreed] as const] : []));
  return { ...before, ...Object.fromEntries(said) };
}

/** What the last reading gave stays in sight until the next one has ended, unless it was of other lists. */
function staleCheck({ lists, check }: Seen, next: Pick<Seen, 'lists'>): Seen['check'] {
  const isOfThem = isSame(
    lists.map(({ table }) => table),
    next.lists.map(({ table }) => table),
  );
  return isOfThem ? check : { kind: 'open' };
}
