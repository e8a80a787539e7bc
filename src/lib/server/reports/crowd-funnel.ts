import { TOO_FEW } from '#lib/access/too-few.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { tooFine } from '#lib/funnel/coarse.ts';
import { addDays, mondayOf } from '#lib/ui/dates.ts';
import type { FunnelStepsRow } from '../reports.gen.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { DataSpan } from './span.ts';

/** Asks the report funnel_steps of the whole house, whoever is shown what follows from it. */
export type AskSteps = (params: Arguments) => Promise<readonly FunnelStepsRow[]>;

/** With these a text knows that its reader may not see single persons, and what is divided by nothing stands for itself. */
const UNDIVIDED = [TOO_FEW, 'all'];
const LEAST = 5;

/**
 * The segments of a funnel that are told to whoever may not see single persons. Throws Refusal too_fine where the question has
 * an option that is not coarse, or days that are not whole weeks up to the data's last one.
 *
 * A funnel may have any steps, so that hardly any two answers have nothing to do with each other, and hiding small cells of
 * each would not keep one from being subtracted from the other. So all its numbers of people are told to the nearest five, as
 * offices of statistics do where tables are asked for freely (HESA's rounding methodology; random rounding of Statistics
 * Canada), its rates are those of these numbers, and of fewer than 25 there is none.
 *
 * Promised: no group of fewer than five is told of, in no segment, week or month, the house included; a value of a
 * segment that fewer than five entered with is neither named nor told apart. No number is other than a multiple of five, and so is no sum
 * or difference of numbers, of whatever answers: nothing that is computed of them says one, two, three or four. Fates
 * and those who are missing from them add up to all, in the same fives. There are no times, no money and no names of staff.
 * One field divides; no value can be asked for; what could be moved by a hair (days, seconds, tolerance, conditions) cannot
 * be asked, nor what counts something else than people or their journeys.
 *
 * Not promised: that a change from one answer to the next tells nothing. Whoever asks many funnels that differ by one step, window
 * or week, and averages their roundings, may estimate how many lie between; and new lists may change a number by five
 * where one person came. Other reports, of the seven steps by one field, are exact and held to what `crowdOf` says.
 */
export async function funnelCrowdOf(
  params: Arguments,
  { first_day, last_day }: Pick<DataSpan, 'first_day' | 'last_day'>,
  ask: AskSteps,
): Promise<readonly string[]> {
  const fine = tooFine(params) ?? betweenWeeks(params, first_day ?? '', last_day ?? '');
  if (fine !== null) throw new Refusal('too_fine', fine);
  if (typeof params['by'] !== 'string') return UNDIVIDED;
  const rows = await ask({ ...params, view: 'cohort', grain: 'all' });
  const entered = rows.filter(({ step_no, people }) => step_no === 1 && people >= LEAST);
  return [TOO_FEW, ...entered.map(({ segment }) => segment ?? '')];
}

/** The first day of a question that would cut a week in two, or an end of what is known that is not the data's. */
function betweenWeeks({ from, to, as_of }: Arguments, first: string, last: string) {
  if (typeof as_of === 'string' && as_of !== last) return { name: 'as_of', allowed: last };
  if (typeof from === 'string' && from > first && from !== mondayOf(from))
    return { name: 'from', allowed: mondayOf(from) };
  if (typeof to === 'string' && to < last && to !== addDays(mondayOf(to), 6))
    return { name: 'to', allowed: addDays(mondayOf(to), 6) };
  return null;
}
