import { Refusal } from '#lib/errors/refusal.ts';
import type { Mapping } from '#lib/exports/mapping.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import type { ImportOptions } from '#lib/server/import/import-files.ts';
import type { StudioFolder } from './studio-folder.ts';

/** Imports one list: what became of it, with the records that were rejected. */
export async function bringInto(
  studio: StudioFolder,
  content: string | Uint8Array,
  { mapping, ...options }: ImportOptions & { mapping?: Mapping } = {},
  name = 'list.csv',
) {
  const source = { ...studio.file(name, content), mapping };
  const { summaries, rejects } = await importFiles(studio.app, [source], options);
  return { ...summaries[0], rejects: rejects[0] ?? [] };
}

/** The code with which work was refused. */
export function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );
}
