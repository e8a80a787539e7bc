import { conditionOps, durationUnits } from '#lib/funnel/draft.ts';
import type { DraftCondition } from '#lib/funnel/draft.ts';
import { coarseCounts, coarseGrains, coarseOrders, coarseWindows } from '#lib/funnel/coarse.ts';
import { ANY, MOST_STEPS } from '#lib/funnel/question.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { fieldName, filterName } from '../../segment-words.ts';
import type { BuilderAnswers } from './answers.server.ts';
import { OR } from './form.ts';
import { eventValueName, kindName, stepName } from './names.ts';
import * as known from './question.ts';
import type { BuilderQuestion } from './question.ts';

/** One of several choices of a form. */
export type Choice = { value: string; name: string };

export type ConditionInput = {
  key: string;
  field: string;
  op: string;
  /** What is asked for; where it is chosen an empty one follows that can take another value. */
  values: readonly string[];
  /** The values that such events have; null where they are typed. */
  choices: readonly Choice[] | null;
  /** The list of suggestions for what is typed. */
  list: string | null;
};

/** The form that composes a funnel: what stands in its fields, and what can be chosen. Server only. */
export function editorView(locale: Locale, question: BuilderQuestion, answers: BuilderAnswers) {
  const { kinds, fields, values, days, reach, inFives } = answers;
  const { steps, exclusions } = question;
  const choices = (prefix: string, codes: readonly string[]): Choice[] =>
    codes.map((value) => ({ value, name: word(locale, `builder.${prefix}.${value}`) }));
  const lists = values.map(({ kind, field, rows, isAll }, at) => ({
    kind,
    field,
    isAll,
    id: `values-${at + 1}`,
    rows: rows.map(({ value, name, events }) => ({
      value,
      name: word(locale, 'builder.kind.count', {
        kind: name ?? eventValueName(locale, field, value),
        count: count(locale, events),
      }),
    })),
  }));
  const inputs = (owner: string, asked: string, where: readonly DraftCondition[]): ConditionInput[] =>
    [...where, BLANK].map(({ field, op, values: given }, at) => {
      const kind = asked === ANY ? null : asked;
      const list = lists.find((one) => one.field === field && one.kind === kind);
      const isChosen = list !== undefined && list.isAll && op !== 'more' && op !== 'less';
      const others = [...new Set(given)].filter((value) => !list?.rows.some((row) => row.value === value));
      return {
        key: `${owner}.c${at + 1}`,
        field,
        op,
        values: isChosen ? [...given, ''] : [given.join(` ${OR} `)],
        choices: isChosen
          ? [...list.rows, ...others.map((value) => ({ value, name: eventValueName(locale, field, value) }))]
          : null,
        list: list?.id ?? null,
      };
    });
  const named = {
    kinds: new Set([...steps, ...exclusions].map(({ kind }) => kind)),
    fields: [...[...steps, ...exclusions].flatMap(({ where }) => where), ...question.conditions].map(
      ({ field }) => field,
    ),
  };
  const recorded = kinds.map(({ kind, events }) => ({
    value: kind,
    name: word(locale, 'builder.kind.count', { kind: kindName(locale, kind), count: count(locale, events) }),
  }));
  const others = [...named.kinds].filter((kind) => kind !== ANY && !kinds.some((row) => row.kind === kind));
  return {
    inFives,
    /** How many steps everybody who arrives has to take. */
    required: question.steps.filter(({ optional }) => !optional).length,
    kinds: [
      ...recorded,
      ...others.map((kind) => ({ value: kind, name: kindName(locale, kind) })),
      { value: ANY, name: kindName(locale, ANY) },
    ],
    fields: [...new Set([...fields.conditions, ...named.fields])].map((value) => ({
      value,
      name: fieldName(locale, value),
    })),
    ops: choices('op', conditionOps),
    units: choices('unit', durationUnits),
    lists: lists.filter(({ isAll }) => !isAll),
    steps: steps.map((step, at) => ({
      ...step,
      no: at + 1,
      called: stepName(locale, step),
      where: inputs(`s${at + 1}`, step.kind, step.where),
      isPlain:
        step.where.length === 0 &&
        step.name === null &&
        step.within === null &&
        !step.optional &&
        !step.anchored,
    })),
    exclusions: exclusions.map((one, at) => ({
      ...one,
      no: at + 1,
      where: inputs(`x${at + 1}`, one.kind, one.where),
    })),
    conditions: inputs('e', ANY, question.conditions),
    hasConditions: question.conditions.length > 0,
    /** What stands in a step that is added: what is recorded most often and no step yet. */
    next: (kinds.find(({ kind }) => !named.kinds.has(kind)) ?? kinds[0])?.kind ?? ANY,
    mayAdd: steps.length < MOST_STEPS,
    isAnchored: question.order === 'anchored',
    settings: {
      ...question,
      from: question.from ?? '',
      to: question.to ?? '',
      weeks: question.from === null && question.to === null ? question.weeks : '',
    },
    days,
    firstDay: reach.firstDay,
    lastDay: reach.lastDay,
    filters: question.where.map((entry) => ({
      entry,
      name: filterName(locale, entry),
      without: known.addressOf(question, { where: question.where.filter((other) => other !== entry) }),
    })),
    by: fields.by.map((value) => ({ value, name: fieldName(locale, value) })),
    orders: choices('order', inFives ? coarseOrders : known.orders),
    windows: coarseWindows.map((n) => ({
      value: String(n),
      name: word(locale, 'builder.within.day', { n: count(locale, n) }),
    })),
    windowUnits: choices('unit', known.windowUnits),
    entries: choices('entry', known.entries),
    counts: choices('count', inFives ? coarseCounts : known.counts),
    holds: choices('hold', known.holds),
    views: choices('view', known.views),
    grains: choices('grain', inFives ? coarseGrains : known.grains),
    attributions: choices('attribution', known.attributions),
    spans: known.spans.map((value) => ({ value, name: word(locale, 'builder.weeks', { count: value }) })),
  };
}

export type EditorView = ReturnType<typeof editorView>;

const BLANK: DraftCondition = { field: '', op: 'is', values: [] };
