import type { Result } from './experiment-results.ts';

/** What of a comparison its verdict rests on. */
export type Compared = Pick<
  Result,
  'metric' | 'variant_no' | 'standing' | 'difference' | 'always_low' | 'always_high'
>;

/** How far an experiment is: whether it still runs, the days it has run, and those to its last day, null where that is open. */
export type Stage = { readonly running: boolean; readonly days: number; readonly daysLeft: number | null };

/**
 * What is to be done about a variant. `worse` names the metrics by which it is worse than the control; `daysMore` is when to
 * decide: the days to the last one, else about when the difference, should it stay as it is, can be told from chance; null for
 * more than a year.
 */
export type Verdict = {
  readonly kind:
    'broken' | 'nothing' | 'too_few' | 'too_few_over' | 'ship' | 'mixed' | 'stop' | 'go_on' | 'keep_usual';
  readonly worse: readonly string[];
  readonly daysMore: number | null;
};

const YEAR = 365;
const STANDINGS: Readonly<Record<string, Verdict['kind']>> = {
  broken: 'broken',
  better: 'ship',
  worse: 'stop',
  no_variance: 'nothing',
  zero_baseline: 'nothing',
};

/**
 * The verdict about a variant by the metric that the experiment is meant to move, from the comparisons of report experiment.
 * Only an always-valid interval without 0 ships or stops; what is better by one metric and worse by another is `mixed`. The
 * half width of that interval shrinks about with the root of the units, these about with the days: so after days · (half
 * width ÷ difference)² it no longer holds 0.
 */
export function verdictOf(row: Compared, all: readonly Compared[], stage: Stage): Verdict {
  const worse = all
    .filter(({ variant_no: no, standing }) => no === row.variant_no && standing === 'worse')
    .map(({ metric }) => metric);
  const told = STANDINGS[row.standing];
  if (told === 'ship') return { kind: worse.length > 0 ? 'mixed' : 'ship', worse, daysMore: null };
  if (told !== undefined) return { kind: told, worse, daysMore: null };
  const isOpen = row.standing === 'open';
  if (!stage.running) return { kind: isOpen ? 'keep_usual' : 'too_few_over', worse, daysMore: null };
  return { kind: isOpen ? 'go_on' : 'too_few', worse, daysMore: stage.daysLeft ?? daysToTell(row, stage) };
}

function daysToTell(
  { difference, always_low: low, always_high: high }: Compared,
  { days }: Stage,
): number | null {
  if (difference === null || difference === 0 || low === null || high === null) return null;
  const needed = days * ((high - low) / 2 / difference) ** 2;
  const more = Math.max(1, Math.ceil(needed - days));
  return more > YEAR ? null : more;
}
