import type { Asker } from '#lib/server/reports/ask.ts';
import {
  dataSpan,
  staffComparison,
  staffFigures,
  staffMembers,
  targetPace,
} from '#lib/server/reports.gen.ts';
import type {
  StaffComparisonParams,
  StaffComparisonRow,
  StaffFiguresRow,
  StaffMembersRow,
  TargetPaceRow,
} from '#lib/server/reports.gen.ts';
import { comparedDays } from '../period-choices.ts';
import type { Days } from '../period-choices.ts';
import { startsOf } from './periods.ts';
import type { Span } from './question.ts';

type Compared = NonNullable<StaffComparisonParams['figure']>;

/** Every row that the page Me shows. */
export type MeAnswers = {
  /** Whose page it is; null where no list names them. */
  person: StaffMembersRow | null;
  lastDay: string;
  starts: string[];
  /** The days of the fair comparison. */
  compared: Days;
  /** All figures, period by period, those of the own desk marked. */
  figures: StaffFiguresRow[];
  comparisons: { figure: string; row: StaffComparisonRow }[];
  targets: TargetPaceRow[];
};

/** Figures in which people are compared, beside those that say what else they do. */
const comparable: readonly string[] = [
  'lead_visits',
  'lead_orders',
  'visit_orders',
  'shoot',
  'viewing',
  'pickup',
  'recovered',
] satisfies Compared[];

/** Asks all reports of one person's page. Null while there are no data. Throws the Refusals of `ask`. */
export async function askMe(
  asker: Asker,
  { span, staff }: { span: Span; staff: string },
  signal: AbortSignal,
): Promise<MeAnswers | null> {
  const options = { signal };
  const [data] = (await dataSpan(asker, {}, options)).rows;
  const compared = data && comparedDays(data);
  if (!data?.last_day || !compared) return null;
  const lastDay = data.last_day;
  const starts = startsOf(span, lastDay);
  const [people, trend, targets] = await Promise.all([
    staffMembers(asker, { staff }, options),
    staffFigures(asker, { from: starts[0], grain: span, staff }, options),
    targetPace(asker, { staff }, options),
  ]);
  const figures = trend.rows;
  const desk = figures.filter((row) => row.own_desk);
  const asked = [...new Set(desk.map(({ figure }) => figure))].filter(isComparable);
  const answers = await Promise.all(
    asked.map(async (figure) => ({
      figure,
      rows: (await staffComparison(asker, { ...compared, figure, staff }, options)).rows,
    })),
  );
  const comparisons = answers.flatMap(({ figure, rows }) => rows.map((row) => ({ figure, row })));
  return {
    person: people.rows[0] ?? null,
    lastDay,
    starts,
    compared,
    figures,
    comparisons,
    targets: targets.rows,
  };
}

function isComparable(figure: string): figure is Compared {
  return comparable.includes(figure);
}
