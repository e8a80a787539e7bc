import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { askServer } from '#lib/server/control/reach.ts';
import { perform } from '#lib/server/control/requests.ts';
import type { Request, ResultOf } from '#lib/server/control/requests.ts';
import { ensureSample } from '#lib/server/import/sample.ts';
import { projectRoot } from '#lib/server/project.ts';

/** Which data folder is meant, and whether it is the sample studio's. */
export type Place = { data: string; sample: boolean };

/** The folder of one's own data (SEVENSTEPS_DATA, else data/local), or the sample's inside it. */
export function placeOf(environment: NodeJS.ProcessEnv, sample: boolean): Place {
  const own = environment['SEVENSTEPS_DATA'] ?? '';
  const folder = own === '' ? join(projectRoot(), 'data', 'local') : resolve(own);
  return { data: sample ? join(folder, 'sample') : folder, sample };
}

/** Another command, or a server that is just starting, holds the files for a moment. */
const TRIES = 300;
const PAUSE_MS = 100;

/**
 * Has a request done by the server that holds the folder, else opens the files here.
 * Throws Refusal; warehouse_busy when somebody who does not answer holds the files for half a minute.
 */
export async function doAt<R extends Request>(place: Place, request: R): Promise<ResultOf<R>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await askServer(place.data, request);
    if (answer !== undefined) return answer;
    try {
      return await doHere(place, request);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'warehouse_busy' || attempt === TRIES) throw error;
    }
    await pause(PAUSE_MS);
  }
}

async function doHere<R extends Request>({ data, sample }: Place, request: R): Promise<ResultOf<R>> {
  const app: App = await openApp({ data, clock: () => new Date() });
  try {
    if (sample) await ensureSample(app);
    return await perform(app, request);
  } finally {
    await app.close();
  }
}
