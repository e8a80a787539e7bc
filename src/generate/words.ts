import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryFile } from '#lib/server/reports/header.ts';

const LOCALES = ['en', 'zh-Hans', 'zh-Hant'];

/** The words that every report needs: its title and a name for each column. */
export function wordsNeeded(reports: ReadonlyMap<string, QueryFile>): string[] {
  return [...reports].flatMap(([name, { header }]) => [
    `report.${name}.title`,
    ...header.columns.map((column) => `report.${name}.${column.name}`),
  ]);
}

/** One sentence for each word that is missing in a language below `folder` (LOCALE/*.json), or file that is no JSON. */
export function missingWords(folder: string, reports: ReadonlyMap<string, QueryFile>): string[] {
  const needed = wordsNeeded(reports);
  return LOCALES.flatMap((locale) => {
    const files = filesIn(join(folder, locale)).map((file) => ({ file, words: wordsIn(file) }));
    const unread = files.filter(({ words }) => !words);
    if (files.length === 0) return [`${join(folder, locale)} has no words.`];
    if (unread.length > 0) return unread.map(({ file }) => `${file} cannot be read.`);
    const words = Object.assign({}, ...files.map((entry) => entry.words)) as Record<string, unknown>;
    return needed
      .filter((key) => typeof words[key] !== 'string' || words[key] === '')
      .map((key) => `${locale}: the word ${key} is missing.`);
  });
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));
}

function wordsIn(file: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
