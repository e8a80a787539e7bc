import { setTimeout as pause } from 'node:timers/promises';
import { Cron } from 'croner';
import type { App } from '../app.ts';
import { resolveByDns } from './address.ts';
import type { FeedState } from './feeds.ts';
import { pull } from './pull.ts';
import type { World } from './page-answer.ts';

/** The real world of pulls. */
export const realWorld: World = {
  gate: { resolve: resolveByDns },
  patience: {
    pause: (ms, signal) => pause(ms, undefined, { signal }),
    random: Math.random,
    now: () => new Date(),
  },
};

/** The clocks that ask feeds by themselves. */
export type Schedule = {
  /** Stops all clocks and what runs. */
  close(): void;
};

/**
 * Asks every feed that has a schedule at its times, in the firm's time zone; a run that is still going is not doubled. Feeds
 * that come, go or change are heeded at once.
 */
export function scheduleOf(app: App, world: World): Schedule {
  const stop = new AbortController();
  let clocks: Cron[] = [];
  const set = ({ name, schedule }: FeedState): Cron[] => {
    if (schedule === null) return [];
    const options = { timezone: app.settings.get('time_zone'), protect: true, unref: true, catch: true };
    return [new Cron(schedule, options, async () => void (await pull(app, name, world, stop.signal)))];
  };
  const halt = () => {
    for (const clock of clocks) clock.stop();
    clocks = [];
  };
  const renew = () => {
    halt();
    clocks = app.feeds.all().flatMap(set);
  };
  let zone = app.settings.get('time_zone');
  app.warehouse.afterWrites(async () => {
    if (zone === app.settings.get('time_zone')) return;
    zone = app.settings.get('time_zone');
    renew();
  });
  app.feeds.onChange(renew);
  renew();
  return {
    close: () => {
      halt();
      stop.abort();
    },
  };
}
