/** What the band of seven steps is drawn from: one step, and the rate that leads to it. Rates are in 0…, shares too. */
export type BandStep = {
  no: number;
  /** Null where no store has a source. */
  people: number | null;
  rate: number | null;
  /** The step of the rate's denominator. */
  rateFrom: number | null;
  /** The rate it is compared with. */
  reference: number | null;
  interval: Range | null;
  usual: Range | null;
};

export type Range = { low: number; high: number };

/** A column is 100 % of its step. `part` of its height goes on to the step `into`. */
export type Column =
  | { kind: 'missing'; through: Flow | null }
  | { kind: 'empty' }
  | { kind: 'blocks'; blocks: number }
  | { kind: 'last' }
  | {
      kind: 'whole';
      onward: Flow | null;
      reference: number | null;
      interval: Range | null;
      usual: Range | null;
      /** Where the whole of the step before would end, when this step has more people than that. */
      before: number | null;
    };

/** A part of a column on its way to a later step. */
export type Flow = { part: number; into: number };

/** What stands between two columns. `from` and `to` are shares of the height; `factor` is the magnification. */
export type Fan =
  | { kind: 'none' }
  | { kind: 'fan'; from: number; to: number; into: number; factor: number; branch: boolean }
  | { kind: 'through'; part: number; into: number };

export type Band = { columns: Column[]; fans: Fan[] };

const BLOCKS_UP_TO = 12;
const FIRST_BLOCK_STEP = 5;
const BOUGHT = 4;
const REFERRAL = 6;

/**
 * The band of seven steps: columns, and the fans that magnify the part that goes on to the next column's full height.
 * A step without a source lets the flow through; a rate above 1 turns the fan round (the next column holds more).
 */
export function bandOf(steps: readonly BandStep[]): Band {
  return {
    columns: steps.map((step) => columnOf(step, steps)),
    fans: steps.slice(0, -1).map((step) => fanOf(step, steps)),
  };
}

/** The magnification at which `part` of a column fills the next one. */
export function factorOf(rate: number): number {
  return 1 / rate;
}

function columnOf(step: BandStep, steps: readonly BandStep[]): Column {
  if (step.people === null) return { kind: 'missing', through: flowThrough(step.no, steps) };
  if (step.people === 0) return { kind: 'empty' };
  if (step.no >= FIRST_BLOCK_STEP)
    return step.people <= BLOCKS_UP_TO ? { kind: 'blocks', blocks: step.people } : { kind: 'last' };
  const next = reachedFrom(step.no, steps);
  return {
    kind: 'whole',
    onward: next ? flowInto(next) : null,
    reference: next?.reference === undefined ? null : inColumn(next.reference),
    interval: next?.interval ? clip(next.interval) : null,
    usual: next?.usual ? clip(next.usual) : null,
    before: step.rate !== null && step.rate > 1 ? 1 / step.rate : null,
  };
}

function fanOf({ no }: BandStep, steps: readonly BandStep[]): Fan {
  const next = steps[no + 1];
  if (!next) return { kind: 'none' };
  if (next.people === null) {
    const through = flowThrough(next.no, steps);
    return through ? { kind: 'through', ...through } : { kind: 'none' };
  }
  if (next.rate === null || next.rate === 0) return { kind: 'none' };
  return {
    kind: 'fan',
    from: Math.min(next.rate, 1),
    to: Math.min(1, 1 / next.rate),
    into: next.no,
    factor: factorOf(next.rate),
    branch: next.no === REFERRAL,
  };
}

/** The step whose rate is counted over `no`; for the buyers that is Q5, as Q6 starts from a column of its own. */
function reachedFrom(no: number, steps: readonly BandStep[]): BandStep | undefined {
  return steps.find((step) => step.rateFrom === no && step.rate !== null && step.no !== REFERRAL);
}

/** The flow that passes a step without a source on its way from an earlier step to a later one. */
function flowThrough(no: number, steps: readonly BandStep[]): Flow | null {
  if (no > BOUGHT) return null;
  const later = steps.find(
    (step) => step.no > no && step.rate !== null && step.rateFrom !== null && step.rateFrom < no,
  );
  return later ? flowInto(later) : null;
}

function flowInto(step: BandStep): Flow {
  return { part: Math.min(step.rate ?? 0, 1), into: step.no };
}

function inColumn(share: number | null): number | null {
  return share === null || share > 1 ? null : share;
}

function clip({ low, high }: Range): Range | null {
  return low >= 1 ? null : { low: Math.max(0, low), high: Math.min(1, high) };
}
