import { warehouseDdl } from '#lib/exports/ddl.ts';
import type { QueryFile } from '#lib/server/reports/header.ts';
import { readTexts } from '#lib/server/reports/texts.ts';
import type { Texts } from '#lib/server/reports/texts.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { audienceProblems } from './audiences.ts';
import { emit } from './emit.ts';
import { problemsOf } from './problems.ts';
import { openingProblems } from './openings.ts';
import { missingWords } from './words.ts';

/** Where the queries and the words lie. */
export type Folders = { queries: string; words: string };

/** The generated text, or what has to be put right first. */
export type Generated = { text: string; problems: string[] };

/**
 * Holds every model and report against an empty warehouse, every report against the words, and writes the typed
 * functions. Throws when a header cannot be read or the models cannot be built.
 */
export async function generate({ queries, words }: Folders): Promise<Generated> {
  const texts = readTexts(queries);
  const warehouse = await openWarehouse({ file: ':memory:' });
  try {
    await warehouse.write(async (transaction) => {
      for (const statement of warehouseDdl()) await transaction.run(statement);
      await rebuildModels(transaction, texts);
    });
    const problems = [
      ...(await allProblems(warehouse, texts)),
      ...(texts.reports.has('data_span') || texts.reports.size === 0
        ? []
        : ['There is no report data_span.']),
      ...(await audienceProblems(warehouse, texts)),
      ...openingProblems(texts.reports),
      ...missingWords(words, texts.reports),
    ];
    return { text: emit(texts.reports), problems };
  } finally {
    await warehouse.close();
  }
}

async function allProblems(warehouse: Warehouse, { models, reports }: Texts): Promise<string[]> {
  const entries: [string, QueryFile, 'model' | 'report'][] = [
    ...[...models].map(([name, query]): [string, QueryFile, 'model'] => [
      `models/${name}.sql`,
      query,
      'model',
    ]),
    ...[...reports].map(([name, query]): [string, QueryFile, 'report'] => [
      `reports/${name}.sql`,
      query,
      'report',
    ]),
  ];
  const found: string[] = [];
  for (const [file, query, kind] of entries)
    found.push(...(await problemsOf(warehouse, file, query, kind, reports)));
  return found;
}
