import { AsyncLocalStorage } from 'node:async_hooks';
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import { Refusal } from '#lib/errors/refusal.ts';
import { described } from './described.ts';

/** One answered request. The route is the pattern of the address, never what somebody wrote into it. */
export type Answered = {
  method: string;
  route: string | null;
  status: number;
  /** Milliseconds until the answer began to leave. */
  ms: number;
};

/** Somebody reads a page as somebody else: by the id of their account and the number of the other in the list of staff. */
export type LookedAs = { who: string; as: string };

/** The server's diary: one line of JSON for each request and each fault, none with what belongs to a person. */
export type Log = {
  answered(request: Answered): void;
  lookedAs(look: LookedAs): void;
  /** What must not happen, with its causes. Says what was being done. */
  fault(doing: string, error: unknown): void;
};

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type Level = (typeof LEVELS)[number];

/**
 * What a process has once. The start and the built pages bring this module each for itself: were it not kept outside, the log
 * that the one opened would not see the requests of the other.
 */
const kept = globalThis as { sevenStepsLog?: Log; sevenStepsRequests?: AsyncLocalStorage<string> };

const requests = (kept.sevenStepsRequests ??= new AsyncLocalStorage<string>());

/** Everything that `work` logs, however much later, carries the id of its request. */
export function inRequest<T>(id: string, work: () => T): T {
  return requests.run(id, work);
}

/** The id of the request that is being answered; null outside of one. */
export function currentRequest(): string | null {
  return requests.getStore() ?? null;
}

/**
 * How much is written. Without SEVENSTEPS_LOG a person at a terminal is told of faults only, anything else that keeps what
 * the server says gets every request. Throws Refusal bad_log_level.
 */
export function levelOf(wish: string | undefined, isTerminal: boolean): Level {
  if (wish === undefined || wish === '') return isTerminal ? 'warn' : 'info';
  const level = LEVELS.find((one) => one === wish);
  if (!level) throw new Refusal('bad_log_level', { value: wish, levels: LEVELS.join(', ') });
  return level;
}

/** Opens a log that writes lines of JSON to a stream. */
export function openLog(level: Level, stream: DestinationStream): Log {
  const writer = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ request: currentRequest() ?? undefined }),
    },
    stream,
  );
  return {
    answered: (request) => writer.info(request, 'answered'),
    lookedAs: (look) => writer.info(look, 'looked as'),
    fault: (doing, error) => writer.error({ error: described(error) }, doing),
  };
}

/** This process's log, on stderr: stdout belongs to results. */
export function processLog(): Log {
  return (kept.sevenStepsLog ??= openLog(
    levelOf(process.env.SEVENSTEPS_LOG, process.stderr.isTTY),
    process.stderr,
  ));
}
