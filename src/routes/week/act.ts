import type {
  FreshnessRow,
  MissingWeeksRow,
  RevenueChangeRow,
  WeekSummaryRow,
} from '#lib/server/reports.gen.ts';
import { shortRange } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, effect, money, percent, points, relative } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { WeekAnswers } from './answers.server.ts';
import type { Call } from './calls.ts';
import { firstDrop } from './drop.ts';
import type { Drop } from './drop.ts';
import type { Reason } from './reason.ts';
import { sharesCause } from './term-judges.ts';
import { causeBeforeOrAfter, causeLink } from './why.ts';

/** What the figures alone ask for, each with its rows. */
export type ActItem =
  | {
      kind: 'missing';
      store: string | null;
      lists: { table: string; days: string }[];
      count: string;
      one: boolean;
      /** The week is compared without this store. */
      leftOut: boolean;
    }
  | { kind: 'overdue'; orders: string; amount: string; link: string }
  | { kind: 'closed'; festival: string; call: CallView }
  | WatchItem
  | ({ kind: 'drop'; link: string } & DropView);

/** The reason of a fall, and what can be done about it. */
export type WatchItem = {
  kind: 'watch';
  term: string;
  store: { name: string | null } | null;
  effect: string;
  before: string;
  after: string;
  /** The counts behind both rates: 7/12 → 2/12; null for what is no rate. */
  people: string | null;
  /** More than noise: to be looked into; else it may yet be chance. */
  called: boolean;
  /** Those who can still be called; null where the reason is not about people who did not go on. */
  call: CallView | null;
  /** A figure that fell for the same cause, more than noise. */
  drop: DropView | null;
  /** The rows behind the reason, whether or not somebody is left to call. */
  link: string;
};

/** People to call: how many are left of how many, and what has become of the others. */
export type CallView = {
  open: string;
  stopped: string;
  wentOn: string;
  lost: string;
  /** Who took the step in the week, but had come before it; null for nobody. */
  earlier: string | null;
  link: string;
};

export type DropView = {
  figure: 'people' | 'rate';
  no: number;
  before: string;
  value: string;
  change: string;
};

/** What is to be done, and what may be done: where the fall may be chance it is not urgent. */
export type ActsView = { urgent: ActItem[]; maybe: ActItem[] };

type Figures = Pick<
  WeekAnswers,
  'missing' | 'freshness' | 'summary' | 'change' | 'reason' | 'reasons' | 'call'
>;
type Asked = { summary: LinkParameters; funnel: LinkParameters; revenue: LinkParameters };

/**
 * Lists that are missing, the page's one reason where revenue fell, the most certain drop where that has another cause,
 * leads of days on which the shops were closed, and money that waits too long.
 */
export function actsView(locale: Locale, currency: string, figures: Figures, asked: Asked): ActsView {
  const { missing, freshness, summary, reason, reasons, call } = figures;
  const main = typeof reason === 'string' || reason.direction === 'up' ? null : reason;
  const drop = firstDrop(figures.change);
  const isSame = main !== null && drop !== null && sharesCause(main.term, drop.row);
  const watched = main && watchItem(locale, currency, main, figures, asked.revenue, isSame ? drop : null);
  const items = [
    ...[...new Set(missing.map(({ store }) => store))].map((store) =>
      missingItem(
        locale,
        store,
        missing.filter((row) => row.store === store),
        freshness.filter((row) => row.store === store),
        reasons.some(({ term, segment }) => term === 'left_out' && segment === store),
      ),
    ),
    ...(watched ? [watched] : []),
    ...(drop && !isSame ? [dropItem(locale, drop, asked.funnel)] : []),
    ...closedItems(locale, summary, call),
    ...overdueItems(locale, currency, summary, asked.summary),
  ];
  const isUrgent = (item: ActItem) => item.kind !== 'watch' || item.called;
  return { urgent: items.filter(isUrgent), maybe: items.filter((item) => !isUrgent(item)) };
}

/**
 * What one store did not hand in, list by list. Where it handed in nothing at all, the lists that are no steps lack too, as
 * far as it keeps such lists and none of their rows fell into the week.
 */
function missingItem(
  locale: Locale,
  store: string | null,
  rows: readonly MissingWeeksRow[],
  kept: readonly FreshnessRow[],
  leftOut: boolean,
): ActItem {
  const whole = rows.find(({ every_list }) => every_list);
  const others = kept.filter((row) => isSilent(row) && !isAmong(rows, row));
  const lists = [...rows, ...(whole ? others.map(({ table_name }) => ({ ...whole, table_name })) : [])];
  return {
    kind: 'missing',
    store,
    lists: lists.map(({ table_name, from_on, to_on }) => ({
      table: table_name,
      days: shortRange(locale, from_on, to_on),
    })),
    count: count(locale, lists.length),
    one: lists.length === 1,
    leftOut,
  };
}

function isSilent({ rows, days }: FreshnessRow): boolean {
  return rows > 0 && !days.includes('1');
}

function isAmong(rows: readonly MissingWeeksRow[], { table_name }: FreshnessRow): boolean {
  return rows.some((row) => row.table_name === table_name);
}

function overdueItems(
  locale: Locale,
  currency: string,
  { outstanding_over_60, outstanding_over_60_orders }: WeekSummaryRow,
  params: LinkParameters,
): ActItem[] {
  if (!outstanding_over_60_orders || outstanding_over_60 === null) return [];
  return [
    {
      kind: 'overdue',
      orders: count(locale, outstanding_over_60_orders),
      amount: money(locale, currency, outstanding_over_60),
      link: figureLink('week_summary', 'outstanding_over_60', params, { segment: 'all' }),
    },
  ];
}

function closedItems(locale: Locale, { festival }: WeekSummaryRow, call: Call | null): ActItem[] {
  if (call?.cause !== 'closed' || festival === null || call.row.open_people === 0) return [];
  return [{ kind: 'closed', festival, call: callView(locale, call) }];
}

/** Those in whom the reason can be looked into: of its store where one has most of it, else of all. */
function watchItem(
  locale: Locale,
  currency: string,
  { term, row, store, verdict }: Reason,
  { call }: Figures,
  params: LinkParameters,
  drop: Drop | null,
): WatchItem {
  const people = call?.cause === 'reason' ? call : null;
  return {
    kind: 'watch',
    term,
    store: store && { name: store.segment },
    effect: effect(locale, row.cause_effect ?? row.effect),
    before: causeBeforeOrAfter(locale, currency, row, 'before'),
    after: causeBeforeOrAfter(locale, currency, row, 'after'),
    people: term === 'leads' ? null : peopleOf(locale, row),
    called: verdict === 'more_than_noise' || drop !== null,
    call: people && people.row.open_people > 0 ? callView(locale, people) : null,
    drop: drop && dropView(locale, drop),
    link: people ? callLink(people, 'stopped') : causeLink(store ? { ...params, by: 'store' } : params, row),
  };
}

function callView(locale: Locale, call: Call): CallView {
  const { stopped, went_on, lost, open_people, earlier } = call.row;
  return {
    open: count(locale, open_people),
    stopped: count(locale, stopped),
    wentOn: count(locale, went_on),
    lost: count(locale, lost),
    earlier: earlier > 0 ? count(locale, earlier) : null,
    link: callLink(call, 'open_people'),
  };
}

function callLink({ params, segment }: Call, column: 'open_people' | 'stopped'): string {
  return figureLink('people_to_call', column, params, { segment });
}

function peopleOf(
  locale: Locale,
  { hits_before, base_before, hits_after, base_after }: RevenueChangeRow,
): string | null {
  if (hits_before === null || base_before === null || hits_after === null || base_after === null) return null;
  const of = (hits: number, base: number) => `${count(locale, hits)}/${count(locale, base)}`;
  return `${of(hits_before, base_before)} → ${of(hits_after, base_after)}`;
}

function dropItem(locale: Locale, drop: Drop, params: LinkParameters): ActItem {
  const { figure, row } = drop;
  const link = figureLink('funnel', figure, params, { segment: 'all', step_no: row.step_no });
  return { kind: 'drop', link, ...dropView(locale, drop) };
}

function dropView(locale: Locale, { figure, row }: Drop): DropView {
  const isRate = figure === 'rate';
  const write = (value: number) => (isRate ? percent(locale, value) : count(locale, value));
  const value = row.compared ?? row.value ?? 0;
  return {
    figure,
    no: row.step_no,
    before: write(row.reference ?? value),
    value: write(value),
    change: isRate
      ? points(locale, row.change ?? 0, row.reference ?? value)
      : relative(locale, row.ratio_change ?? 0),
  };
}
