import { readFileSync } from 'node:fs';
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

/** One sentence for each word that is missing in a language below `folder` (LOCALE/reports.json). */
export function missingWords(folder: string, reports: ReadonlyMap<string, QueryFile>): string[] {
  const needed = wordsNeeded(reports);
  return LOCALES.flatMap((locale) => {
    const file = join(folder, locale, 'reports.json');
    const words = wordsIn(file);
    if (!words) return [`${file} cannot be read.`];
    return needed
      .filter((key) => typeof words[key] !== 'string' || words[key] === '')
      .map((key) => `${locale}/reports.json: the word ${key} is missing.`);
  });
}

function wordsIn(file: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
