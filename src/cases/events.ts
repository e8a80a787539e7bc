import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Mapping } from '#lib/exports/mapping.ts';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { readerHere } from '#lib/server/import/stage/reader-here.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import type { Asker } from '#lib/server/reports/ask.ts';

/** An event as published cases give it: attributes in `props`. */
export type PublishedEvent = {
  readonly event: string;
  readonly t: string;
  readonly props?: Readonly<Record<string, unknown>>;
};

/** The events of a case by person. */
export type PublishedPeople = Readonly<Record<string, readonly PublishedEvent[]>>;

/** A store of its own whose clock reads UTC, for one file of cases. */
export type CaseStore = {
  /** Imports the events, asks, and takes them back. With a clock, times without an offset are UTC and days that clock's. */
  with<T>(people: PublishedPeople, ask: (asker: Asker) => Promise<T>, clock?: string): Promise<T>;
  close(): Promise<void>;
};

/** Opens a temporary store, in a folder that is gone with it. */
export async function openCaseStore(): Promise<CaseStore> {
  const data = await mkdtemp(join(tmpdir(), 'seven-steps-cases-'));
  const app = await openApp({ data, clock: () => new Date(), reader: readerHere });
  return {
    with: async (people, ask, clock = 'UTC') => {
      app.settings.set('time_zone', clock);
      const batch = await importEvents(app, people, clock === 'UTC' ? '' : 'Z');
      try {
        return await ask(asOwner(app));
      } finally {
        if (batch !== undefined) await withdrawBatch(app, { batch: String(batch), by: null });
      }
    },
    close: async () => {
      await app.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function importEvents(app: App, people: PublishedPeople, zone: string): Promise<number | undefined> {
  const rows = Object.entries(people).flatMap(([person, events]) =>
    events.map(({ event, t, props }, at) => ({
      event_id: `${person} ${at}`,
      happened_at: `${t.replace('T', ' ').replace(/Z$/, '')}${/[+-]\d\d:\d\d$/.test(t) ? '' : zone}`,
      kind: event,
      person_id: person,
      attributes: props ? JSON.stringify(props) : '',
    })),
  );
  if (rows.length === 0) return undefined;
  const path = join(app.data, 'events.csv');
  await writeFile(path, Papa.unparse(rows));
  const mapping: Mapping = { lists: [{ table: 'events', columns: {}, others: 'by_header' }] };
  const source = { name: 'events.csv', path, mapping };
  const { summaries, rejects } = await importFiles(app, [source], { remembers: false });
  const [summary] = summaries;
  if (summary?.table !== 'events' || summary.loaded !== rows.length)
    throw new Error(`not all events came in: ${JSON.stringify(rejects.flat().slice(0, 3))}`);
  return summary.batch ?? undefined;
}
