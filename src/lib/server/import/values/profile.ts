import { asWritten, carriesOffset, dashed, dayOf, formOf, hasMeridiem, readBy } from './date-forms.ts';
import { isPlain } from './dates.ts';
import { core, notation } from './numbers.ts';
import { isNumeric, isTimed } from './writing.ts';
import type { DateForm, Filled } from './writing.ts';

/** How the values of a column of dates are written. */
export type DateEvidence = {
  seen: {
    filled: number;
    plain: number;
    forms: readonly DateForm[];
    /** Values that are Excel's numbers of plausible days. */
    serials: number;
    meridiems: boolean;
    offsets: boolean;
    samples: readonly string[];
  };
  /** Different days that are written in numbers, with the year last or of two digits. */
  days: {
    readable: number;
    /** Days that can be read in each order, and those that two orders read differently. */
    dmy: number;
    mdy: number;
    ymd: number;
    dmy_or_mdy: number;
    ymd_or_another: number;
    /** Different first and last numbers. */
    firsts: number;
    lasts: number;
  };
};

/** How many values of a column of numbers are written in each notation. */
export type NumberEvidence = Record<'long' | 'dot' | 'comma' | 'dot3' | 'comma3', number> & {
  samples: readonly string[];
};

/** What the columns of a list show, by field. */
export type Evidence = {
  dates: ReadonlyMap<string, DateEvidence>;
  numbers: ReadonlyMap<string, NumberEvidence>;
};

/** Days that Excel's numbers are believed to mean: from 1927 on for birthdays, from 1980 on for instants, up to 2099. */
const SERIALS = { day: [10_000, 73_050], instant: [29_221, 73_050] } as const;

/**
 * The query whose one row tells how each column of dates and numbers is written, from all values of `from`, a relation
 * with the trimmed texts; `evidenceOf` reads the row. Null where no field needs it.
 */
export function profileQuery(from: string, filled: readonly Filled[]): string | null {
  const timed = filled.filter(isTimed);
  const numeric = filled.filter(isNumeric);
  if (timed.length + numeric.length === 0) return null;
  const texts = [
    ...timed.map(otherThanPlain),
    ...numeric.map(({ field: { name }, text }) => `${core(text)} as core_${name}`),
  ];
  const kinds = [
    ...timed.map(({ field: { name } }) => `${formOf(`other_${name}`)} as form_${name}`),
    ...numeric.map(
      ({ field, text }) => `${notation(field, text, `core_${field.name}`)} as kind_${field.name}`,
    ),
  ];
  const gathered = [...timed.flatMap(timedGathered), ...numeric.map(numbersGathered)];
  const shown = [
    ...timed.map(timedShown),
    ...numeric.map(({ field: { name } }) => `to_json(seen_${name})::varchar as ${name}`),
  ];
  return `with
    texts as (select *, ${texts.join(', ')} from ${from}),
    kinds as (select *, ${kinds.join(', ')} from texts),
    gathered as materialized (select ${gathered.join(', ')} from kinds)
    select ${shown.join(', ')} from gathered`;
}

/** The evidence in the row of a profile of these fields. */
export function evidenceOf(row: Readonly<Record<string, unknown>>, filled: readonly Filled[]): Evidence {
  const read = <E>(list: readonly Filled[]) =>
    new Map(list.map(({ field }) => [field.name, JSON.parse(String(row[field.name])) as E] as const));
  return { dates: read(filled.filter(isTimed)), numbers: read(filled.filter(isNumeric)) };
}

/** The text where it is no plain date, as the forms expect it. */
function otherThanPlain({ field, text }: Filled): string {
  const plain = `(${isPlain(text)} and try_cast(${text} as timestamp) is not null)`;
  return `case when not ${plain} then ${asWritten(text)} end as other_${field.name}`;
}

function timedGathered({ field: { name, type }, text }: Filled): string[] {
  const [from, to] = SERIALS[type === 'day' ? 'day' : 'instant'];
  const [form, other] = [`form_${name}`, `other_${name}`];
  const seen = `{
    filled: count(${text}),
    plain: count(${text}) - count(${other}),
    forms: coalesce(list(distinct ${form}) filter (${form} is not null), []),
    serials: count(*) filter (${form} = 'serial' and try_cast(${text} as decimal(18,9)) between ${from} and ${to}),
    meridiems: coalesce(bool_or(${hasMeridiem(other)}), false),
    offsets: coalesce(bool_or(${carriesOffset(other)}), false),
    samples: coalesce(min(${text}, 3) filter (${form} = 'numbers'), [])
  }`;
  return [
    `${seen} as seen_${name}`,
    `coalesce(list(distinct case when ${form} = 'numbers' then ${dayOf(other)} end) filter (${form} = 'numbers'), []) as days_${name}`,
  ];
}

function timedShown({ field: { name } }: Filled): string {
  const read = (order: 'dmy' | 'mdy' | 'ymd') => `${readBy('day', order)} as ${order}`;
  const days = `(select {
      readable: count(coalesce(dmy, mdy, ymd)),
      dmy: count(dmy),
      mdy: count(mdy),
      ymd: count(ymd),
      dmy_or_mdy: count(*) filter (dmy <> mdy),
      ymd_or_another: count(*) filter (ymd <> dmy or ymd <> mdy),
      firsts: count(distinct regexp_extract(day, '^\\d+')),
      lasts: count(distinct regexp_extract(day, '\\d+$'))
    } from (select day, ${read('dmy')}, ${read('mdy')}, ${read('ymd')} from (select distinct ${dashed('day')} as day from (select unnest(days_${name}) as day from gathered))))`;
  return `to_json({ seen: seen_${name}, days: ${days} })::varchar as ${name}`;
}

function numbersGathered({ field: { name }, text }: Filled): string {
  const kind = `kind_${name}`;
  const counts = ['long', 'dot', 'comma', 'dot3', 'comma3'].map(
    (one) => `${one}: count(*) filter (${kind} = '${one}')`,
  );
  return `{ ${counts.join(', ')}, samples: coalesce(min(${text}, 3) filter (${kind} in ('dot3', 'comma3')), []) } as seen_${name}`;
}
