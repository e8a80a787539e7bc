/** The windows that can be asked in fives, in days. */
export const coarseWindows = [1, 7, 14, 30, 60, 90, 180, 365] as const;
export const coarseCounts = ['people', 'leads'] as const;
export const coarseOrders = ['ordered', 'strict', 'unordered'] as const;
export const coarseGrains = ['week', 'month'] as const;

/** An option of a question, by the name of its parameter, and what may be asked instead. */
export type TooFine = { readonly name: string; readonly allowed: string };

/** The values of those options that are free only in part; every other value is too fine. */
const ALLOWED: readonly (readonly [name: string, values: readonly (string | number | boolean)[]])[] = [
  ['order', coarseOrders],
  ['window_unit', ['day']],
  ['window', coarseWindows],
  ['tolerance', [0]],
  ['open', [false]],
  ['count', coarseCounts],
  ['view', ['cohort']],
  ['grain', ['all', ...coarseGrains]],
];

/** Options that narrow a funnel, or ask of what single events say. */
const NARROWING = ['exclusions', 'conditions', 'hold', 'where'] as const;

/** What a step may be besides an event of a kind with a name of its own. */
const OF_STEPS = ['where', 'within', 'optional', 'anchored'] as const;

/**
 * The first option by which a question about a funnel could be laid beside a nearly equal one to single somebody out; null
 * where there is none. `asked` are parameters of the report funnel_steps, whether or not all of them are given. Days are
 * looked at where the data's first and last day are known.
 */
export function tooFine(asked: Readonly<Record<string, unknown>>): TooFine | null {
  const narrowing = NARROWING.find((name) => isSaid(asked[name]));
  if (narrowing !== undefined) return { name: narrowing, allowed: 'by=…' };
  const said = stepsIn(asked['steps']).flatMap((step) => OF_STEPS.filter((name) => isSaid(step[name])));
  if (said[0] !== undefined) return { name: `steps: ${said[0]}`, allowed: 'kind, name' };
  const beyond = ALLOWED.find(
    ([name, values]) => isSaid(asked[name]) && !values.some((one) => one === asked[name]),
  );
  return beyond === undefined ? null : { name: beyond[0], allowed: beyond[1].join(', ') };
}

/** Whether an option asks for anything. */
function isSaid(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function stepsIn(json: unknown): Readonly<Record<string, unknown>>[] {
  const steps: unknown = typeof json === 'string' ? JSON.parse(json) : [];
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown) => (typeof step === 'object' && step !== null ? [{ ...step }] : []));
}
