import { afterEach, beforeEach } from 'vitest';
import { pull } from '#lib/server/pull/pull.ts';
import type { World } from '#lib/server/pull/page-answer.ts';
import { studioFolder } from '../import/studio-folder.ts';
import type { StudioFolder } from '../import/studio-folder.ts';

/** A studio of its own for each test of a file, the feed `till` in it, and a world without waiting. */
export type House = {
  readonly studio: StudioFolder;
  /** What was waited, in milliseconds, in order. */
  readonly waited: readonly number[];
  /** Every name is this machine, half is drawn at random, and waiting takes no time. */
  readonly world: World;
  /** Pulls a feed; by default `till`. */
  run(name?: string): ReturnType<typeof pull>;
  leads(): Promise<Record<string, unknown>[]>;
  /** The first feed as it stands. */
  state(): ReturnType<StudioFolder['app']['feeds']['all']>[number] | undefined;
};

export const signal = new AbortController().signal;

/** To be called once in a test file: opens a house before each of its tests and closes it after. */
export function houseOfFeeds(): House {
  let studio: StudioFolder;
  let waited: number[] = [];
  beforeEach(async () => {
    studio = await studioFolder();
    waited = [];
  });
  afterEach(() => studio.close());
  const world: World = {
    gate: { resolve: async () => ['127.0.0.1'] },
    patience: {
      pause: async (ms) => void waited.push(ms),
      random: () => 0.5,
      now: () => new Date('2026-11-20T02:00:00Z'),
    },
  };
  return {
    get studio() {
      return studio;
    },
    get waited() {
      return waited;
    },
    world,
    run: (name = 'till') => pull(studio.app, name, world, signal),
    leads: () => studio.app.warehouse.query('select lead_id, channel from exports.leads order by 1'),
    state: () => studio.app.feeds.all()[0],
  };
}
