import { extent } from '#lib/charts/ticks.ts';
import type { PaybackRow, RfmRow } from '#lib/server/reports.gen.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import { count, money, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { cohortCurves } from './cohort-curves.server.ts';
import type { CohortAnswers } from './cohorts.server.ts';
import { paybackCurves } from './payback-curves.server.ts';

const scores = [5, 4, 3, 2, 1] as const;

/** RFM, cohort value and payback in the reader's language and figures. Server only. */
export function cohortsView(locale: Locale, { currency }: { currency: string }, answers: CohortAnswers) {
  const { asked, askedValue } = answers;
  return {
    csv: {
      rfm: reportLink('rfm', asked, 'csv'),
      value: reportLink('cohort_value', askedValue, 'csv'),
      payback: reportLink('payback', asked, 'csv'),
    },
    rfm: rfmGrid(locale, currency, answers),
    value: cohortCurves(locale, currency, askedValue, answers.value),
    payback: answers.payback && channelsOf(locale, currency, asked, answers.payback),
    paybackCurves: paybackCurves(locale, currency, answers.payback ?? []),
    basis: answers.value[0]?.basis ?? 'cost',
  };
}

export type CohortsView = ReturnType<typeof cohortsView>;

function rfmGrid(locale: Locale, currency: string, { asked, scores: rows }: CohortAnswers) {
  const largest = extent(rows.map(({ clients }) => clients))?.high ?? 0;
  const cell = (row: RfmRow) => ({
    clients: count(locale, row.clients),
    about:
      row.clients === 0
        ? null
        : `${percent(locale, row.share ?? 0)} · ${money(locale, currency, row.revenue)}`,
    revenue: row.clients === 0 ? '' : money(locale, currency, row.revenue),
    href: figureLink('rfm', 'clients', asked, {
      segment: row.segment,
      recency_score: row.recency_score,
      frequency_score: row.frequency_score,
    }),
    tint: largest > 0 ? row.clients / largest : 0,
  });
  return {
    all: count(locale, rows[0]?.all_clients ?? 0),
    columns: scores.toReversed(),
    rows: scores.map((recency) => ({
      recency,
      cells: rows.filter(({ recency_score }) => recency_score === recency).map(cell),
    })),
  };
}

function channelsOf(locale: Locale, currency: string, asked: { as_of: string }, rows: readonly PaybackRow[]) {
  return [...new Set(rows.map(({ channel }) => channel))].map((channel) => {
    const own = rows.filter((row) => row.channel === channel);
    const known = own.findLast(({ gain_per_client }) => gain_per_client !== null);
    const [first] = own;
    const key = { channel, age: 0 };
    return {
      name: channel ?? word(locale, 'cohorts.channel.missing'),
      clients: {
        text: count(locale, first?.new_clients ?? 0),
        href: figureLink('payback', 'new_clients', asked, key),
      },
      cost:
        first?.cost_per_client == null
          ? null
          : {
              text: money(locale, currency, first.cost_per_client.toFixed(2)),
              href: figureLink('payback', 'cost_per_client', asked, key),
            },
      gain: known?.gain_per_client
        ? {
            text: money(locale, currency, known.gain_per_client),
            range: bandOf(locale, currency, known),
            href: figureLink('payback', 'gain_per_client', asked, { channel, age: known.age }),
          }
        : null,
      isPaid: first?.standing === 'paid_back',
      standing: word(locale, `cohorts.standing.${first?.standing ?? 'no_clients'}`, {
        age: (first?.paid_back_age ?? 0) + 1,
        known: (first?.known_age ?? 0) + 1,
      }),
      range: rangeOf(locale, first),
    };
  });
}

/** Between which months a channel pays back, as far as the interval says; null where it says nothing. */
function rangeOf(locale: Locale, row: PaybackRow | undefined): string | null {
  if (row?.soonest_age == null) return null;
  if (row.latest_age === row.soonest_age) return null;
  const soonest = row.soonest_age + 1;
  return row.latest_age === null
    ? word(locale, 'cohorts.payback.range.open', { soonest })
    : word(locale, 'cohorts.payback.range', { soonest, latest: row.latest_age + 1 });
}

/** The interval of what a client has left over; null where too few have been clients so long. */
function bandOf(locale: Locale, currency: string, { gain_low, gain_high }: PaybackRow): string | null {
  if (gain_low === null || gain_high === null) return null;
  return `${money(locale, currency, gain_low)}–${money(locale, currency, gain_high)}`;
}
