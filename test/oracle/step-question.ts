/** An event as the oracle sees it: time in seconds, what it is called, whose it is and what it says. */
export interface Happening {
  id: string;
  kind: string;
  at: number;
  person: string;
  lead: string | null;
  says: string | null;
}

export interface Step {
  kind: string | null;
  says?: string;
  within?: number;
  optional?: boolean;
  anchored?: boolean;
}

export interface Exclusion {
  kind: string | null;
  says?: string;
  /** Counted from 1. */
  from: number;
  to: number;
}

/** A question to funnel_steps, times in seconds from the first instant of the data's first day. */
export interface FunnelQuestion {
  steps: Step[];
  exclusions: Exclusion[];
  /** What every event has to say. */
  says?: string;
  order: 'ordered' | 'strict' | 'unordered' | 'anchored';
  window: number;
  tolerance: number;
  entry: 'every' | 'first' | 'first_ever';
  open: boolean;
  count: 'people' | 'leads' | 'totals';
  hold: boolean;
  /** Entries from this instant on and before that one. */
  from: number;
  until: number;
  /** The first instant that the data do not reach. */
  end: number;
  by: boolean;
  attribution: 'first' | 'last' | 'step';
  attributionStep: number;
}

/** A row of the report, by hand. */
export interface Counted {
  segment: string | null;
  step_no: number;
  people: number;
  entered: number;
  converted: number;
  lost: number;
  open: number;
  lost_here: number;
  open_here: number;
  /** Of those who came no further than an earlier step; null at an optional one. */
  lost_before: number | null;
  open_before: number | null;
  average_seconds: number | null;
}
