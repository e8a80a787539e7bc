import { afterEach, beforeEach } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { importDrafts } from '#lib/server/import/drafts/drafts.ts';
import type { Drafts } from '#lib/server/import/drafts/drafts.ts';
import type { Draft } from '#lib/server/import/drafts/draft.ts';
import { bareWish } from '#lib/server/import/drafts/wish.ts';
import type { ListWish, Wish } from '#lib/server/import/drafts/wish.ts';
import { importJobs } from '#lib/server/import/jobs.ts';
import type { Jobs } from '#lib/server/import/jobs.ts';
import type { Staged } from '#lib/server/import/staging.ts';
import { studioFolder } from '../studio-folder.ts';
import type { StudioFolder } from '../studio-folder.ts';

/** A list of one lead. */
export const leads = 'lead_id,created_at\nL1,2026-01-01\n';

/** Drafts in a studio of their own for each test of a file, on 20 November 2026. */
export type Desk = {
  readonly studio: StudioFolder;
  readonly jobs: Jobs;
  readonly drafts: Drafts;
  /** Names of files that were let go of, in order. */
  readonly discarded: string[];
  /** Lets time go by, in milliseconds. */
  wait(ms: number): void;
  /** A file as it comes with a request. */
  sent(name: string, content: string | Buffer): Staged;
  /** Adds what was sent and waits until it has been looked at. */
  added(staged: Staged): Promise<Draft>;
  /** Says how the first file of a draft is to be taken. */
  begun(draft: Draft, list: Partial<ListWish>, more?: Partial<Wish>): ReturnType<Drafts['decide']>;
  /** The same, and waits until it has been looked at. */
  wish(draft: Draft, list: Partial<ListWish>, more?: Partial<Wish>): Promise<void>;
};

/** What was seen of the first file of a draft. Throws where nothing was. */
export function seenOf({ files: [file] }: Draft) {
  if (file?.look.kind !== 'seen') throw new Error('not seen');
  return file.look;
}

/** To be called once in a test file: opens a desk before each of its tests and closes it after. */
export function deskOfDrafts(): Desk {
  let studio: StudioFolder;
  let jobs: Jobs;
  let drafts: Drafts;
  let now: Date;
  let discarded: string[];
  beforeEach(async () => {
    studio = await studioFolder();
    now = new Date('2026-11-20T02:00:00Z');
    const app: App = { ...studio.app, clock: () => now };
    jobs = importJobs(app);
    drafts = importDrafts(app, jobs);
    discarded = [];
  });
  afterEach(async () => {
    await drafts.close();
    await studio.close();
  });
  const begun: Desk['begun'] = (draft, list, more = {}) => {
    const { lists } = seenOf(draft);
    const table = (lists[0]?.table ?? null) as ListWish['table'];
    const wishes = new Map([
      ['f0', { reading: {}, lists: [{ ...bareWish(null), table, ...list }], more: null, ...more }],
    ]);
    return drafts.decide(draft.id, () => wishes);
  };
  return {
    get studio() {
      return studio;
    },
    get jobs() {
      return jobs;
    },
    get drafts() {
      return drafts;
    },
    get discarded() {
      return discarded;
    },
    wait: (ms) => (now = new Date(now.getTime() + ms)),
    sent: (name, content) => ({
      files: [{ ...studio.file(name, content), size: Buffer.byteLength(content) }],
      fields: new Map(),
      discard: async () => {
        discarded.push(name);
      },
    }),
    added: async (staged) => {
      const draft = await drafts.add(staged);
      await drafts.settled(draft.id);
      return draft;
    },
    begun,
    wish: async (...said) => {
      const draft = await begun(...said);
      await drafts.settled(draft.id);
    },
  };
}
