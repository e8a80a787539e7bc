import { join } from 'node:path';
import { openAccounts } from '../accounts/accounts.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { App } from '../app.ts';
import { openApp } from '../app.ts';
import { listenControl } from '../control/listen.ts';
import type { Control } from '../control/listen.ts';
import { importDrafts } from '../import/drafts/drafts.ts';
import type { Drafts } from '../import/drafts/drafts.ts';
import { importJobs } from '../import/jobs.ts';
import type { Jobs } from '../import/jobs.ts';
import { ensureSample } from '../import/sample.ts';
import { realWorld, scheduleOf } from '../pull/schedule.ts';
import type { Schedule } from '../pull/schedule.ts';
import { asOwner } from '../reports/audience.ts';
import { batches } from '../reports.gen.ts';
import { keepAnswered } from './keep-answered.ts';

/** What a request is answered from. */
export type Shown = { app: App; isSample: boolean };

/** The owner's data, empty or not, the files that wait to be imported, and the imports into them. */
export type Own = { app: App; drafts: Drafts; imports: Jobs };

/** The owner's studio and the sample, which never share a warehouse. */
export type Studios = {
  /** Where lists can be imported; null when only the sample is open. */
  readonly own: Own | null;
  /** Who may sign in to the owner's data; null when only the sample is open, in which nobody does. */
  readonly accounts: Accounts | null;
  /** The owner's data, or the sample while nothing was ever imported. */
  shown(): Promise<Shown>;
  close(): Promise<void>;
};

export type StudiosOptions = {
  /** The data folder; the sample lies in `sample` inside it. */
  data: string;
  /** Shows the sample whatever the owner has. */
  sampleOnly: boolean;
  clock: () => Date;
  /** The address that people open. */
  origin: string;
  /** Asks what everybody opens first, so that its answers are in memory; asked anew whenever the data have changed. */
  standing?: (app: App) => Promise<unknown>;
};

type Opened = { app: App; control: Control };

/** Opens the studios of a data folder, reachable for the command line; fills the sample when it is first needed. */
export async function openStudios(options: StudiosOptions): Promise<Studios> {
  const { data, sampleOnly } = options;
  const own = sampleOnly ? null : await openOwn(data, options);
  let sample: Promise<Opened> | undefined;
  const theSample = () => (sample ??= openSample(join(data, 'sample'), options));

  const shown = async (): Promise<Shown> => {
    if (own && (await hasData(own.app))) return { app: own.app, isSample: false };
    return { app: (await theSample()).app, isSample: true };
  };
  const close = async () => {
    own?.schedule.close();
    await own?.imports.close();
    await own?.drafts.close();
    await own?.accounts.close();
    for (const opened of [own, await sample]) {
      await opened?.control.close();
      await opened?.app.close();
    }
  };
  await shown();
  return { own, accounts: own?.accounts ?? null, shown, close };
}

type OpenedOwn = Opened & Own & { accounts: Accounts; schedule: Schedule };

async function openOwn(data: string, options: StudiosOptions): Promise<OpenedOwn> {
  const opened = await open(data, options);
  const { app } = opened;
  const imports = importJobs(app);
  const { people, links, tokens, vault, clock } = app;
  return {
    ...opened,
    accounts: openAccounts({
      file: join(data, 'app.sqlite'),
      origin: options.origin,
      people,
      links,
      tokens,
      vault,
      clock,
    }),
    imports,
    drafts: importDrafts(app, imports),
    schedule: scheduleOf(app, realWorld),
  };
}

async function openSample(data: string, options: StudiosOptions): Promise<Opened> {
  const opened = await open(data, options);
  await ensureSample(opened.app);
  return opened;
}

async function open(data: string, { clock, standing }: StudiosOptions): Promise<Opened> {
  const app = await openApp({ data, clock });
  if (standing) await keepAnswered(app, standing);
  return { app, control: await listenControl(app) };
}

async function hasData(app: App): Promise<boolean> {
  const { rows } = await batches(asOwner(app), { page_size: 1 });
  return rows.length > 0;
}
