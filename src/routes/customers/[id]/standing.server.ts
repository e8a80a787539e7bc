import { mayAsk } from '#lib/server/reports/audience.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { clientValues, dataSpan, stageHistory, stageHistorySpec } from '#lib/server/reports.gen.ts';
import type { ClientValuesRow, StageHistoryRow } from '#lib/server/reports.gen.ts';
import type { Reader } from '#lib/server/figures/words.ts';
import { longDay } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, measure, money, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** In which stage a client stands and what may still be expected of them, in the reader's words. */
export type StandingView = NonNullable<Awaited<ReturnType<typeof standingOf>>>;

const NAMES = { A: 'stages.A', B: 'stages.B', C: 'stages.C', D: 'stages.D', E: 'stages.E' } as const;
const ABOUT = {
  A: 'stages.A.about',
  B: 'stages.B.about',
  C: 'stages.C.about',
  D: 'stages.D.about',
  E: 'stages.E.about',
} as const;

/**
 * The stage of the client whom a key means, and what they may bring in the 12 months after the last day of the data; null for
 * those who may not see clients' stages, and while no list has a day. Throws the Refusals of `ask`.
 */
export async function standingOf(asker: Asker, reader: Reader, key: string) {
  if (!mayAsk(stageHistorySpec, asker.viewer)) return null;
  const [span] = (await dataSpan(asker, {})).rows;
  if (!span?.last_day) return null;
  const day = span.last_day;
  const stages = (await stageHistory(asker, { person_id: key, as_of: day })).rows;
  const asked = { until: day, unit: 'week', client_id: stages[0]?.client_id ?? key } as const;
  const [worth] = (await clientValues(asker, asked)).rows;
  return { ...stagesView(reader.locale, stages), worth: worthView(reader, asked, worth) };
}

function stagesView(locale: Locale, [now, ...before]: readonly StageHistoryRow[]) {
  return {
    stage: now
      ? {
          name: nameOf(locale, now.stage),
          about: word(locale, ABOUT[now.stage as keyof typeof ABOUT]),
          since: word(locale, 'customer.stage.since', { day: longDay(locale, now.from_on) }),
        }
      : null,
    before: before.map(({ stage, from_on, until_on }) =>
      word(locale, 'customer.stage.path', {
        stage: nameOf(locale, stage),
        from: longDay(locale, from_on),
        until: longDay(locale, until_on ?? from_on),
      }),
    ),
  };
}

const nameOf = (locale: Locale, stage: string) => word(locale, NAMES[stage as keyof typeof NAMES]);

type Asked = { readonly until: string; readonly unit: string; readonly client_id: string };

/** What is expected of a client, or the sentence why nothing is. */
function worthView({ locale, currency }: Reader, asked: Asked, row: ClientValuesRow | undefined) {
  if (row === undefined) return { refusal: word(locale, 'customer.value.none') };
  if (row.alive === null || row.expected_orders === null) return { refusal: refusalOf(locale, row.reason) };
  const range = (low: string, high: string) => word(locale, 'customer.value.range', { low, high });
  const figure = (value: number | null) => measure(locale, value ?? 0, 2);
  const amount = (value: string | null) => money(locale, currency, value ?? '0');
  const href = (column: string) => figureLink('client_values', column, asked, { row_no: 1 });
  return {
    refusal: null,
    figures: [
      {
        name: word(locale, 'customer.value.alive'),
        value: percent(locale, row.alive),
        range: null,
        href: href('alive'),
      },
      {
        name: word(locale, 'customer.value.orders'),
        value: figure(row.expected_orders),
        range: range(figure(row.orders_low), figure(row.orders_high)),
        href: href('expected_orders'),
      },
      ...(row.expected_value === null
        ? []
        : [
            {
              name: word(locale, 'customer.value.amount'),
              value: amount(row.expected_value),
              range: range(amount(row.value_low), amount(row.value_high)),
              href: href('expected_value'),
            },
          ]),
    ],
    missing: row.expected_value === null ? word(locale, 'customer.value.no_amount') : null,
    note: word(locale, 'customer.value.note', {
      orders: count(locale, row.orders),
      day: longDay(locale, row.last_on),
    }),
  };
}

const refusalOf = (locale: Locale, reason: string | null) =>
  word(locale, reason === 'too_few' ? 'customer.value.too_few' : 'customer.value.no_highest_point');
