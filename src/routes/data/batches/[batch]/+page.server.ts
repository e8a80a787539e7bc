import { fail, redirect } from '@sveltejs/kit';
import { nameOf } from '#lib/access/viewer.ts';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { fieldsOf, isTableName } from '#lib/exports/tables.ts';
import { visible } from '#lib/exports/visible.ts';
import type { App } from '#lib/server/app.ts';
import { batchOf } from '#lib/server/import/ledger.ts';
import { defaultLabel, lossName } from '#lib/server/import/loss-names.ts';
import { mendRecords } from '#lib/server/import/mend.ts';
import { openRecords } from '#lib/server/import/quarantine.ts';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { batches, findings, rejects } from '#lib/server/reports.gen.ts';
import type { BatchesRow, FindingsRow, RejectsRow } from '#lib/server/reports.gen.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { orErrorPage } from '../../../refuse.ts';
import { batchView } from '../../history.server.ts';
import { pageIn, paging } from '../../paging.ts';
import { tableName } from '../../table-names.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { factsOf } from './facts.server.ts';
import { mendedRecords, openView } from './mending.server.ts';

const PROBLEMS = 50;
/** Records that are mended at once: each has a field for every column. */
const MENDED = 20;

/** One file that came in: what became of its records, how it was read, what is odd, and what waits to be mended. */
export const load: PageServerLoad = ({ params, url, locals: { app, asker, isSample, locale } }) =>
  orErrorPage(locale, async () => {
    const batch = numberIn(params.batch);
    const page = pageIn(url.searchParams);
    const zone = app.settings.get('time_zone');
    const [{ rows }, found, odd, open] = await Promise.all([
      batches(asker, { batch }),
      rejects(asker, { batch, page, page_size: PROBLEMS }),
      findings(asker, { batch }),
      isSample ? null : openViews(app, locale, params.batch),
    ]);
    const row = rows[0];
    if (!row) throw new Refusal('unknown_batch', { batch: params.batch });
    const [first] = found.rows;
    return {
      batch: batchView(locale, zone, row),
      facts: factsOf(locale, zone, row),
      columns: columnsOf(locale, row),
      findings: odd.rows.map((finding) => findingView(locale, batch, finding)),
      mends: row.mends,
      open,
      rejects: rejectGroups(locale, found.rows),
      records: count(locale, first?.all_records ?? 0),
      waiting: {
        problems: count(locale, first?.open_problems ?? 0),
        records: count(locale, first?.open_records ?? 0),
      },
      mended: first?.mended_records ? count(locale, first.mended_records) : null,
      paging: paging(locale, page, PROBLEMS, first?.all_problems ?? 0),
    };
  });

export const actions: Actions = {
  /** Takes the batch back; what counted without it counts again. */
  withdraw: async ({ params, locals: { own, viewer, locale } }) => {
    const { app } = studioOf(own);
    const withdrawal = { batch: params.batch, by: nameOf(viewer) };
    const problem = await problemOf(locale, () => withdrawBatch(app, withdrawal));
    if (problem) return fail(problem.status, { problem, mended: null });
    redirect(303, `/data/batches/${params.batch}`);
  },
  /** Brings the records in that were mended on the page; what is still wrong stays where it is. */
  mend: async ({ params, request, locals: { own, viewer, locale } }) => {
    const { app } = studioOf(own);
    const form = await request.formData();
    let mended: Awaited<ReturnType<typeof mendRecords>> | null = null;
    const problem = await problemOf(locale, async () => {
      const entry = await batchOf(app.warehouse, params.batch);
      const { records } = await openRecords(app.warehouse, entry, { page: 1, size: MENDED });
      const given = mendedRecords(form, records);
      if (given.length > 0)
        mended = await mendRecords(app, { batch: params.batch, records: given, by: nameOf(viewer) });
    });
    if (problem) return fail(problem.status, { problem, mended: null });
    return { problem: null, mended: mendedView(locale, mended) };
  },
};

function studioOf(own: Own | null): Own {
  if (own === null) throw new Refusal('sample_only', {});
  return own;
}

async function problemOf(locale: Locale, work: () => Promise<unknown>) {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) throw error;
    const { code, message, remedy } = explain(error, locale, 'page');
    return { status: error.status, code, message, remedy };
  }
}

type Mended = Awaited<ReturnType<typeof mendRecords>>;

/** What came of a mending, in words: null where no cell was changed. */
function mendedView(locale: Locale, mended: Mended | null) {
  if (mended === null) return { batch: null, taken: null, wrong: [] };
  const { summary, wrong } = mended;
  return {
    batch: summary?.batch ?? null,
    taken: summary === null ? count(locale, 0) : count(locale, summary.read - summary.rejected),
    wrong: wrong.map(({ line, column, reason }) => ({
      line: count(locale, line),
      column: column === null ? null : visible(column),
      reason: word(locale, `reject.${reason}`),
    })),
  };
}

async function openViews(app: App, locale: Locale, batch: string) {
  const entry = await batchOf(app.warehouse, batch);
  const { records, open } = await openRecords(app.warehouse, entry, { page: 1, size: MENDED });
  if (open === 0) return null;
  return {
    records: records.map((record) => openView(locale, entry.headers, record)),
    shown: count(locale, records.length),
    all: count(locale, open),
    hasMore: open > records.length,
  };
}

function findingView(
  locale: Locale,
  batch: number,
  { kind_no, kind, table_name, column_name, rows, names }: FindingsRow,
) {
  return {
    key: `${kind} ${table_name} ${column_name}`,
    name: findingName(locale, { kind, table_name, column_name }),
    list: tableName(locale, table_name),
    rows: count(locale, rows),
    names: count(locale, names),
    link: figureLink('findings', 'rows', { batch }, { kind_no, table_name, column_name }),
  };
}

function findingName(
  locale: Locale,
  { kind, table_name, column_name: field }: Pick<FindingsRow, 'kind' | 'table_name' | 'column_name'>,
): string {
  if (field === null || !isTableName(table_name)) return word(locale, `code.kind.${kind}`);
  const value = defaultLabel(locale, table_name, field);
  const said = { field: lossName(locale, table_name, field) };
  return value === null
    ? word(locale, 'losses.finding', said)
    : word(locale, 'losses.finding.default', { ...said, value });
}

function numberIn(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Refusal('unknown_batch', { batch: text });
  return Number(text);
}

/** The fields of the list in their own order, with the headers that fed them. */
function columnsOf(locale: Locale, { table_name, mapping }: BatchesRow): { field: string; header: string }[] {
  const headers = JSON.parse(mapping) as Record<string, string>;
  const fields = isTableName(table_name) ? fieldsOf(table_name) : [];
  return fields
    .filter(({ name }) => headers[name] !== undefined)
    .map(({ name, synonyms }) => ({
      field: synonyms[locale][0] ?? name,
      header: visible(headers[name] ?? ''),
    }));
}

/** The problems on a page, those of records that still wait apart from the others. */
function rejectGroups(locale: Locale, rejects: readonly RejectsRow[]) {
  const views = (open: boolean) =>
    rejects.filter(({ state }) => (state === 'open') === open).map((reject) => rejectView(locale, reject));
  return { open: views(true), others: views(false) };
}

function rejectView(locale: Locale, reject: RejectsRow) {
  return {
    number: reject.reject_no,
    line: count(locale, reject.line),
    column: reject.column_name === null ? null : visible(reject.column_name),
    reason: word(locale, `reject.${reject.reason}`),
    raw: visible(reject.raw_text ?? ''),
    mendedIn: reject.mended_in,
  };
}
