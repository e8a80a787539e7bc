import { dotOf } from '#lib/charts/dot.ts';
import type { DotMark } from '#lib/charts/dot.ts';
import { extent } from '#lib/charts/ticks.ts';
import type { TimeToStepHistogramRow, TimeToStepRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, days } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { valueName } from '../segment-words.ts';
import type { FunnelAnswers } from './answers.server.ts';
import type { FunnelQuestion } from './question.ts';

/** How many people took how long: one band of days, its bar as a share of the fullest band. */
export type WaitBand = {
  no: number;
  from: string | null;
  to: string | null;
  people: string;
  share: number;
  href: string;
};

export type WaitSegment = {
  name: string;
  people: string;
  median: string;
  range: string;
  dot: DotMark | null;
};

export type WaitsView = {
  people: string;
  median: string;
  p90: string;
  longest: string;
  negative: string | null;
  bands: WaitBand[];
  segments: WaitSegment[];
  axisEnd: string;
} | null;

/** The days from the first contact to a step; null where nobody has reached it. */
export function waitsView(locale: Locale, question: FunnelQuestion, answers: FunnelAnswers): WaitsView {
  const { wait, histogram, segments } = answers;
  if (!wait || wait.people === 0) return null;
  const fullest = Math.max(...histogram.map(({ people }) => people), 1);
  const asked = { ...answers.days, step: question.step, where: question.where };
  const end = Math.max(extent((segments?.waits ?? []).map(({ p90_days }) => p90_days))?.high ?? 1, 1);
  const rows = (segments?.values ?? [])
    .slice(0, question.all ? undefined : 12)
    .map((value) => segments?.waits.find((row) => row.segment === value))
    .filter((row) => row !== undefined);
  return {
    people: count(locale, wait.people),
    median: days(locale, wait.median_days ?? 0),
    p90: days(locale, wait.p90_days ?? 0),
    longest: days(locale, wait.max_days ?? 0),
    negative: wait.negative_people > 0 ? count(locale, wait.negative_people) : null,
    bands: histogram
      .filter(({ from_days, people }) => from_days !== null || people > 0)
      .map((row) => bandOf(locale, row, fullest, asked)),
    segments: rows.map((row) => segmentOf(locale, question.by ?? '', row, end)),
    axisEnd: days(locale, end),
  };
}

function bandOf(
  locale: Locale,
  row: TimeToStepHistogramRow,
  fullest: number,
  asked: Parameters<typeof figureLink>[2],
): WaitBand {
  return {
    no: row.bucket_no,
    from: row.from_days === null ? null : count(locale, row.from_days),
    to: row.to_days === null ? null : count(locale, row.to_days),
    people: count(locale, row.people),
    share: row.people / fullest,
    href: figureLink('time_to_step_histogram', 'people', asked, { segment: 'all', bucket_no: row.bucket_no }),
  };
}

function segmentOf(locale: Locale, by: string, row: TimeToStepRow, end: number): WaitSegment {
  const [low, high] = [row.p10_days, row.p90_days];
  return {
    name: valueName(locale, by, row.segment),
    people: count(locale, row.people),
    median: days(locale, row.median_days ?? 0),
    range: `${days(locale, low ?? 0)}–${days(locale, high ?? 0)}`,
    dot: dotOf(row.median_days, { usual: low === null || high === null ? null : { low, high } }, end),
  };
}
