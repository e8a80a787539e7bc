import { createHash } from 'node:crypto';
import { Refusal } from '#lib/errors/refusal.ts';
import { warehouseDdl } from '#lib/exports/ddl.ts';
import type { QueryFile } from '../reports/header.ts';
import { currentTexts } from '../reports/texts.ts';
import { inOrder, tablesRead } from './dependencies.ts';
import type { Transaction } from './warehouse.ts';

/** The models and the checks on them, by name. */
export type Models = {
  readonly models: ReadonlyMap<string, QueryFile>;
  readonly checks: ReadonlyMap<string, QueryFile>;
};

const FINDINGS = `
  create or replace table check_findings (
    check_name varchar not null, sentence varchar not null, rows bigint not null, example varchar not null
  );
`;

/**
 * Builds every model (of queries, unless others are given) anew, each after those it reads, and runs the checks.
 * Throws Refusal check_failed (cause: the first row found) when a check of severity error finds rows; findings of
 * severity warning are kept in main.check_findings.
 */
export async function rebuildModels(transaction: Transaction, given: Models = currentTexts()): Promise<void> {
  const standing = await standingModels(transaction);
  const mark = fingerprint(given);
  for (const name of await modelOrder(transaction, given.models))
    await buildModel(transaction, name, modelNamed(given.models, name), standing.get(name), mark);
  await transaction.run(FINDINGS);
  await runChecks(transaction, given.checks, ({ body }) => Promise.resolve(body));
}

/** What stands under a model's name, and of a view the mark of the texts that it was made with. */
export type Standing = { kind: 'table' | 'view'; mark: string | null };

/**
 * Builds one model anew from all that it reads; `standing` is what stands under its name. A view that was made with the
 * same texts (`mark`, see `fingerprint`) is left as it is: it holds no rows.
 */
export async function buildModel(
  transaction: Transaction,
  name: string,
  model: QueryFile,
  standing: Standing | undefined,
  mark: string,
): Promise<void> {
  const built = await kindFor(transaction, model);
  if (built === 'view' && standing?.kind === 'view' && standing.mark === mark) return;
  if (standing !== undefined && standing.kind !== built)
    await transaction.run(`drop ${standing.kind} ${name}`);
  await transaction.run(`create or replace ${built} ${name} as\n${model.body}`);
  if (built === 'view') await transaction.run(`comment on view ${name} is '${mark}'`);
}

/** The names of the models in the order in which they can be built. */
export async function modelOrder(
  asker: Pick<Transaction, 'query'>,
  models: ReadonlyMap<string, QueryFile>,
): Promise<string[]> {
  const needs = new Map<string, readonly string[]>();
  for (const [name, { body }] of models) needs.set(name, await tablesRead(asker, body));
  return inOrder(needs);
}

/** Changes whenever a model, a check or a table below them changes: what was built from another is out of date. */
export function fingerprint(given: Models, below: readonly string[] = warehouseDdl()): string {
  const hash = createHash('sha256').update(below.join('\n'));
  for (const list of [given.models, given.checks])
    for (const [name, { header, body }] of list) hash.update(`${name} ${header.built}\n${body}\n`);
  return hash.digest('hex');
}

/**
 * Runs the checks, each as the text that `textOf` makes of it, and keeps their findings; without a text a check is not run
 * and what it found stands. Throws Refusal check_failed.
 */
export async function runChecks(
  transaction: Transaction,
  checks: ReadonlyMap<string, QueryFile>,
  textOf: (check: QueryFile) => Promise<string | null>,
): Promise<void> {
  for (const [name, check] of checks) {
    const { header } = check;
    const body = await textOf(check);
    if (body === null) continue;
    if (header.severity === 'warning')
      await transaction.run('delete from check_findings where check_name = $name::varchar', { name });
    const [found] = await transaction.query<{ rows: number; example: string | null }>(
      `select count(*)::bigint as rows, min(to_json(c))::varchar as example from (\n${body}\n) c`,
    );
    if (!found || found.rows === 0) continue;
    const example = found.example ?? '';
    if (header.severity === 'error')
      throw new Refusal('check_failed', { check: header.title, rows: found.rows }, `${name}: ${example}`);
    await transaction.run(
      'insert into check_findings values ($name::varchar, $sentence::varchar, $rows::bigint, $example::varchar)',
      { name, sentence: header.title, rows: found.rows, example },
    );
  }
}

/** Up to this many rows a model that is built by size is stored. */
const STORED_ROWS = 200_000;

async function kindFor(transaction: Transaction, { header, body }: QueryFile): Promise<'table' | 'view'> {
  if (header.built !== 'by size') return header.built;
  const [counted] = await transaction.query<{ rows: number }>(
    `select count(*)::bigint as rows from (select 1 as one from (\n${body}\n) m limit ${STORED_ROWS + 1}) c`,
  );
  return (counted?.rows ?? 0) > STORED_ROWS ? 'view' : 'table';
}

/** What stands in main: a name may be a table in one release and a view in the next. */
export async function standingModels(transaction: Transaction): Promise<Map<string, Standing>> {
  const rows = await transaction.query<Standing & { name: string }>(`
    select table_name as name, 'table' as kind, null as mark from duckdb_tables() where schema_name = 'main'
    union all
    select view_name as name, 'view' as kind, comment as mark from duckdb_views() where schema_name = 'main' and not internal`);
  return new Map(rows.map(({ name, ...standing }) => [name, standing]));
}

/** The model of a name. Throws when there is none. */
export function modelNamed(models: ReadonlyMap<string, QueryFile>, name: string): QueryFile {
  const model = models.get(name);
  if (!model) throw new Error(`There is no model ${name}.`);
  return model;
}
