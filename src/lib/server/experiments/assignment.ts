import { Refusal } from '#lib/errors/refusal.ts';
import { readVariants } from '#lib/experiments/variants.ts';
import { variantOf } from '#lib/experiments/variant-of.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** The variant that a unit of an experiment gets. */
export type Assignment = {
  readonly experiment: string;
  readonly unit: string;
  /** Null before the experiment's first day and after its last one: then the usual way holds. */
  readonly variant: string | null;
  /** Whether the list of assignments says so; else it follows from the shares, and has to be handed in to count. */
  readonly recorded: boolean;
};

type Known = {
  variants: string | null;
  begun: boolean;
  over: boolean;
  recorded: string | null;
};

const KNOWN = `
  select
    e.variants as variants,
    coalesce(e.starts_on <= $today::date, true) as begun,
    coalesce(e.ends_on < $today::date, false) as over,
    a.variant as recorded
  from exports.experiments e
  left join exports.assignments a on a.experiment_id = e.experiment_id and a.unit = $unit::varchar
  where e.experiment_id = $id::varchar`;

/**
 * The variant of a unit: the one that was recorded for it, else what its hash gives in the shares of the list. `today` is the day of
 * the firm, YYYY-MM-DD. Throws Refusal unknown_experiment, experiment_without_plan.
 */
export async function assignment(
  warehouse: Warehouse,
  { id, unit, today }: { readonly id: string; readonly unit: string; readonly today: string },
): Promise<Assignment> {
  const [known] = await warehouse.query<Known>(KNOWN, { id, unit, today });
  if (known === undefined) throw new Refusal('unknown_experiment', { id });
  const asked = { experiment: id, unit };
  if (known.recorded !== null) return { ...asked, variant: known.recorded, recorded: true };
  const variants = readVariants(known.variants);
  if (variants === null) throw new Refusal('experiment_without_plan', { id });
  const runs = known.begun && !known.over;
  return { ...asked, variant: runs ? variantOf(id, unit, variants).name : null, recorded: false };
}
