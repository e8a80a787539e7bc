import { TOO_FEW } from '#lib/access/too-few.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { mayAsk, mayDivideByStaff } from '#lib/server/reports/audience.ts';
import {
  dataSpan,
  ladderAttach,
  ladderAttachSpec,
  ladderBefore,
  ladderCredit,
  ladderCreditSpec,
  ladderPoint,
  ladderWaits,
  orderDiscounts,
  segmentValues,
  upsellLadder,
} from '#lib/server/reports.gen.ts';
import type {
  LadderAttachRow,
  LadderBeforeRow,
  LadderCreditRow,
  LadderPointRow,
  LadderWaitsRow,
  OrderDiscountsRow,
  UpsellLadderRow,
} from '#lib/server/reports.gen.ts';
import { periodOf } from '../period-choices.ts';
import type { Days, Reach } from '../period-choices.ts';
import type { UpsellsQuestion } from './question.ts';

const USUAL_WEEKS = 13;

/** Every row that the Upsells page shows. */
export type UpsellsAnswers = {
  days: Days;
  reach: Reach;
  stores: string[];
  channels: string[];
  ladder: UpsellLadderRow[];
  byStore: UpsellLadderRow[];
  byItem: UpsellLadderRow[];
  /** Null for who may not see figures of staff. */
  bySeller: UpsellLadderRow[] | null;
  before: LadderBeforeRow[];
  /** Null, like the credits, for who may not see single persons. */
  attach: LadderAttachRow[] | null;
  credits: LadderCreditRow[] | null;
  waits: LadderWaitsRow[];
  discounts: { whole: OrderDiscountsRow[]; divided: OrderDiscountsRow[] };
  /** Null without a complete month. */
  point: { days: Days; rows: LadderPointRow[] } | null;
};

/**
 * Asks all reports of the Upsells page at once; null while there are no data. Throws the Refusals of `ask`: a period
 * after the data's end, an unknown filter.
 */
export async function askUpsells(
  asker: Asker,
  question: UpsellsQuestion,
  signal: AbortSignal,
): Promise<UpsellsAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  if (!span?.first_day || !span.last_day) return null;
  const reach = { firstDay: span.first_day, lastDay: span.last_day, lastWeek: span.last_week };
  const days = periodOf(question, reach, USUAL_WEEKS);
  const asked = { ...days, view: question.view, where: question.where };
  const cohort = { ...days, where: question.where };
  const credited = { ...asked, by: question.per === 'all' ? null : question.per };
  const may = (spec: Parameters<typeof mayAsk>[0]) => mayAsk(spec, asker.viewer);
  const months =
    span.months_from === null || span.months_to === null
      ? null
      : { from: span.months_from, to: span.months_to };
  const [
    ladder,
    byStore,
    byItem,
    bySeller,
    stores,
    channels,
    before,
    attach,
    credits,
    waits,
    whole,
    divided,
    point,
  ] = await Promise.all([
    upsellLadder(asker, asked, options),
    upsellLadder(asker, { ...asked, by: 'store' }, options),
    upsellLadder(asker, { ...asked, by: 'item' }, options),
    mayDivideByStaff(asker.viewer) ? upsellLadder(asker, { ...asked, by: 'upsell_seller' }, options) : null,
    segmentValues(asker, { by: 'store' }, options),
    segmentValues(asker, { by: 'channel' }, options),
    ladderBefore(asker, cohort, options),
    may(ladderAttachSpec) ? ladderAttach(asker, cohort, options) : null,
    may(ladderCreditSpec) ? ladderCredit(asker, credited, options) : null,
    ladderWaits(asker, cohort, options),
    orderDiscounts(asker, cohort, options),
    orderDiscounts(asker, { ...cohort, by: question.cut }, options),
    months && ladderPoint(asker, { ...months, where: question.where }, options),
  ]);
  const named = (rows: readonly { value: string | null }[]) =>
    rows.map(({ value }) => value).filter((value): value is string => value !== null && value !== TOO_FEW);
  return {
    days,
    reach,
    stores: named(stores.rows),
    channels: named(channels.rows),
    ladder: ladder.rows,
    byStore: byStore.rows,
    byItem: byItem.rows,
    bySeller: bySeller && bySeller.rows,
    before: before.rows,
    attach: attach && attach.rows,
    credits: credits && credits.rows,
    waits: waits.rows,
    discounts: { whole: whole.rows, divided: divided.rows },
    point: months && point && { days: months, rows: point.rows },
  };
}
