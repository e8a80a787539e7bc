import { bandOf, factorOf } from '#lib/charts/band.ts';
import type { Band, BandStep } from '#lib/charts/band.ts';
import { changeMark } from '#lib/charts/change-axis.ts';
import type { ChangeMark } from '#lib/charts/change-axis.ts';
import type { FunnelChangeRow, FunnelRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, percent, percentRange, points, relative, times } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** One step in the reader's figures. */
export type StepView = {
  no: number;
  people: string | null;
  /** Opens the number of people. */
  link: string;
  change: { text: string | null; was: string | null; verdict: Verdict } | null;
  sources: { have: string; all: string } | null;
  cancelled: string | null;
  /** Orders of the period that no step counts: further ones of clients who had bought before. */
  repeat: { count: string; one: boolean; link: string } | null;
  rate: RateView | null;
  /** How many times larger this column is drawn than the one its rate starts from; empty without a rate. */
  factor: string;
};

/** The rate that leads to a step. */
export type RateView = {
  from: number;
  text: string | null;
  /** Opens the rate. */
  link: string;
  aboveWhole: boolean;
  interval: string | null;
  usual: string | null;
  hits: string;
  base: string;
  /** People of the step who are not in the numerator: other leads than those of campaigns. */
  others: boolean;
  note: string | null;
  skipped: { step: number; people: string; of: string } | null;
  change: { points: string | null; was: string | null; verdict: Verdict; isBeyond: boolean } | null;
  mark: (ChangeMark & { filled: boolean; spoken: string }) | null;
};

export type StepsView = { steps: StepView[]; band: Band; strip: StripPart[]; running: boolean };

/** A step on the true, linear scale: its share of the widest one, which comes first. */
export type StripPart = { no: number; share: number; people: string };

/** The step of signed orders. */
const SIGNED = 4;
/** A skipped step is said beside the rate above one in five. */
const SKIPPED_SAID_ABOVE = 0.2;
/** Below this a count is compared with the count before, not in per cent. */
const SMALL = 50;

/** Orders of the period that are no first ones: `link` opens them. */
export type Repeats = { orders: number | null; link: string };

/** The seven steps without segments as they are printed and drawn. `params` are those of the funnel. */
export function stepsView(
  locale: Locale,
  funnel: readonly FunnelRow[],
  changes: readonly FunnelChangeRow[],
  params: LinkParameters,
  repeats: Repeats | null = null,
): StepsView {
  const changeOf = (no: number, figure: string) =>
    changes.find((row) => row.step_no === no && row.figure === figure);
  return {
    steps: funnel.map((row) => ({
      ...stepView(locale, row, funnel, changeOf, params),
      repeat: row.step_no === SIGNED ? repeatOf(locale, repeats) : null,
    })),
    band: bandOf(funnel.map((row) => bandStep(row, changeOf(row.step_no, 'rate')))),
    strip: stripOf(locale, funnel),
    running: changes.some((row) => row.running),
  };
}

function repeatOf(locale: Locale, repeats: Repeats | null): StepView['repeat'] {
  const orders = repeats?.orders;
  return repeats && orders ? { count: count(locale, orders), one: orders === 1, link: repeats.link } : null;
}

type ChangeOf = (no: number, figure: string) => FunnelChangeRow | undefined;

function stepView(
  locale: Locale,
  row: FunnelRow,
  all: readonly FunnelRow[],
  changeOf: ChangeOf,
  params: LinkParameters,
): Omit<StepView, 'repeat'> {
  const link = (column: string) =>
    figureLink('funnel', column, params, { segment: 'all', step_no: row.step_no });
  const partly =
    row.people !== null &&
    row.source_stores !== null &&
    row.all_stores !== null &&
    row.source_stores < row.all_stores;
  return {
    no: row.step_no,
    people: row.people === null ? null : count(locale, row.people),
    link: link('people'),
    change: peopleChange(locale, changeOf(row.step_no, 'people')),
    sources: partly
      ? { have: count(locale, row.source_stores ?? 0), all: count(locale, row.all_stores ?? 0) }
      : null,
    cancelled: row.cancelled_people ? count(locale, row.cancelled_people) : null,
    rate: row.step_no === 0 ? null : rateView(locale, row, all, changeOf(row.step_no, 'rate'), link('rate')),
    factor: row.rate ? times(locale, factorOf(row.rate)) : '',
  };
}

function peopleChange(locale: Locale, row: FunnelChangeRow | undefined): StepView['change'] {
  const verdict = verdictOf(row);
  if (!row || verdict === null) return null;
  const known = isComparable(verdict) && row.reference !== null && row.compared !== null;
  const small = known && Math.max(row.reference ?? 0, row.compared ?? 0) < SMALL;
  return {
    text: known && !small && row.ratio_change !== null ? relative(locale, row.ratio_change) : null,
    was: known && (small || row.ratio_change === null) ? count(locale, row.reference ?? 0) : null,
    verdict,
  };
}

function rateView(
  locale: Locale,
  row: FunnelRow,
  all: readonly FunnelRow[],
  change: FunnelChangeRow | undefined,
  link: string,
): RateView | null {
  if (row.rate_from === null || row.rate_hits === null || row.rate_base === null)
    return row.people === null ? null : emptyRate(row, link);
  const usual = rangeOf(change?.usual_low, change?.usual_high);
  return {
    from: row.rate_from,
    text: row.rate === null ? null : percent(locale, row.rate),
    link,
    aboveWhole: row.rate !== null && row.rate > 1,
    interval:
      row.rate_low === null || row.rate_high === null
        ? null
        : percentRange(locale, row.rate_low, row.rate_high),
    usual: usual ? percentRange(locale, usual.low, usual.high) : null,
    hits: count(locale, row.rate_hits),
    base: count(locale, row.rate_base),
    others: row.step_no === 2 && row.people !== null && row.people > row.rate_hits,
    note: row.rate_note,
    skipped: skippedBeside(locale, row, all),
    change: rateChange(locale, change),
    mark: markOf(locale, change),
  };
}

function emptyRate({ rate_from, rate_note }: FunnelRow, link: string): RateView {
  return {
    from: rate_from ?? -1,
    text: null,
    link,
    aboveWhole: false,
    interval: null,
    usual: null,
    hits: '',
    base: '',
    others: false,
    note: rate_note,
    skipped: null,
    change: null,
    mark: null,
  };
}

function skippedBeside(locale: Locale, row: FunnelRow, all: readonly FunnelRow[]): RateView['skipped'] {
  const about = [row, all.find(({ step_no }) => step_no === row.rate_from)].find(
    (step) => step?.skipped && step.people && step.skipped > SKIPPED_SAID_ABOVE * step.people,
  );
  return about
    ? {
        step: about.step_no,
        people: count(locale, about.skipped ?? 0),
        of: count(locale, about.people ?? 0),
      }
    : null;
}

function rateChange(locale: Locale, row: FunnelChangeRow | undefined): RateView['change'] {
  const verdict = verdictOf(row);
  if (!row || verdict === null) return null;
  return {
    points:
      row.change === null || !isComparable(verdict)
        ? null
        : points(locale, row.change, row.reference ?? row.compared ?? 1),
    was: row.reference === null ? null : percent(locale, row.reference),
    verdict,
    isBeyond: verdict === 'within_noise' && isBeyondUsual(row),
  };
}

function markOf(locale: Locale, row: FunnelChangeRow | undefined): RateView['mark'] {
  if (!row || row.ratio_change === null || !isComparable(verdictOf(row))) return null;
  const nested = row.method === 'newcombe';
  const usual = rangeOf(row.usual_low, row.usual_high);
  const change = rangeOf(row.ratio_low, row.ratio_high);
  const reference = row.reference;
  const mark = changeMark({
    ratio: 1 + row.ratio_change,
    interval: nested && change ? { low: 1 + change.low, high: 1 + change.high } : null,
    usual:
      !nested && usual && reference ? { low: usual.low / reference, high: usual.high / reference } : null,
  });
  return (
    mark && {
      ...mark,
      filled: row.verdict === 'more_than_noise',
      spoken: relative(locale, row.ratio_change),
    }
  );
}

function bandStep(row: FunnelRow, change: FunnelChangeRow | undefined): BandStep {
  return {
    no: row.step_no,
    people: row.people,
    rate: row.rate,
    rateFrom: row.rate_from,
    reference: isComparable(verdictOf(change)) ? (change?.reference ?? null) : null,
    interval: rangeOf(row.rate_low, row.rate_high),
    usual: rangeOf(change?.usual_low, change?.usual_high),
  };
}

function stripOf(locale: Locale, funnel: readonly FunnelRow[]): StripPart[] {
  const known = funnel.filter(({ people }) => people !== null && people > 0);
  const widest = Math.max(...known.map(({ people }) => people ?? 0));
  return known
    .map(({ step_no, people }) => ({
      no: step_no,
      share: (people ?? 0) / widest,
      people: count(locale, people ?? 0),
    }))
    .sort((a, b) => b.share - a.share || a.no - b.no);
}

/** Too early, or a store's lists are missing on one side: then no difference is shown. */
function isComparable(verdict: Verdict | null): boolean {
  return verdict !== null && verdict !== 'too_early' && verdict !== 'gap';
}

/** Chance may take a figure out of its usual range: then the page does not speak of ordinary ups and downs. */
function isBeyondUsual({ compared, usual_low, usual_high }: FunnelChangeRow): boolean {
  if (compared === null || usual_low === null || usual_high === null) return false;
  return compared < usual_low || compared > usual_high;
}

function rangeOf(low: number | null | undefined, high: number | null | undefined) {
  return low == null || high == null ? null : { low, high };
}
