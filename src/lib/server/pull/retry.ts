import type { Refusal } from '#lib/errors/refusal.ts';

/** What waiting needs of the world: a pause that a signal ends, a random number in 0…1, and the time. */
export type Patience = {
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
  now: () => Date;
};

/** A failure that may pass; `after` is the header Retry-After, if there was one. */
export class Passing extends Error {
  readonly after: string | undefined;

  constructor(cause: Refusal, after?: string) {
    super('try again', { cause });
    this.after = after;
  }
}

const TRIES = 5;
const FIRST_MS = 1000;
const LONGEST_MS = 10 * 60_000;

/**
 * Does `work` up to five times while it throws Passing: the pause doubles from a second on, by half to the whole of it at
 * random ("equal jitter"), or is what Retry-After says, at most ten minutes. Throws the last failure's cause.
 */
export async function patiently<T>(
  work: () => Promise<T>,
  patience: Patience,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      const wait = waitMs(attempt, error.after, patience);
      if (attempt === TRIES || wait > LONGEST_MS) throw error.cause;
      await patience.pause(wait, signal);
    }
  }
}

/** Milliseconds before the next try: a number of seconds or an HTTP date wins over doubling. */
export function waitMs(
  attempt: number,
  after: string | undefined,
  { random, now }: Pick<Patience, 'random' | 'now'>,
): number {
  if (after !== undefined && /^\d+$/.test(after)) return Number(after) * 1000;
  const date = after === undefined ? Number.NaN : Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(date - now().getTime(), 0);
  const whole = FIRST_MS * 2 ** (attempt - 1);
  return whole / 2 + (random() * whole) / 2;
}
