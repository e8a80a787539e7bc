import { Refusal } from '#lib/errors/refusal.ts';
import { processLog } from '../../log/log.ts';
import type { StageProgress } from '../stage/task.ts';
import type { DraftFile, Going } from './draft.ts';

/** Whoever waits for a file to be looked at. */
export type Watch = { tell: (progress: StageProgress) => void; signal: AbortSignal };

/** Does something with a file and writes down in it what was found, but not once the signal says stop. */
export type Step = (file: DraftFile, watch: Watch) => Promise<void>;

/** Looks at files in the background, one after the other: each look takes a process that reads. */
export type Looking = {
  /** Begins a look at a file; one at the same file that has not ended gives way. */
  begin(file: DraftFile, step: Step): void;
  /** Stops looking at a file and returns when it has been let go. */
  stop(file: DraftFile): Promise<void>;
  /** Returns when no look at these files is going on any more. */
  settled(files: readonly DraftFile[]): Promise<void>;
};

type Work = { stop: AbortController; ended: Promise<void> };

const WAITING: Going = { kind: 'waiting', records: 0, share: null };

/** Nothing is being looked at yet. */
export function looking(): Looking {
  const works = new Map<DraftFile, Work>();
  let last: Promise<unknown> = Promise.resolve();

  const run = async (file: DraftFile, step: Step, { signal }: AbortController) => {
    const tell = (progress: StageProgress) => {
      if (!signal.aborted) file.going = goingOf(progress);
    };
    try {
      if (!signal.aborted) await step(file, { tell, signal });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) processLog().fault('looking at a file', error);
      file.look = {
        kind: 'refused',
        refusal: error instanceof Refusal ? error : new Refusal('internal', {}, error),
      };
    }
  };
  const begin = (file: DraftFile, step: Step) => {
    works.get(file)?.stop.abort();
    const stop = new AbortController();
    file.going = WAITING;
    const ended = last.then(async () => {
      await run(file, step, stop);
      if (works.get(file)?.stop !== stop) return;
      works.delete(file);
      file.going = null;
    });
    works.set(file, { stop, ended });
    last = ended;
  };
  return {
    begin,
    stop: async (file) => {
      const work = works.get(file);
      work?.stop.abort();
      await work?.ended;
    },
    settled: async (files) => {
      for (let work; (work = files.map((file) => works.get(file)).find(Boolean));) await work.ended;
    },
  };
}

function goingOf({ kind, records, bytes, of }: StageProgress): Going {
  return { kind, records, share: of === 0 ? null : Math.min(bytes / of, 1) };
}
