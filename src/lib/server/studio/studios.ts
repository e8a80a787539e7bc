import { join } from 'node:path';
import type { App } from '../app.ts';
import { openApp } from '../app.ts';
import { listenControl } from '../control/listen.ts';
import type { Control } from '../control/listen.ts';
import { ensureSample } from '../import/sample.ts';
import { dataSpan } from '../reports.gen.ts';

/** What a request is answered from. */
export type Shown = { app: App; isSample: boolean };

/** The owner's studio and the sample, which never share a warehouse. */
export type Studios = {
  /** The owner's data, or the sample while there are none. */
  shown(): Promise<Shown>;
  close(): Promise<void>;
};

export type StudiosOptions = {
  /** The data folder; the sample lies in `sample` inside it. */
  data: string;
  /** Shows the sample whatever the owner has. */
  sampleOnly: boolean;
  clock: () => Date;
};

type Opened = { app: App; control: Control };

/** Opens the studios of a data folder, reachable for the command line; fills the sample when it is first needed. */
export async function openStudios({ data, sampleOnly, clock }: StudiosOptions): Promise<Studios> {
  const own = sampleOnly ? undefined : await open(data, clock);
  let sample: Promise<Opened> | undefined;
  const theSample = () => (sample ??= openSample(join(data, 'sample'), clock));

  const shown = async (): Promise<Shown> => {
    if (own && (await hasData(own.app))) return { app: own.app, isSample: false };
    return { app: (await theSample()).app, isSample: true };
  };
  const close = async () => {
    for (const opened of [own, await sample]) {
      await opened?.control.close();
      await opened?.app.close();
    }
  };
  await shown();
  return { shown, close };
}

async function openSample(data: string, clock: () => Date): Promise<Opened> {
  const opened = await open(data, clock);
  await ensureSample(opened.app);
  return opened;
}

async function open(data: string, clock: () => Date): Promise<Opened> {
  const app = await openApp({ data, clock });
  return { app, control: await listenControl(app) };
}

async function hasData(app: App): Promise<boolean> {
  const { rows } = await dataSpan(app, {});
  return rows[0]?.last_day != null;
}
