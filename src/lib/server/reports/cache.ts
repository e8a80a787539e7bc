/** Answers by key, each computed once to the data as they are. */
export type AnswerCache = {
  get<T>(
    version: number,
    key: string,
    compute: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
  /** What was last answered to the question of older data; undefined where nothing is kept of it. */
  older(version: number, key: string): unknown;
};

type Entry = {
  answer: Promise<unknown>;
  value: unknown;
  settled: boolean;
  waiting: number;
  stop: AbortController;
};

/**
 * Keeps up to `most` answers, the least recently used goes first. Callers with the same key share one computation; it
 * is stopped when the last of them has gone away. A failed computation is not kept. Of older data up to `mostOlder` answers
 * stay, the last one to each question.
 */
export function answerCache(most: number, mostOlder = 0): AnswerCache {
  const entries = new Map<string, Entry>();
  const olderAnswers = new Map<string, unknown>();
  let current = -1;

  function turnTo(version: number): void {
    if (version === current) return;
    for (const [key, { settled, value }] of entries) {
      if (!settled) continue;
      olderAnswers.delete(key);
      olderAnswers.set(key, value);
    }
    removeFirst(olderAnswers, mostOlder);
    entries.clear();
    current = version;
  }

  function entryFor(key: string, compute: (signal: AbortSignal) => Promise<unknown>): Entry {
    const known = entries.get(key);
    if (known) {
      entries.delete(key);
      entries.set(key, known);
      return known;
    }
    const stop = new AbortController();
    const entry: Entry = { answer: compute(stop.signal), value: undefined, settled: false, waiting: 0, stop };
    entries.set(key, entry);
    const forget = () => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    entry.answer.then((value) => Object.assign(entry, { settled: true, value }), forget);
    removeFirst(entries, most);
    return entry;
  }

  return {
    get: async <T>(
      version: number,
      key: string,
      compute: (signal: AbortSignal) => Promise<T>,
      signal?: AbortSignal,
    ): Promise<T> => {
      turnTo(version);
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
    older: (version, key) => {
      turnTo(version);
      return olderAnswers.get(key);
    },
  };
}

/** Leaves the last `most` of a map. */
function removeFirst(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) break;
    map.delete(key);
  }
}
