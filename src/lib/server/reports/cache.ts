/** Answers by key, each computed once; those of an older data version are dropped. */
export type AnswerCache = {
  get<T>(
    version: number,
    key: string,
    compute: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
};

type Entry = { answer: Promise<unknown>; settled: boolean; waiting: number; stop: AbortController };

/**
 * Keeps up to `most` answers, the least recently used goes first. Callers with the same key share one computation; it
 * is stopped when the last of them has gone away. A failed computation is not kept.
 */
export function answerCache(most: number): AnswerCache {
  const entries = new Map<string, Entry>();
  let current = -1;

  function entryFor(key: string, compute: (signal: AbortSignal) => Promise<unknown>): Entry {
    const known = entries.get(key);
    if (known) {
      entries.delete(key);
      entries.set(key, known);
      return known;
    }
    const stop = new AbortController();
    const entry: Entry = { answer: compute(stop.signal), settled: false, waiting: 0, stop };
    entries.set(key, entry);
    const forget = () => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    entry.answer.then(() => (entry.settled = true), forget);
    for (const oldest of entries.keys()) {
      if (entries.size <= most) break;
      entries.delete(oldest);
    }
    return entry;
  }

  return {
    get: async <T>(
      version: number,
      key: string,
      compute: (signal: AbortSignal) => Promise<T>,
      signal?: AbortSignal,
    ): Promise<T> => {
      if (version !== current) {
        entries.clear();
        current = version;
      }
      const entry = entryFor(key, compute);
      if (entry.settled || signal === undefined) {
        entry.waiting += signal === undefined ? 1 : 0;
        return entry.answer as Promise<T>;
      }
      entry.waiting += 1;
      const leave = () => {
        entry.waiting -= 1;
        if (entry.waiting > 0) return;
        if (entries.get(key) === entry) entries.delete(key);
        entry.stop.abort();
      };
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      try {
        return (await entry.answer) as T;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
  };
}
