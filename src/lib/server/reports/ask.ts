import type { Viewer } from '#lib/access/viewer.ts';
import { funnelStepsSpec, segmentCrowdsSpec } from '../reports.gen.ts';
import type { FunnelStepsRow, SegmentCrowdsRow } from '../reports.gen.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import { prepareWarehouse } from '../warehouse/prepare.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Answer } from './answer.ts';
import { HOUSE, reachOf, withinReach } from './audience.ts';
import type { Reach } from './audience.ts';
import { answerCache } from './cache.ts';
import type { AnswerCache } from './cache.ts';
import { crowdOf } from './crowd.ts';
import { fedOrFitted, finished, TIMEOUT_MS } from './finished.ts';
import { readReport } from './read.ts';
import { resolveParameters } from './resolve.ts';
import { dataSpanOf } from './span.ts';
import type { ReportSpec } from './spec.ts';
import { isLive, textsStamp } from './texts.ts';

/** Whose warehouse is asked, and who asks: what comes back depends on both. */
export type Asker = { readonly warehouse: Warehouse; readonly viewer: Viewer };

export type AskOptions = { signal?: AbortSignal | undefined };

const ANSWERS_KEPT = 1000;
const ATTEMPTS = 3;
const caches = new WeakMap<Warehouse, AnswerCache>();

/**
 * Asks a report. The same question to the same data is answered from memory, for all who are given the same of it.
 * Whoever may not see single persons is shown segments as `crowdOf` and `funnelCrowdOf` say.
 * Throws Refusal not_your_report, too_few_journeys, too_fine, the Refusals of `resolveParameters` and query_failed, query_timeout (after 30 s) or query_cancelled.
 */
export async function ask<R>(
  { warehouse, viewer }: Asker,
  spec: ReportSpec,
  given: Readonly<Record<string, Arguments[string] | undefined>>,
  { signal }: AskOptions = {},
): Promise<Answer<R>> {
  const reach = reachOf(spec, viewer);
  if (isLive()) await prepareWarehouse(warehouse);
  const params = await resolveParameters(warehouse, spec, given, reach);
  if (reach.persons) return answered<R>(warehouse, spec, reach, params, signal);
  const ofHouse = async <T>(report: ReportSpec, asked: Arguments) => {
    const theirs = report.parameters.map(({ name }) => [name, asked[name] ?? null]);
    return (await answered<T>(warehouse, report, HOUSE, Object.fromEntries(theirs) as Arguments, signal))
      .rows;
  };
  const { shown, keeps } = await crowdOf(spec, params, {
    crowds: (asked) => ofHouse<SegmentCrowdsRow>(segmentCrowdsSpec, asked),
    steps: (asked) => ofHouse<FunnelStepsRow>(funnelStepsSpec, asked),
    span: () => dataSpanOf(warehouse),
  });
  const answer = await answered<R>(warehouse, spec, { ...reach, shown }, params, signal);
  return { ...answer, rows: answer.rows.filter(keeps) };
}

/** The answer to a question whose parameters are known, from memory where it has been asked. */
function answered<R>(
  warehouse: Warehouse,
  spec: ReportSpec,
  reach: Reach,
  params: Arguments,
  signal: AbortSignal | undefined,
): Promise<Answer<R>> {
  const key = JSON.stringify([spec.name, textsStamp(), params, reach]);
  return cacheOf(warehouse).get(
    warehouse.dataVersion(),
    key,
    (stop) => compute<R>(warehouse, spec, reach, params, stop),
    signal,
  );
}

async function compute<R>(
  warehouse: Warehouse,
  spec: ReportSpec,
  reach: Reach,
  params: Arguments,
  signal: AbortSignal,
): Promise<Answer<R>> {
  const { version, rows } = await readAtOneVersion(warehouse, spec, reach, params, signal);
  const asOf = params.as_of;
  return {
    report: spec.name,
    params,
    as_of: typeof asOf === 'string' ? asOf : null,
    data_version: version,
    rows: withinReach(reach, spec.columns, rows as R[]),
  };
}

/** Asks again when a write was committed meanwhile, so that the rows belong to the version they are labelled with. */
async function readAtOneVersion(
  warehouse: Warehouse,
  spec: ReportSpec,
  reach: Reach,
  params: Arguments,
  signal: AbortSignal,
) {
  for (let attempt = 1; ; attempt += 1) {
    const version = warehouse.dataVersion();
    const fed = await fedOrFitted(warehouse, spec, reach, params, signal);
    const rows = await readReport(warehouse, spec.name, reach, params, { signal, timeoutMs: TIMEOUT_MS });
    if (warehouse.dataVersion() !== version && attempt < ATTEMPTS) continue;
    return { version, rows: await finished(spec, rows, params, fed, signal) };
  }
}

function cacheOf(warehouse: Warehouse): AnswerCache {
  const cache = caches.get(warehouse) ?? answerCache(ANSWERS_KEPT);
  caches.set(warehouse, cache);
  return cache;
}
