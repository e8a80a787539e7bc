import type { QueryFile } from '#lib/server/reports/header.ts';
import { restricted, SHOWN } from '#lib/server/reports/restrict.ts';
import type { Texts } from '#lib/server/reports/texts.ts';
import { parametersOf } from '#lib/server/warehouse/parameters.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';

/**
 * What is wrong with who may ask the reports: a report that cannot be made of the viewer's stores or of what is their own,
 * although its header offers it so; one that would show marketers small segments; and expressions called like a model, which
 * the viewer's own rows would replace.
 */
export async function audienceProblems(
  warehouse: Warehouse,
  { models, reports }: Pick<Texts, 'models' | 'reports'>,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, query] of reports) {
    const problems = [
      ...hiddenModels(query, models),
      ...smallSegments(query),
      ...(await unrestricted(warehouse, query, models)),
    ];
    found.push(...problems.map((problem) => `reports/${name}.sql: ${problem}`));
  }
  return found;
}

async function unrestricted(
  warehouse: Warehouse,
  query: QueryFile,
  models: Texts['models'],
): Promise<string[]> {
  const found: string[] = [];
  for (const extent of new Set(Object.values(query.header.audience)))
    try {
      await warehouse.describe(restricted(query, extent, models));
    } catch (error) {
      found.push(`for ${extent}: ${error instanceof Error ? error.message : String(error)}`);
    }
  return found;
}

/** Marketers are shown no segment of fewer than five journeys: what divides or filters for them has to leave these together. */
function smallSegments({ header: { audience, parameters }, body }: QueryFile): string[] {
  const divides = parameters.some(({ kind }) => kind !== 'plain' && kind !== 'contract');
  return audience.marketer !== undefined && divides && !parametersOf(body).has(SHOWN)
    ? [`marketers would be shown small segments: the text does not name $${SHOWN}.`]
    : [];
}

function hiddenModels({ body }: QueryFile, models: Texts['models']): string[] {
  const named = [...body.matchAll(/\b([a-z_]\w*) as (?:materialized )?\(\s*(?:select|with)\b/g)];
  return named
    .flatMap(([, name]) => (name !== undefined && models.has(name) ? [name] : []))
    .map((name) => `the expression ${name} is called like a model.`);
}
