import { amountTicks, extent } from '#lib/charts/ticks.ts';
import type { CohortValueRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, money, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { CohortAnswers } from './cohorts.server.ts';

const frame = { width: 640, height: 260, left: 64, right: 96, top: 14, bottom: 26 };
/** Labels nearer to each other than this would lie on each other. */
const LINE = 19;
const told = [0, 3, 6, 12, 24];

/** Margin per client by age, a line for each cohort and a thick one for the mean over mature cohorts, with a table of some ages. */
export function cohortCurves(
  locale: Locale,
  currency: string,
  asked: CohortAnswers['askedValue'],
  rows: readonly CohortValueRow[],
) {
  const groups = [...new Set(rows.map(({ starts_on }) => starts_on))];
  const lines = groups.map((starts_on) => rows.filter((row) => row.starts_on === starts_on));
  const oldest = Math.max(extent(rows.map(({ age }) => age))?.high ?? 1, 1);
  const ticks = amountTicks(extent(rows.map(({ gain_per_client }) => Number(gain_per_client)))?.high ?? 1);
  const base = frame.height - frame.bottom;
  const x = (age: number) => frame.left + (age / oldest) * (frame.width - frame.left - frame.right);
  const y = (value: number) => base - (Math.max(value, 0) / (ticks.at(-1) ?? 1)) * (base - frame.top);
  const pathOf = (own: readonly CohortValueRow[]) =>
    own.length < 2
      ? ''
      : `M${own.map(({ age, gain_per_client: value }) => `${x(age).toFixed(1)} ${y(Number(value)).toFixed(1)}`).join('L')}`;
  const nameOf = (row: CohortValueRow | undefined) =>
    row?.starts_on == null ? word(locale, 'cohorts.mature') : row.starts_on.slice(0, 4);
  const curves = lines.map((own) => {
    const firstOpen = own.findIndex(({ unfinished }) => unfinished);
    const cut = firstOpen === -1 ? own.length : firstOpen;
    const last = own.at(-1);
    return {
      name: nameOf(last),
      isMean: last?.scope === 'mature',
      path: pathOf(own.slice(0, cut)),
      openPath: pathOf(own.slice(Math.max(cut - 1, 0))),
      end: { x: x(last?.age ?? 0) + 6, y: y(Number(last?.gain_per_client ?? 0)) + 4 },
    };
  });
  return {
    ...frame,
    curves: apart(curves),
    amounts: ticks.map((tick) => ({ y: y(tick), text: shortMoney(locale, currency, String(tick)) })),
    ages: told.filter((age) => age <= oldest).map((age) => ({ x: x(age), text: String(age + 1) })),
    columns: told.filter((age) => age <= oldest),
    rows: lines.map((own) => ({
      name: nameOf(own[0]),
      isMean: own[0]?.scope === 'mature',
      clients: count(locale, own[0]?.clients ?? 0),
      cells: told
        .filter((age) => age <= oldest)
        .map((wanted) => {
          const row = own.find(({ age }) => age === wanted);
          return row
            ? {
                text: money(locale, currency, row.gain_per_client),
                range:
                  row.gain_low === null || row.gain_high === null
                    ? null
                    : `${money(locale, currency, row.gain_low.toFixed(2))}–${money(locale, currency, row.gain_high.toFixed(2))}`,
                unfinished: row.unfinished,
                href: figureLink('cohort_value', 'gain_per_client', asked, {
                  segment: row.segment,
                  scope: row.scope,
                  starts_on: row.starts_on,
                  age: row.age,
                }),
              }
            : null;
        }),
    })),
  };
}

/** The same curves, their names moved down where they would lie on another one near them. */
function apart<Curve extends { end: { x: number; y: number } }>(curves: readonly Curve[]): Curve[] {
  const placed: Curve[] = [];
  for (const curve of curves.toSorted((one, other) => one.end.y - other.end.y)) {
    const above = placed.filter(({ end }) => Math.abs(end.x - curve.end.x) < 60).at(-1);
    const lowest = above ? Math.max(curve.end.y, above.end.y + LINE) : curve.end.y;
    placed.push({ ...curve, end: { x: curve.end.x, y: lowest } });
  }
  return placed;
}
