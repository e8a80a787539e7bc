import { asWritten, century, meridiems, rewritten } from './date-forms.ts';
import { literal } from './text.ts';
import type { Filled, Writing, Writings } from './writing.ts';

/** Whether an instant or day is written as `2026-03-08` or `2026-03-08 10:30:00`, the forms that need no closer look. */
export function isPlain(column: string): string {
  return `(strlen(${column}) = 10 or (strlen(${column}) = 19 and substring(${column}, 17, 1) = ':'))`;
}

/**
 * The steps that read a text as an instant, each a select over the one before; the last adds `value_FIELD`, a timestamp
 * on the firm's wall clock, null where the text is none. Years of two digits are 1950 … 2049.
 */
export function instantSteps({ field, text }: Filled, writings: Writings, zone: string): string[] {
  const plain = `case when ${isPlain(text)} then try_cast(${text} as timestamp) end`;
  const writing = writings?.get(field.name);
  if (writing === undefined || writing.has.size === 0) return [`, ${plain} as value_${field.name}`];
  if (writing.has.has('serial')) return [`, coalesce(${plain}, ${serial(text)}) as value_${field.name}`];
  const [value, plainDate, written, anew, local] = (
    ['value', 'plain', 'written', 'anew', 'local'] as const
  ).map((step) => `${step}_${field.name}`) as [string, string, string, string, string];
  return [
    `, ${plain} as ${plainDate}`,
    `, case when ${plainDate} is null and ${text} is not null then ${asWritten(text)} end as ${written}`,
    `, ${rewritten(written, writing.has, writing.order)} as ${anew}`,
    `, ${wallClock(anew)} as ${local}`,
    `, coalesce(${plainDate}, ${moved(shifted(local, anew, writing), anew, writing, zone)}) as ${value}`,
  ];
}

/** Whether the instant of a field came with an offset, once the steps are done. */
export function cameWithOffset({ field }: Filled, writings: Writings): string {
  const has = writings?.get(field.name)?.has.has('offset') ?? false;
  return has ? `coalesce(${part(`anew_${field.name}`, 4)} <> '', false)` : 'false';
}

/** Days since the end of 1899 as Excel counts them in its 1900 system, to the second. */
function serial(text: string): string {
  const seconds = `round(try_cast(${text} as decimal(24,14)) * 86400)::bigint`;
  return `case when regexp_full_match(${text}, '\\d{5}(?:\\.\\d+)?')
    then timestamp '1899-12-30' + to_seconds(${seconds}) end`;
}

const part = (anew: string, n: number): string => `split_part(${anew}, ' ', ${n})`;

/** The date and clock of a text written anew, before the words of a twelve-hour clock are heeded; null where it is none. */
function wallClock(anew: string): string {
  const years = `case when strpos(${anew}, '-') = 4 then ${century(`substr(${anew}, 2, 2)`)} else '' end`;
  const clock = `replace(rtrim(replace(replace(' ' || ${part(anew, 2)}, ' ::', ''), '::', ':00:'), ':'), ',', '.')`;
  return `case when starts_with(${anew}, '=')
    then try_cast(${years} || substr(${part(anew, 1)}, 2) || ${clock} as timestamp) end`;
}

/** The local time with the words of a twelve-hour clock heeded: null where hour and word contradict each other. */
function shifted(local: string, anew: string, { has }: Writing): string {
  if (!has.has('meridiem')) return local;
  const word = part(anew, 3);
  const isOne = (words: readonly string[]) => `${word} in (${words.map(literal).join(', ')})`;
  const hour = `hour(${local})`;
  const half = `interval 12 hours`;
  return `case when ${word} = '' then ${local}
    when ${isOne(meridiems.morning)} then case when ${hour} < 12 then ${local} when ${hour} = 12 then ${local} - ${half} end
    when ${isOne(meridiems.afternoon)} then case when ${hour} < 12 then ${local} + ${half} else ${local} end
    when ${isOne(meridiems.noon)} then case when ${hour} in (11, 12) then ${local} when ${hour} < 3 then ${local} + ${half} end
    else case when ${hour} between 5 and 11 then ${local} + ${half} when ${hour} > 16 then ${local} end end`;
}

/** A local time of some offset on the firm's wall clock. */
function moved(local: string, anew: string, { has }: Writing, zone: string): string {
  if (!has.has('offset')) return local;
  const offset = `replace(replace(${part(anew, 4)}, 'utc', ''), 'gmt', '')`;
  const named = `case when ${offset} in ('', 'z') then '+00' else ${offset} end`;
  return `case when ${part(anew, 4)} = '' then ${local}
    else try_cast(${local}::varchar || ${named} as timestamptz) at time zone ${literal(zone)} end`;
}
