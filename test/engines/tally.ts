/** Counts what held and what did not; tells only of what did not. */
export type Tally = {
  /** One promise: the sentences that say how it was broken, none when it held. */
  check(title: string, broken: () => string[] | Promise<string[]>): Promise<void>;
  /** Prints the sum as the last line and gives the exit code. */
  close(): number;
};

/** A fresh count. */
export function openTally(): Tally {
  let passed = 0;
  let failed = 0;
  return {
    check: async (title, broken) => {
      const sentences = await Promise.resolve()
        .then(broken)
        .catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
      if (sentences.length === 0) passed += 1;
      else {
        failed += 1;
        console.log([`FAIL ${title}`, ...sentences.slice(0, 5)].join('\n  '));
      }
    },
    close: () => {
      console.log(`${passed} passed, ${failed} failed`);
      return failed === 0 ? 0 : 1;
    },
  };
}
