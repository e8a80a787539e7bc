import { ANY } from '#lib/funnel/question.ts';
import type { DraftCondition, DraftStep } from '#lib/funnel/draft.ts';
import { hasWord, word } from '#lib/words/word.ts';
import type { Locale } from '#lib/words/locale.ts';
import { fieldName } from '../../segment-words.ts';

/** A kind of event in the business's own words; one that only a list knows keeps its name. Server only. */
export function kindName(locale: Locale, kind: string): string {
  const key = kind === ANY ? 'event.any' : `event.${kind}`;
  return hasWord(key) ? word(locale, key) : kind;
}

/** A value of a field of events as it is shown: the word of its code, else itself. Server only. */
export function eventValueName(locale: Locale, field: string, value: string): string {
  if (field === 'kind') return kindName(locale, value);
  const key = [`segment.${field}.${value}`, ...(CODED.includes(field) ? [`choice.${value}`] : [])].find(
    hasWord,
  );
  return key === undefined ? value : word(locale, key);
}

/** The same where a person of the staff goes by a name. Server only. */
export function namedValue(
  locale: Locale,
  staff: ReadonlyMap<string, string>,
  field: string,
  value: string,
): string {
  return (STAFF.includes(field) ? staff.get(value) : undefined) ?? eventValueName(locale, field, value);
}

/** Fields whose values are staff numbers. */
const STAFF = ['staff', 'inviter', 'seller'];

/** Fields whose values are the codes of lists. */
const CODED = ['type', 'outcome'];

/** What a step is called: as somebody named it, else its kind with what it asks for. Server only. */
export function stepName(
  locale: Locale,
  { kind, name, where }: Pick<DraftStep, 'kind' | 'name' | 'where'>,
): string {
  if (name !== null) return name;
  if (where.length === 0) return kindName(locale, kind);
  return word(locale, 'builder.step.of', {
    kind: kindName(locale, kind),
    conditions: where.map((one) => conditionName(locale, one)).join(word(locale, 'builder.comma')),
  });
}

/** A condition in a few words. Server only. */
export function conditionName(locale: Locale, { field, op, values }: DraftCondition): string {
  const shown = values.map((value) => eventValueName(locale, field, value)).join(word(locale, 'builder.or'));
  if (op === 'is')
    return isPlain(field)
      ? shown
      : word(locale, 'builder.said.is', { field: fieldName(locale, field), value: shown });
  return word(locale, `builder.said.${op}`, { field: fieldName(locale, field), value: shown });
}

/** Fields whose values speak for themselves. */
const isPlain = (field: string) =>
  CODED.includes(field) || field === 'item' || field === 'store' || field === 'channel';

/** The hue of a step: those of the seven steps from the lead on, the last one for all that follow. */
export function hueOf(place: number): number {
  return Math.min(1 + place, 6);
}
