import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { queriesPath } from '../project.ts';
import { compose } from './compose.ts';
import { parseQuery } from './header.ts';
import type { QueryFile } from './header.ts';

/** The files of one folder of queries by name, e.g. `funnel` → header and body. */
export function readQueries(folder: string): Map<string, QueryFile> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return new Map(
    files
      .sort()
      .map((file) => [file.slice(0, -4), parseQuery(file, readFileSync(join(folder, file), 'utf8'))]),
  );
}

/** All texts below a folder like queries: models, checks and reports ready to run. */
export type Texts = {
  readonly models: ReadonlyMap<string, QueryFile>;
  readonly checks: ReadonlyMap<string, QueryFile>;
  readonly reports: ReadonlyMap<string, QueryFile>;
};

/** Reads and composes every text below `root` (folders models, checks, parts, reports; a missing one is empty). */
export function readTexts(root: string): Texts {
  const parts = readIfThere(join(root, 'parts'));
  const composed = (folder: string) =>
    new Map(
      [...readIfThere(join(root, folder))].map(([name, query]): [string, QueryFile] => [
        name,
        { header: query.header, body: compose(`${folder}/${name}.sql`, query, (part) => parts.get(part)) },
      ]),
    );
  return { models: composed('models'), checks: composed('checks'), reports: composed('reports') };
}

function readIfThere(folder: string): Map<string, QueryFile> {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readQueries(folder)
    : new Map<string, QueryFile>();
}

let loaded: { texts: Texts; stamp: string } | undefined;

/** The project's own texts: read once per process, in development again whenever a file has changed. */
export function currentTexts(): Texts {
  return current().texts;
}

/** Changes when the texts have been read again: part of the key of a cached answer. */
export function textsStamp(): string {
  return current().stamp;
}

/** The text of one of the project's reports, ready to run. */
export function reportText(name: string): QueryFile {
  const text = currentTexts().reports.get(name);
  if (!text) throw new Error(`There is no queries/reports/${name}.sql.`);
  return text;
}

/** Whether texts are read again when they change; src/start.ts sets it for `npm run dev`. */
export function isLive(): boolean {
  return process.env['SEVENSTEPS_DEV'] === '1';
}

function current(): { texts: Texts; stamp: string } {
  if (loaded && !isLive()) return loaded;
  const stamp = isLive() ? stampOf(queriesPath()) : '';
  if (loaded?.stamp !== stamp) loaded = { texts: readTexts(queriesPath()), stamp };
  return loaded;
}

/** Names and times of all files below a folder. */
function stampOf(root: string): string {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => `${file} ${statSync(join(root, file)).mtimeMs}`)
    .sort()
    .join('\n');
}
