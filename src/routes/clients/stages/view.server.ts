import type { StageFlowRow } from '#lib/server/reports.gen.ts';
import { longDay, monthName } from '#lib/ui/dates.ts';
import { fileLink } from '#lib/ui/customer-link.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import { count, money, percent, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { hasWord, word } from '#lib/words/word.ts';
import { fieldName, filterName, valueName } from '../../segment-words.ts';
import type { StagesAnswers } from './answers.server.ts';
import { barsOf } from './bars.ts';
import { sankeyOf } from './flow.ts';
import { addressOf, stages, stateOf } from './question.ts';
import type { StagesQuestion } from './question.ts';

/** The page of stages in the reader's language and figures, ready to be laid out. Server only. */
export function stagesView(
  locale: Locale,
  house: { currency: string; zone: string },
  question: StagesQuestion,
  answers: StagesAnswers,
) {
  const { stage, where } = question;
  const named = (name: string) => word(locale, `stages.${name}`);
  const months = { period: 'month', from: answers.from, to: answers.lastDay, where };
  return {
    house,
    upTo: longDay(locale, answers.lastDay),
    stage: named(stage),
    filters: where.map((entry) => ({
      entry,
      name: filterName(locale, entry),
      without: addressOf(question, { where: where.filter((other) => other !== entry) }),
    })),
    state: stateOf(question).flatMap(([name, value]) => (value === null ? [] : [{ name, value }])),
    stores: answers.stores,
    channels: answers.channels,
    choices: stages.map((one) => ({
      words: named(one),
      href: addressOf(question, { stage: one }),
      here: one === stage,
    })),
    divisions: [null, 'store', 'channel'].map((by) => ({
      words: by === null ? word(locale, 'retention.by.none') : fieldName(locale, by),
      href: addressOf(question, { by }),
      here: by === question.by,
    })),
    counts: answers.counts.map((row) => ({
      name: named(row.stage),
      about: word(locale, `stages.${row.stage}.about`),
      people: count(locale, row.people),
      of: count(locale, row.all_people),
      share: row.share === null ? '—' : percent(locale, row.share),
      onlyLeads: count(locale, row.only_leads),
      amount: shortMoney(locale, house.currency, row.amount),
      opens: {
        people: figureLink('stage_counts', 'people', { where }, { segment: 'all', stage: row.stage }),
        share: figureLink('stage_counts', 'share', { where }, { segment: 'all', stage: row.stage }),
        amount: figureLink('stage_counts', 'amount', { where }, { segment: 'all', stage: row.stage }),
      },
    })),
    lifeSpan: answers.counts[0]?.life_span_months ?? 0,
    flow: flowOf(locale, question, answers.flow),
    bars: barsOf(answers.months, (day) => monthName(locale, day)),
    months: answers.months.map((row) => ({
      name: monthName(locale, row.starts_on),
      unfinished: row.unfinished,
      cells: (['new', 'returning', 'resurrecting', 'dormant'] as const).map((column) => ({
        text: count(locale, row[column]),
        href: figureLink('lifecycle', column, months, { segment: 'all', starts_at: row.starts_at }),
      })),
    })),
    people: answers.people.map((row) => ({
      id: row.client_id,
      href: fileLink(row.client_id),
      name: row.customer_name ?? row.customer_id ?? row.client_id.slice(2),
      phone: row.phone ?? '—',
      store: row.store ?? '—',
      since: longDay(locale, row.from_on),
      last: row.last_on === null ? '—' : longDay(locale, row.last_on),
      orders: count(locale, row.orders),
      amount: shortMoney(locale, house.currency, row.amount),
      next: word(locale, `stages.next.${row.next_lever}`),
    })),
    allPeople: count(locale, answers.people[0]?.all_rows ?? 0),
    levers: leversOf(locale, house.currency, question, answers),
    csv: {
      counts: reportLink('stage_counts', { where }, 'csv'),
      flow: reportLink('stage_flow', months, 'csv'),
      months: reportLink('lifecycle', months, 'csv'),
      people: reportLink('stage_clients', { stage, where, limit: 100_000 }, 'csv'),
      levers: reportLink('stage_levers', { where, by: question.by }, 'csv'),
    },
  };
}

export type StagesView = ReturnType<typeof stagesView>;

/** Who moved in the asked month, else in the latest that is over, as a drawing and as a list. */
function flowOf(locale: Locale, question: StagesQuestion, rows: readonly StageFlowRow[]) {
  const months = [...new Set(rows.map(({ starts_on }) => starts_on))].toSorted();
  const over = months.filter((month) => rows.some((row) => row.starts_on === month && !row.unfinished));
  const month = months.find((one) => one === question.month) ?? over.at(-1) ?? months.at(-1);
  const own = rows.filter(({ starts_on }) => starts_on === month);
  const name = (stage: string) => word(locale, `stages.${stage}`);
  const drawing = (size: 'broad' | 'narrow') => {
    const drawn = sankeyOf(own, size);
    const end = (one: { key: string; people: number; y: number; height: number }) => ({
      ...one,
      text: `${name(one.key)} ${count(locale, one.people)}`,
    });
    return (
      drawn && {
        ...drawn,
        left: drawn.left.map(end),
        right: drawn.right.map(end),
        bands: drawn.bands.map((band) => ({
          ...band,
          text: `${name(band.from)} → ${name(band.to)}: ${count(locale, band.people)}`,
        })),
      }
    );
  };
  return {
    month: month === undefined ? null : monthName(locale, month),
    unfinished: own.some(({ unfinished }) => unfinished),
    choices: months.slice(-6).map((one) => ({
      words: monthName(locale, one),
      href: addressOf(question, { month: one }),
      here: one === month,
    })),
    drawn: [drawing('broad'), drawing('narrow')].filter((one) => one !== null),
    moves: own
      .filter((row) => row.came_from !== row.stage)
      .map((row) => ({
        from: name(row.came_from ?? 'new'),
        to: name(row.stage),
        people: count(locale, row.people),
        wonBack: row.won_back,
        href: figureLink(
          'stage_flow',
          'people',
          { period: 'month', from: row.starts_on, to: row.ends_on, where: question.where },
          { segment: 'all', starts_on: row.starts_on, came_from: row.came_from, stage: row.stage },
        ),
      })),
  };
}

/** What the people of the asked stage can be moved by: a line for each lever and segment. */
function leversOf(
  locale: Locale,
  currency: string,
  { stage, by, where }: StagesQuestion,
  answers: StagesAnswers,
) {
  const own = answers.levers.filter((row) => row.stage === stage);
  return [...new Set(own.map(({ segment }) => segment))].flatMap((segment) =>
    (['package', 'item', 'channel', 'contact', 'loyalty'] as const).flatMap((lever) => {
      const values = own.filter((row) => row.segment === segment && row.lever === lever);
      if (values.length === 0) return [];
      return [
        {
          segment: by === null ? null : valueName(locale, by, segment),
          lever: word(locale, `stages.lever.${lever}`),
          values: values.map((row) => ({
            name: valueOf(locale, lever, row.value),
            cost: lever === 'channel' ? costOf(locale, currency, answers, row.value) : null,
            people: count(locale, row.people),
            of: count(locale, row.stage_people),
            share: row.share === null ? '—' : percent(locale, row.share),
            href: figureLink(
              'stage_levers',
              'people',
              { where, by },
              { segment: row.segment, stage, lever, value: row.value },
            ),
          })),
        },
      ];
    }),
  );
}

function valueOf(locale: Locale, lever: string, value: string): string {
  const key = `stages.lever.${lever}.${value}`;
  if (hasWord(key)) return word(locale, key);
  return lever === 'item' ? value : valueName(locale, lever, value);
}

/** What was spent to win a new client of a channel, and where that is told; null where it is not known. */
function costOf(locale: Locale, currency: string, { costs }: StagesAnswers, channel: string) {
  const cost = costs.find((row) => row.channel === channel && row.age === 0)?.cost_per_client ?? null;
  if (cost === null) return null;
  return {
    text: word(locale, 'stages.lever.cost', { cost: money(locale, currency, cost.toFixed(2)) }),
    href: figureLink('payback', 'cost_per_client', { months: 0 }, { channel, age: 0 }),
  };
}
