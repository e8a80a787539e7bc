import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '../../app.ts';
import { kindOfFile } from '../../mappings/mappings.ts';
import type { Job, Jobs } from '../jobs.ts';
import type { Staged, StagedFile } from '../staging.ts';
import { mostFiles, uploadLimit } from '../staging.ts';
import { decided } from './decided.ts';
import { isReady, planOf, proposedBy, recordsOf } from './draft.ts';
import type { Draft, DraftFile } from './draft.ts';
import { check, firstLook } from './look.ts';
import type { Divide } from './look.ts';
import { looking } from './looking.ts';
import { divisionOf, partName } from './parts.ts';
import type { FilePart, Loose } from './parts.ts';
import { refuseUnasked } from './unasked.ts';
import type { Wish } from './wish.ts';

/** The drafts of one studio: files that wait for somebody to say that they are to be imported. */
export type Drafts = {
  /** Begins to look at what was sent. The oldest drafts give way where there would be too many of them. */
  add(staged: Staged): Promise<Draft>;
  /** Adds files to a draft; discards them where that cannot be. Throws Refusal draft_forgotten, upload_too_many, upload_too_large. */
  append(id: string, staged: Staged): Promise<Draft>;
  /** The oldest first. */
  all(): Draft[];
  /** Throws Refusal draft_forgotten. */
  find(id: string): Draft;
  /** Reads the files as somebody wants them to be read, by their ids as the draft stands then. Throws Refusal draft_forgotten. */
  decide(id: string, wishesIn: (draft: Draft) => ReadonlyMap<string, Wish>): Promise<Draft>;
  /** Takes in a list that was set aside. Throws Refusal draft_forgotten, upload_too_many. */
  takeIn(id: string, aside: string): void;
  /** Stops reading all of a file: its first records must do. Throws Refusal draft_forgotten. */
  hurry(id: string, file: string): Promise<void>;
  /** Begins to read all of a file, however large it is. Throws Refusal draft_forgotten. */
  readWhole(id: string, file: string): void;
  /** Returns when none of its files is being looked at any more. Throws Refusal draft_forgotten. */
  settled(id: string): Promise<void>;
  /**
   * Removes a file, and sets it aside where others came in the same archive or workbook; null when it was the last one, and
   * the draft is gone. Throws Refusal draft_forgotten.
   */
  leaveOut(id: string, file: string): Promise<Draft | null>;
  /**
   * Imports all of its files in somebody's name, or gives the import of it that runs. The draft stays if nothing comes in.
   * Throws Refusal draft_forgotten, draft_not_ready.
   */
  import(id: string, by: string | null): Promise<Job>;
  close(): Promise<void>;
};

const MOST = 20;
const DAY_MS = 86_400_000;
const LOOK_AFTER_MS = 3_600_000;
const MEGABYTE = 1_000_000;

/** `taken`: how many files and lists beside them it ever had, for their names. `goes`: once its import has ended. */
type Kept = { draft: Draft; discards: (() => Promise<void>)[]; taken: number; goes: boolean };

/** The drafts of a studio, none yet. */
export function importDrafts(app: App, jobs: Jobs): Drafts {
  const kept = new Map<string, Kept>();
  const looks = looking();
  let last: Promise<unknown> = Promise.resolve();

  /** One decision after the other: each must see what the one before it has left. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const discard = async (id: string) => {
    const found = kept.get(id);
    kept.delete(id);
    if (!found) return;
    await Promise.all(found.draft.files.map((file) => looks.stop(file)));
    await Promise.all(found.discards.map((each) => each()));
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
    const isTooMuch = () => kept.size > MOST || bytesOf([...kept.values()].map(({ draft }) => draft)) > most;
    for (const { draft } of idle().slice(0, -1)) if (isTooMuch()) await discard(draft.id);
  };
  const of = (id: string): Kept => {
    const found = kept.get(id);
    const isOld = found?.draft.job === null && app.clock().getTime() - found.draft.since.getTime() > DAY_MS;
    if (!found || isOld) throw new Refusal('draft_forgotten', {});
    return found;
  };
  app.erased.afterErasing(async () => {
    for (const own of kept.values()) own.goes = true;
    await Promise.all(idle().map(({ draft }) => discard(draft.id)));
  });
  const timer = setInterval(() => void expire(), LOOK_AFTER_MS);
  timer.unref();

  const put = (into: Kept, sent: StagedFile, part: FilePart | null, at = into.draft.files.length) => {
    const choice = part?.choice ?? {};
    const file: DraftFile = {
      ...sent,
      id: `f${into.taken}`,
      part,
      choice,
      look: { kind: 'unseen' },
      agreed: {},
      going: null,
    };
    into.taken += 1;
    into.draft.files.splice(at, 0, file);
    looks.begin(file, firstLook(app, dividing(into)));
  };
  const setAside = (from: Kept, { path, size }: StagedFile, part: Loose) => {
    from.draft.aside.push({ ...part, id: `a${from.taken}`, path, size });
    from.taken += 1;
  };
  const take = (into: Kept, staged: Staged) => {
    into.discards.push(staged.discard);
    for (const sent of staged.files) put(into, sent, null);
  };
  const dividing =
    (own: Kept): Divide =>
    (file, { inspection }) => {
      const { files } = own.draft;
      const isKnown = (name: string) => app.mappings.find(kindOfFile(name)) !== undefined;
      const division = divisionOf(file, inspection, { room: mostFiles - files.length, isKnown });
      for (const part of division.rest) setAside(own, file, part);
      if (division.own === null) return false;
      const { path, size } = file;
      const putAll = (parts: readonly FilePart[], from: number) =>
        parts.forEach((part, at) => put(own, { name: partName(part), path, size }, part, from + at));
      putAll(division.before, files.indexOf(file));
      putAll(division.after, files.indexOf(file) + 1);
      Object.assign(file, { name: partName(division.own), part: division.own, choice: division.own.choice });
      return true;
    };

  const add = async (staged: Staged): Promise<Draft> => {
    const draft: Draft = { id: randomUUID(), since: app.clock(), files: [], aside: [], job: null };
    const own: Kept = { draft, discards: [], taken: 0, goes: false };
    kept.set(draft.id, own);
    take(own, staged);
    await makeRoom();
    return draft;
  };

  const append = async (id: string, staged: Staged): Promise<Draft> => {
    try {
      const own = of(id);
      const { draft } = own;
      const limit = uploadLimit(app.settings);
      if (draft.files.length + staged.files.length > mostFiles)
        throw new Refusal('upload_too_many', { limit: mostFiles });
      if (bytesOf([draft, staged]) > limit)
        throw new Refusal('upload_too_large', { limit: Math.floor(limit / MEGABYTE) });
      if (draft.job !== null) throw new Refusal('draft_not_ready', {});
      take(own, staged);
      await makeRoom();
      return draft;
    } catch (error) {
      await staged.discard();
      throw error;
    }
  };

  const decide: Drafts['decide'] = (id, wishesIn) =>
    inTurn(async () => {
      const { draft } = of(id);
      if (draft.job !== null) return draft;
      const wishes = wishesIn(draft);
      for (const file of draft.files) {
        const wish = wishes.get(file.id);
        const step = wish && (await decided(app, file, wish));
        if (step) looks.begin(file, step);
      }
      return draft;
    });

  const takeIn = (id: string, name: string) => {
    const own = of(id);
    const { files, aside, job } = own.draft;
    const found = aside.find((one) => one.id === name);
    if (!found || found.choice === null || job !== null) return;
    if (files.length >= mostFiles) throw new Refusal('upload_too_many', { limit: mostFiles });
    const { id: _, path, size, choice, ...part } = found;
    own.draft.aside = aside.filter((one) => one !== found);
    const list = { ...part, choice };
    const last = files.findLastIndex((file) => file.path === path);
    put(own, { name: partName(list), path, size }, list, last + 1);
  };

  const hurry = async (id: string, name: string) => {
    const { draft } = of(id);
    const file = draft.files.find((one) => one.id === name);
    if (file?.look.kind !== 'seen' || file.going === null) return;
    await looks.stop(file);
    looks.begin(file, check(app, 'first'));
  };

  const readWhole = (id: string, name: string) => {
    const file = of(id).draft.files.find((one) => one.id === name);
    if (file?.look.kind === 'seen' && file.going === null) looks.begin(file, check(app, 'whole'));
  };

  const leaveOut = async (id: string, name: string) => {
    const own = of(id);
    const { draft } = own;
    const { files, job } = draft;
    const out = files.find((file) => file.id === name);
    if (job !== null || !out) return draft;
    files.splice(files.indexOf(out), 1);
    await looks.stop(out);
    if (files.some(({ path }) => path === out.path)) {
      if (out.part) setAside(own, out, { ...out.part, rows: recordsOf(out) ?? out.part.rows });
    } else {
      draft.aside = draft.aside.filter(({ path }) => path !== out.path);
      await rm(out.path, { force: true });
    }
    if (files.length > 0) return draft;
    await discard(id);
    return null;
  };

  const start = async (id: string, by: string | null): Promise<Job> => {
    const own = of(id);
    const { draft } = own;
    if (draft.job !== null) return jobs.find(draft.job);
    if (!draft.files.every(isReady)) throw new Refusal('draft_not_ready', {});
    const files = draft.files.map(({ name, path, size, part, choice, look }) => ({
      name,
      path,
      size,
      isPart: part !== null,
      ...(look.kind === 'seen' ? { plan: planOf(choice, look), proposed: proposedBy(look) } : {}),
    }));
    const job = jobs.start({
      files,
      aside: draft.aside,
      draft: id,
      by,
      within: (_, { emptied }) => Promise.resolve(refuseUnasked(draft, emptied)),
      ended: async (isIn) => {
        draft.job = null;
        if (isIn || own.goes) await discard(id);
      },
    });
    draft.job = job.id;
    return job;
  };

  return {
    add,
    append,
    all: () => [...kept.values()].map(({ draft }) => draft),
    find: (id) => of(id).draft,
    decide,
    takeIn,
    hurry,
    readWhole,
    settled: async (id) => looks.settled(of(id).draft.files),
    leaveOut,
    import: start,
    close: async () => {
      clearInterval(timer);
      await last;
      await Promise.all([...kept.keys()].map(discard));
    },
  };
}

/** Several lists of one file take its bytes once. */
function bytesOf(parts: readonly { files: readonly StagedFile[] }[]): number {
  const sizes = new Map(parts.flatMap(({ files }) => files).map(({ path, size }) => [path, size]));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
