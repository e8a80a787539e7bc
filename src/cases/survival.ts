import Papa from 'papaparse';
import { funnelSurvival, funnelSurvivalComparison } from '#lib/server/reports.gen.ts';
import type { FunnelSurvivalComparisonRow, FunnelSurvivalRow } from '#lib/server/reports.gen.ts';
import { addDays } from '#lib/ui/dates.ts';
import { outcomeOf } from './case.ts';
import type { Outcome } from './case.ts';
import { openCaseStore } from './events.ts';
import type { PublishedPeople } from './events.ts';
import type { PublishedCurve, PublishedStudy } from './survival-published.ts';

/** The day on which everybody was last seen: whoever was seen for n days began n days before it. */
const LAST_DAY = '2020-01-01';
const STEPS = JSON.stringify(['begin', 'end']);

/**
 * Times until an end or until somebody was last seen, as files of R's package survival have them: everybody begins so many
 * days before the last day, and who came to the end did so on it. What funnel_survival and funnel_survival_comparison say of
 * these events is held to what survfit and survdiff printed, with conf.type = "log".
 */
export function survivalCases(study: PublishedStudy): (text: string) => Promise<Outcome[]> {
  return async (text) => {
    const { data } = Papa.parse<Record<string, string>>(text.trim(), { header: true });
    const store = await openCaseStore();
    try {
      return await store.with(peopleOf(data, study), async (asker) => {
        const outcomes: Outcome[] = [];
        for (const by of [study.by, null]) {
          const asked = {
            steps: STEPS,
            from: '1900-01-01',
            to: LAST_DAY,
            as_of: LAST_DAY,
            window: 100_000,
            by,
            conf_type: 'log',
          } as const;
          const curve = (await funnelSurvival(asker, asked)).rows;
          const compared = (await funnelSurvivalComparison(asker, asked)).rows;
          outcomes.push(...outcomesOf(study, by, curve, compared));
        }
        return outcomes;
      });
    } finally {
      await store.close();
    }
  };
}

function peopleOf(rows: readonly Record<string, string>[], study: PublishedStudy): PublishedPeople {
  return Object.fromEntries(
    rows.map((row, at) => {
      const props = { [study.by]: row[study.by] ?? '' };
      const begin = { event: 'begin', t: `${addDays(LAST_DAY, -Number(row['time']))}T00:00:00`, props };
      const end = { event: 'end', t: `${LAST_DAY}T00:00:00`, props };
      return [`p${at}`, row['status'] === study.ended ? [begin, end] : [begin]];
    }),
  );
}

function outcomesOf(
  study: PublishedStudy,
  by: string | null,
  curve: readonly FunnelSurvivalRow[],
  compared: readonly FunnelSurvivalComparisonRow[],
): Outcome[] {
  const ofSegment = study.curves.filter(({ segment }) => (segment === null) === (by === null));
  const outcomes = ofSegment.flatMap((published) => {
    const name = published.segment ?? 'all';
    const row = compared.find(({ segment }) => segment === name);
    return [
      ...figures(`${name} median`, published.median, [
        row?.people,
        row?.events,
        row?.median_days,
        row?.median_low,
        row?.median_high,
      ]),
      ...curveOutcomes(
        name,
        published,
        curve.filter(({ segment }) => segment === name),
      ),
    ];
  });
  if (by === null) return outcomes;
  const tests = study.logRank.flatMap(({ segment, figures: printed }) => {
    const row = compared.find((one) => one.segment === segment);
    return figures(`${segment} log-rank`, printed, [
      row?.people,
      row?.events,
      row?.expected_events,
      row?.chi_square,
    ]);
  });
  const [first] = compared;
  return [
    ...outcomes,
    ...tests,
    ...figures('log-rank', study.test, [first?.all_chi_square, first?.all_degrees, first?.all_p]),
  ];
}

/** A table by age: who was at risk just before it, and the curve as it stands at it. */
function curveOutcomes(
  name: string,
  { table }: PublishedCurve,
  rows: readonly FunnelSurvivalRow[],
): Outcome[] {
  return table.flatMap(([age, ...printed]) => {
    const at = Number(age);
    const row = rows.findLast((one) => one.age <= at);
    return figures(`${name} age ${at}`, printed, [
      rows.find((one) => one.age >= at)?.at_risk,
      row?.survivor,
      row?.standard_error,
      row?.survivor_low,
      row?.survivor_high,
    ]);
  });
}

/** One outcome for a row of printed figures: `NA` and `NaN` are nothing, the others hold to half of their last digit. */
function figures(
  id: string,
  printed: readonly string[],
  came: readonly (number | null | undefined)[],
): Outcome[] {
  const differing = printed
    .map((text, at) => {
      const answer = came[at] ?? null;
      if (text === 'NA' || text === 'NaN')
        return answer === null ? null : `${text} is published, ${answer} came`;
      return answer === null ? `${text} is published, nothing came` : outcomeOf(id, answer, text).why;
    })
    .filter((why) => why !== null);
  return [{ id, why: differing.length > 0 ? differing.join('; ') : null }];
}
