import type { QueryFile } from '../../reports/header.ts';
import { currentTexts } from '../../reports/texts.ts';
import { tablesRead } from '../dependencies.ts';
import {
  buildModel,
  fingerprint,
  modelNamed,
  modelOrder,
  rebuildModels,
  runChecks,
  standingModels,
} from '../models.ts';
import type { Models, Standing } from '../models.ts';
import type { Transaction } from '../warehouse.ts';
import { addUp, replaceRows } from './changes.ts';
import type { Outcome } from './changes.ts';
import { gatherFamilies, rowsOfLists, rowsTurned } from './families.ts';
import { ofFamilies, readsLists } from './sides.ts';
import type { Touched } from './touched.ts';

/** Building all models anew takes less of fewer rows than these, and where a greater share of them is of touched families. */
const FEWEST_ROWS = 30_000;
const GREATEST_SHARE = 0.05;

/**
 * Brings the models to what `rebuildModels` makes of the lists as they are now. Rows of different families (see families.ts)
 * do not matter to each other; so a model is built of the touched families alone, as they were and as they are, and what is
 * stored is changed by the difference: the header of the model says how (`refreshed`). The checks look at the touched families.
 * Where that is not worth it everything is built anew. Throws what `rebuildModels` throws.
 */
export async function refreshModels(transaction: Transaction, touched: Touched): Promise<void> {
  const texts = currentTexts();
  const rows = (await isBuiltFrom(transaction, texts)) ? await rowsTurned(transaction, touched) : null;
  if (rows === 0) await checkTheRest(transaction, texts);
  else if (rows !== null && (await isWorthIt(transaction, touched, rows)))
    await refreshEach(transaction, texts);
  else await rebuildModels(transaction, texts);
  await dropTemporary(transaction);
}

async function isBuiltFrom(transaction: Transaction, texts: Models): Promise<boolean> {
  const [built] = await transaction.query<{ models: string | null }>('select models from state.built');
  return built?.models === fingerprint(texts);
}

/** Gathers the families of so many turned rows, unless building all models anew is cheaper. */
async function isWorthIt(transaction: Transaction, touched: Touched, rows: number): Promise<boolean> {
  const stored = await rowsOfLists(transaction);
  const most = stored * GREATEST_SHARE;
  return stored >= FEWEST_ROWS && rows <= most && (await gatherFamilies(transaction, touched, most));
}

/** The checks that look neither at lists nor at models, where these have not changed. */
function checkTheRest(transaction: Transaction, { models, checks }: Models): Promise<void> {
  return runChecks(transaction, checks, async ({ body }) => {
    const read = await tablesRead(transaction, body);
    return readsLists(body) || read.some((name) => models.has(name)) ? null : body;
  });
}

type Refresh = {
  transaction: Transaction;
  models: Models['models'];
  /** What stands under each name, table or view. */
  standing: ReadonlyMap<string, Standing>;
  /** Models that hold something else now. */
  changed: Set<string>;
};

async function refreshEach(transaction: Transaction, { models, checks }: Models): Promise<void> {
  const standing = await standingModels(transaction);
  const refresh: Refresh = { transaction, models, standing, changed: new Set() };
  const mark = fingerprint({ models, checks });
  const unread = await unreadViews(transaction, { models, checks });
  for (const name of await modelOrder(transaction, models)) {
    if (unread.has(name)) continue;
    const model = modelNamed(models, name);
    const outcome = await follow(refresh, name, model);
    if (outcome === 'unlike') await buildModel(transaction, name, model, standing.get(name), mark);
    if (outcome !== 'same') refresh.changed.add(name);
  }
  await runChecks(transaction, checks, ({ header, body }) =>
    header.severity === 'warning' ? Promise.resolve(body) : ofFamilies(transaction, body, 'after', models),
  );
}

/** Views that nothing reads which follows a batch: there is nothing of them to change. */
async function unreadViews(transaction: Transaction, { models, checks }: Models): Promise<Set<string>> {
  const read = new Set<string>();
  for (const { body } of checks.values())
    for (const name of await tablesRead(transaction, body)) read.add(name);
  const unread = new Set<string>();
  for (const name of (await modelOrder(transaction, models)).toReversed()) {
    const { header, body } = modelNamed(models, name);
    if (header.built === 'view' && !read.has(name)) unread.add(name);
    else for (const other of await tablesRead(transaction, body)) read.add(other);
  }
  return unread;
}

async function follow(
  { transaction, models, standing, changed }: Refresh,
  name: string,
  { header, body }: QueryFile,
): Promise<Outcome> {
  const { refreshed } = header;
  if (refreshed === 'whole') {
    const read = await tablesRead(transaction, body);
    return readsLists(body) || read.some((other) => changed.has(other)) ? 'unlike' : 'same';
  }
  for (const side of ['before', 'after'] as const)
    await transaction.run(
      `create or replace temporary table ${side}_${name} as ${await ofFamilies(transaction, body, side, models)}`,
    );
  return refreshed === 'rows'
    ? replaceRows(transaction, name, header, standing.get(name)?.kind === 'view')
    : addUp(transaction, name, header, refreshed);
}

/** Of all that this folder's files have made. */
async function dropTemporary(transaction: Transaction): Promise<void> {
  const tables = await transaction.query<{ name: string }>(
    `select table_name as name from duckdb_tables()
     where temporary and regexp_full_match(table_name, 'turned_rows|changed|gone|come|difference|(family|before|after)_\\w+')`,
  );
  for (const { name } of tables) await transaction.run(`drop table temp.${name}`);
}
