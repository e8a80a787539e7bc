import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import type { App } from '../app.ts';
import { writingInto } from '../disk.ts';
import type { Inspection } from './reading/inspect.ts';
import type { StageProgress } from './stage/task.ts';
import { stagingFolder } from './staging.ts';

/** A file that was handed in, and what was chosen so far about how it is read. */
export type Inspected = { name: string; path: string; choice?: ReadingChoice | undefined };

/** Whoever waits for it: told how far it is, and able to stop it. */
export type InspectionWatch = {
  tell?: ((progress: StageProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Looks at a file before it is imported: how it would be read, its head, and what could be read otherwise; in the reader's
 * own process. Throws Refusal (see `src/lib/errors/codes.ts`, files; query_cancelled).
 */
export async function inspectFile(
  { data, reader }: Pick<App, 'data' | 'reader'>,
  { name, path, choice }: Inspected,
  { tell = () => undefined, signal }: InspectionWatch = {},
): Promise<Inspection> {
  const folder = join(stagingFolder(data), randomUUID());
  try {
    await writingInto(data, () => mkdir(folder, { recursive: true, mode: 0o700 }));
    return await reader.inspect({ folder, source: { name, path }, choice }, tell, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
