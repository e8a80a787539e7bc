import { nameOf } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '../app.ts';
import { withdrawBatch } from '../import/withdraw.ts';
import { clientDecisions, clientMatches } from '../reports.gen.ts';
import type { Asker } from '../reports/ask.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { enterDecision } from './decide.ts';
import type { Decision } from './decide.ts';

/** More decisions than anybody makes by hand. */
const ALL = 100_000;

/**
 * Decides on a pair that the viewer is proposed (client_matches), once: what is proposed to nobody, or no more, is refused.
 * Returns the batch of the decision. Throws Refusal match_is_stale, not_your_report, what `enterDecision` throws.
 */
export async function decideMatch(
  app: App,
  asker: Asker,
  { one, other, decision }: Omit<Decision, 'by'>,
): Promise<number> {
  if (one === '' || other === '') throw new Refusal('unknown_match', {});
  const { rows } = await clientMatches(asker, { one, other, least: 0, limit: 1 });
  if (rows.length === 0) throw new Refusal('match_is_stale', {});
  return enterDecision(app, { one, other, decision, by: nameOf(asker.viewer) }, (transaction) =>
    refuseStale(transaction, one, other),
  );
}

/** Somebody else may have decided since: then the two are not two clients any more, or are said to be. */
async function refuseStale(transaction: Transaction, one: string, other: string): Promise<void> {
  const stale = await transaction.query(
    `select 1 as one from client_links k where k.person_id in ($one::varchar, $other::varchar)
     union all
     select 1 as one from decided_pairs d
     where d.is_latest and d.first_id = least($one::varchar, $other::varchar) and d.second_id = greatest($one::varchar, $other::varchar)
     limit 1`,
    { one, other },
  );
  if (stale.length > 0) throw new Refusal('match_is_stale', {});
}

/**
 * Takes a decision back that was entered here and that the viewer may see: everything is as it was without it.
 * Throws Refusal unknown_match, not_your_report, what `withdrawBatch` throws.
 */
export async function undoDecision(app: App, asker: Asker, batch: string): Promise<void> {
  const { rows } = await clientDecisions(asker, { limit: ALL });
  const seen = rows.filter(({ batch_id }) => String(batch_id) === batch).map(({ batch_id }) => batch_id);
  const [entered] = await enteredHere(app, seen);
  if (entered === undefined) throw new Refusal('unknown_match', {});
  await withdrawBatch(app, { batch, by: nameOf(asker.viewer) });
}

/** Which of these batches are decisions that were entered here, one each; a list of them that was imported goes whole. */
export async function enteredHere(
  { warehouse }: Pick<App, 'warehouse'>,
  batches: number[],
): Promise<number[]> {
  const rows = await warehouse.query<{ id: number }>(
    `select b.batch_id as id from raw.batches b
     where b.source = 'entered' and b.withdrawn_at is null and list_contains($batches::bigint[], b.batch_id)`,
    { batches },
  );
  return rows.map(({ id }) => id);
}
