import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '../../app.ts';
import type { Job, Jobs } from '../jobs.ts';
import type { Staged } from '../staging.ts';
import { uploadLimit } from '../staging.ts';
import { isReady, planOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { firstLook, nextLook } from './look.ts';
import type { Wish } from './wish.ts';

/** The drafts of one studio: files that wait for somebody to say that they are to be imported. */
export type Drafts = {
  /** Looks at what was sent. The oldest drafts give way where there would be too many of them. */
  add(staged: Staged): Promise<Draft>;
  /** The oldest first. */
  all(): Draft[];
  /** Throws Refusal draft_forgotten. */
  find(id: string): Draft;
  /** Reads the files as somebody wants them to be read, by their ids. Throws Refusal draft_forgotten. */
  decide(id: string, wishes: ReadonlyMap<string, Wish>): Promise<Draft>;
  /** Removes a file; null when it was the last one, and the draft is gone. Throws Refusal draft_forgotten. */
  leaveOut(id: string, file: string): Promise<Draft | null>;
  /**
   * Imports all of its files, or gives the import of it that runs. The draft stays if nothing comes in.
   * Throws Refusal draft_forgotten, draft_not_ready.
   */
  import(id: string): Promise<Job>;
  close(): Promise<void>;
};

const MOST = 20;
const DAY_MS = 86_400_000;
const LOOK_AFTER_MS = 3_600_000;

type Kept = { draft: Draft; discard: () => Promise<void> };

/** The drafts of a studio, none yet. */
export function importDrafts(app: App, jobs: Jobs): Drafts {
  const kept = new Map<string, Kept>();
  let last: Promise<unknown> = Promise.resolve();

  /** One look after the other: each takes a process that reads. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const discard = async (id: string) => {
    const found = kept.get(id);
    kept.delete(id);
    await found?.discard();
  };
  const idle = () => [...kept.values()].filter(({ draft }) => draft.job === null);
  const expire = async () => {
    const now = app.clock().getTime();
    const old = idle().filter(({ draft }) => now - draft.since.getTime() > DAY_MS);
    await Promise.all(old.map(({ draft }) => discard(draft.id)));
  };
  const makeRoom = async () => {
    await expire();
    const most = 2 * uploadLimit(app.settings);
    const isTooMuch = () => kept.size > MOST || bytesOf([...kept.values()]) > most;
    for (const { draft } of idle().slice(0, -1)) if (isTooMuch()) await discard(draft.id);
  };
  const of = (id: string): Kept => {
    const found = kept.get(id);
    const isOld = found?.draft.job === null && app.clock().getTime() - found.draft.since.getTime() > DAY_MS;
    if (!found || isOld) throw new Refusal('draft_forgotten', {});
    return found;
  };
  const timer = setInterval(() => void expire(), LOOK_AFTER_MS);
  timer.unref();

  const add = (staged: Staged) =>
    inTurn(async () => {
      const draft: Draft = { id: randomUUID(), since: app.clock(), files: [], job: null };
      try {
        for (const [at, file] of staged.files.entries())
          draft.files.push({ ...file, id: `f${at}`, ...(await firstLook(app, file)) });
      } catch (error) {
        await staged.discard();
        throw error;
      }
      kept.set(draft.id, { draft, discard: staged.discard });
      await makeRoom();
      return draft;
    });

  const decide = (id: string, wishes: ReadonlyMap<string, Wish>) =>
    inTurn(async () => {
      const { draft } = of(id);
      if (draft.job !== null) return draft;
      for (const [at, file] of draft.files.entries()) {
        const wish = wishes.get(file.id);
        if (wish) draft.files[at] = { ...file, ...(await nextLook(app, file, wish)) };
      }
      return draft;
    });

  const leaveOut = (id: string, name: string) =>
    inTurn(async () => {
      const { draft } = of(id);
      if (draft.job !== null) return draft;
      const out = draft.files.filter((file) => file.id === name);
      draft.files = draft.files.filter((file) => file.id !== name);
      await Promise.all(out.map(({ path }) => rm(path, { force: true })));
      if (draft.files.length > 0) return draft;
      await discard(id);
      return null;
    });

  const start = async (id: string): Promise<Job> => {
    const { draft } = of(id);
    if (draft.job !== null) return jobs.find(draft.job);
    if (!draft.files.every(isReady)) throw new Refusal('draft_not_ready', {});
    const files = draft.files.map(({ name, path, size, choice, look }) => ({
      name,
      path,
      size,
      plan: look.kind === 'seen' ? planOf(choice, look) : undefined,
    }));
    const job = jobs.start({
      files,
      draft: id,
      ended: async (isIn) => {
        draft.job = null;
        if (isIn) await discard(id);
      },
    });
    draft.job = job.id;
    return job;
  };

  return {
    add,
    all: () => [...kept.values()].map(({ draft }) => draft),
    find: (id) => of(id).draft,
    decide,
    leaveOut,
    import: start,
    close: async () => {
      clearInterval(timer);
      await last;
      await Promise.all([...kept.keys()].map(discard));
    },
  };
}

const bytesOf = (drafts: readonly Kept[]): number =>
  drafts.flatMap(({ draft }) => draft.files).reduce((sum, { size }) => sum + size, 0);
