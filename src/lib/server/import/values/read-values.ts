import { chosen } from './choices.ts';
import { cameWithOffset, instantSteps } from './dates.ts';
import { hasMoreDecimals, numberSteps } from './numbers.ts';
import { phone } from './phones.ts';
import { literal } from './text.ts';
import { isNumeric, isTimed } from './writing.ts';
import type { Filled, Writings } from './writing.ts';

/** Something that may be wrong with a record: `what` as `field:reason`. */
export type Finding = { when: string; what: string };

/**
 * A select over `from`, a relation with the trimmed texts of the filled fields, that adds each field's typed value under
 * the field's name. A value that cannot be read as its field's type is null; instants with an offset are on the wall clock
 * of `zone`, the firm's time zone; only years that every part of the system can carry are dates.
 */
export function readValues(
  from: string,
  filled: readonly Filled[],
  writings: Writings,
  zone: string,
): string {
  const steps = filled.map((each) => stepsOf(each, writings, zone));
  const most = Math.max(0, ...steps.map((each) => each.length));
  const read = Array.from({ length: most }, (_, at) => steps.map((each) => each[at] ?? '').join('')).reduce(
    (relation, columns) => (columns === '' ? relation : `(select * ${columns} from ${relation})`),
    from,
  );
  const values = filled.map((each) => `, ${valueOf(each)} as ${each.field.name}`);
  return `select * ${values.join('')} from ${read}`;
}

/**
 * What may be wrong with the values of a record, which has `HAS_PLUS` too: empty but required, not of their type, not to be
 * decided alone, or a text that a spreadsheet has rounded.
 */
export function problemsOf(filled: readonly Filled[], writings: Writings): Finding[] {
  return filled.flatMap((each) => {
    const { field, text } = each;
    const missing = { when: `${text} is null`, what: `${field.name}:required` };
    const unread = `${text} is not null and ${field.name} is null`;
    const decidable = writings === null && (isTimed({ field }) || isNumeric({ field }));
    const may = mayBeRead({ field, text });
    const wrong = decidable
      ? [
          { when: `case when ${unread} then ${may} end`, what: `${field.name}:undecided` },
          { when: `case when ${unread} then not ${may} end`, what: `${field.name}:${field.type}` },
        ]
      : [{ when: unread, what: `${field.name}:${field.type}` }];
    const rounded = { when: isScientific(each), what: `${field.name}:scientific` };
    return [...(field.required ? [missing] : []), ...(isText({ field }) ? [rounded] : wrong)];
  });
}

/** The column that says whether any text of a record has a plus sign. */
export const HAS_PLUS = 'has_plus';

/**
 * Whether a text stands in scientific notation, as spreadsheets write long numbers: several record numbers, customers or
 * telephones have become one.
 */
function isScientific({ text, expression = null }: Filled): string {
  const may = expression === null ? `${HAS_PLUS} and contains(${text}, '+')` : `contains(${text}, '+')`;
  return `(${may} and regexp_full_match(${text}, '\\d(?:[.,]\\d+)?[eE]\\+\\d+'))`;
}

/** Whether any record was left for want of a decision: an SQL boolean over the column `problem`. */
export const isUndecided = `contains(problem, ':undecided')`;

/** The instants of a record that came with an offset and were moved to the firm's time zone, each as a finding. */
export function movedInstants(filled: readonly Filled[], writings: Writings): Finding[] {
  return filled
    .filter(isTimed)
    .map((each) => ({ when: cameWithOffset(each, writings), what: each.field.name }))
    .filter(({ when }) => when !== 'false');
}

/** Whether any money of the record has more than the two decimals that are kept. */
export function isRounded(filled: readonly Filled[], writings: Writings): string {
  const each = filled
    .filter(({ field }) => field.type === 'money')
    .map((one) => hasMoreDecimals(one, writings));
  return each.length === 0 ? 'null::boolean' : `coalesce(${each.join(' or ')}, false)`;
}

const isText = ({ field }: Pick<Filled, 'field'>): boolean => field.type === 'text' || field.type === 'phone';

function stepsOf(filled: Filled, writings: Writings, zone: string): string[] {
  if (isTimed(filled)) return instantSteps(filled, writings, zone);
  return isNumeric(filled) ? numberSteps(filled, writings) : [];
}

function valueOf({ field, text }: Filled): string {
  const value = `value_${field.name}`;
  switch (field.type) {
    case 'text':
      return text;
    case 'phone':
      return phone(text);
    case 'choice':
      return chosen(field.choices ?? {}, text);
    case 'instant':
      return inRange(value);
    case 'day':
      return `(${inRange(value)})::date`;
    default:
      return value;
  }
}

/** Years that every part of the system can carry; leaves out `infinity` and placeholders such as year 1. */
function inRange(value: string): string {
  return `case when ${value} between '1900-01-01' and '2199-12-31' then ${value} end`;
}

/** Whether a value that is not plain may still be one of its type: it has a digit and is no plain date that there is not. */
function mayBeRead({ field, text }: Filled): string {
  const digit = `regexp_matches(${text}, ${literal('[0-9０-９]')})`;
  if (!isTimed({ field })) return digit;
  return `(${digit} and not regexp_full_match(${text}, '\\d{4}-\\d\\d-\\d\\d(?:[ T]\\d\\d:\\d\\d:\\d\\d)?'))`;
}
