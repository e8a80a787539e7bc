import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';

/** Figures of a week of five stores that all handed in everything: 20 orders after 33. */
export function summary(known: Partial<WeekSummaryRow> = {}): WeekSummaryRow {
  return {
    segment: 'all',
    orders: 20,
    repeat_orders: 2,
    orders_compared: 20,
    orders_reference: 33,
    orders_change: -13,
    signed: '127880.00',
    signed_compared: '127880.00',
    signed_reference: '214567.00',
    signed_ratio_change: -0.404,
    upsold: '60000.00',
    upsold_compared: '60000.00',
    upsold_reference: '50000.00',
    upsold_ratio_change: 0.2,
    collected: null,
    collected_compared: null,
    collected_reference: null,
    collected_ratio_change: null,
    outstanding: '1469503.00',
    outstanding_orders: 300,
    outstanding_over_60: '491799.00',
    outstanding_over_60_orders: 101,
    reference_from: '2025-07-21',
    reference_to: '2025-07-27',
    reference_weeks: 1,
    all_stores: 5,
    compared_stores: 5,
    whole_stores: 5,
    missing_stores: 0,
    missing_store: null,
    missing_step_no: null,
    missing_from: null,
    missing_to: null,
    missing_every_list: null,
    festival: null,
    closed_days: 0,
    closed_from: null,
    closed_to: null,
    reference_closed_days: 0,
    running: false,
    ...known,
  };
}

/** The same week without the lists of one of the five stores: 8月3–9日 江滨店. */
export function summaryWithGap(known: Partial<WeekSummaryRow> = {}): WeekSummaryRow {
  return summary({
    orders: 28,
    orders_compared: 28,
    orders_reference: 28,
    orders_change: 0,
    signed: '166872.00',
    signed_compared: '166872.00',
    signed_reference: '179872.00',
    signed_ratio_change: -0.0723,
    reference_from: '2026-07-27',
    reference_to: '2026-08-02',
    compared_stores: 4,
    whole_stores: 4,
    missing_stores: 1,
    missing_store: '江滨店',
    missing_step_no: 4,
    missing_from: '2026-08-03',
    missing_to: '2026-08-09',
    missing_every_list: false,
    ...known,
  });
}

/** What funnel_change says of the week's orders. */
export function ofOrders(verdict: string, known: Partial<FunnelChangeRow> = {}): FunnelChangeRow {
  return change({ step_no: 4, figure: 'orders', verdict, ratio_change: -0.394, ...known });
}

/** A row of funnel_change in which only what is given is known. */
export function change(known: Partial<FunnelChangeRow>): FunnelChangeRow {
  return { segment: 'all', drop_no: null, detectable_drop: null, ...known } as FunnelChangeRow;
}

/** The first cause of a change: a row of revenue_change by store. */
export function cause(
  term: string,
  store: string,
  amount: string,
  known: Partial<RevenueChangeRow> = {},
): RevenueChangeRow {
  return effect(term, store, amount, { cause_no: 1, segment_effect: amount, segment_no: 1, ...known });
}

/** A row of revenue_change; the difference is that of the compared stores, unless it is given. */
export function effect(
  term: string,
  segment: string | null,
  amount: string,
  known: Partial<RevenueChangeRow> = {},
): RevenueChangeRow {
  const counts = { hits_before: null, base_before: null, hits_after: null, base_after: null };
  const money = { amount_before: null, amount_after: null, factor_before: null, factor_after: null };
  return {
    term,
    segment,
    effect: amount,
    rank_no: null,
    cause: term === 'left_out' ? null : term,
    cause_effect: term === 'left_out' ? null : amount,
    cause_share: Number(amount) / Number(known.compared_difference ?? '-74108.00'),
    cause_no: null,
    segment_no: null,
    level: '0.00',
    total_before: '300000.00',
    total_after: '225892.00',
    difference: '-74108.00',
    compared_difference: '-74108.00',
    compared_ratio: -0.252,
    leads_before: null,
    leads_after: null,
    ...money,
    ...counts,
    ...known,
  } as RevenueChangeRow;
}
