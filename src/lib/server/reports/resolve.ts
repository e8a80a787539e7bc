import { Refusal } from '#lib/errors/refusal.ts';
import { isContract, readContract } from '#lib/funnel/question.ts';
import { daysOf } from '../warehouse/parameters.ts';
import type { Argument, Arguments } from '../warehouse/parameters.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { mustMayDivide } from './audience.ts';
import type { Reach } from './audience.ts';
import { isEventField, mustBeEventField } from './event-fields.ts';
import { mustBeValue } from './filter-values.ts';
import { mustFit } from './funnel-question.ts';
import type { ParameterSpec } from './header.ts';
import { fieldOfFilter, mustBeSegment } from './segments.ts';
import { dataSpanOf } from './span.ts';
import type { ReportSpec } from './spec.ts';

type Given = Readonly<Record<string, Argument | undefined>>;

/**
 * Every parameter of a report with its value: what was given, else its default, else null where it is optional.
 * An as_of after the data's last day is believed: it says that nothing has happened since. A filter whose value
 * occurs somewhere in the data, but not in the period, leaves nobody, which is an answer; one that occurs nowhere is refused.
 * Whoever may not see single persons is not told here what occurs: see `crowdOf`.
 * Throws Refusal missing_parameter, unknown_parameter, bad_date, bad_number, bad_choice, bad_text, bad_filter,
 * not_your_segment, unknown_segment, unknown_value, personal_column, period_in_future, period_reversed, period_too_long or no_data_yet.
 */
export async function resolveParameters(
  warehouse: Warehouse,
  spec: ReportSpec,
  given: Given,
  reach: Reach,
): Promise<Arguments> {
  refuseUnknown(spec, Object.keys(given));
  const params: Record<string, Argument> = {};
  for (const parameter of spec.parameters) {
    const value = given[parameter.name];
    if (value === undefined) continue;
    params[parameter.name] =
      parameter.kind === 'contract'
        ? await contracted(warehouse, parameter, value, reach)
        : checked(parameter, value);
    await checkFields(warehouse, spec, parameter, value, reach);
  }
  const missing = spec.parameters.filter(({ name }) => params[name] === undefined);
  for (const parameter of missing.sort((a, b) => Number(b.name === 'as_of') - Number(a.name === 'as_of')))
    params[parameter.name] = await presetOf(warehouse, spec, parameter, params);
  if (isOfEvents(spec)) mustFit(params);
  const { from, to, compare_from, compare_to, as_of, grain } = params;
  await checkPeriod(warehouse, { from, to, as_of, grain });
  await checkPeriod(warehouse, { from: compare_from, to: compare_to, as_of });
  for (const { name, kind } of spec.parameters)
    if (kind === 'filters' && reach.persons)
      for (const entry of [params[name]].flat()) await mustBeValue(warehouse, String(entry), reach);
  return Object.fromEntries(spec.parameters.map(({ name }) => [name, params[name] ?? null]));
}

/** Throws Refusal unknown_parameter for the first name that the report does not know. */
export function refuseUnknown(spec: ReportSpec, names: readonly string[]): void {
  const known = spec.parameters.map((parameter) => parameter.name);
  const name = names.find((candidate) => !known.includes(candidate));
  if (name !== undefined)
    throw new Refusal('unknown_parameter', { name, report: spec.name, known: known.join(', ') || '–' });
}

async function presetOf(
  warehouse: Warehouse,
  spec: ReportSpec,
  parameter: ParameterSpec,
  params: Arguments,
): Promise<Argument> {
  if (parameter.default === null) {
    if (parameter.type.endsWith('[]')) return [];
    if (parameter.optional) return null;
    throw new Refusal('missing_parameter', { name: parameter.name, report: spec.name });
  }
  if (parameter.kind === 'contract') return canonicalOf(parameter.name, parameter.default).canonical;
  if (parameter.type !== 'date') return literal(parameter);
  if (daysOf(parameter.default) !== undefined) return parameter.default;
  if (parameter.default === 'as_of' && params.as_of !== undefined) return params.as_of;
  const span = await dataSpanOf(warehouse);
  const day = span[parameter.default === 'as_of' ? 'last_day' : parameter.default];
  if (day === undefined) throw new Error(`${spec.name}: data_span has no day ${parameter.default}.`);
  if (day === null) throw new Refusal('no_data_yet', {});
  return day;
}

function literal({ type, default: preset }: ParameterSpec): Argument {
  if (type === 'boolean') return preset === 'true';
  return isNumeric(type) ? Number(preset) : preset;
}

/** Whether parameters of a type travel as numbers. */
export function isNumeric(type: string): boolean {
  return ['int', 'integer', 'bigint', 'double'].includes(type);
}

function checked({ name, type, kind, choices, range }: ParameterSpec, value: Argument): Argument {
  if (value === null) return null;
  if ([value].flat().some((text) => String(text).includes('\0'))) throw new Refusal('bad_text', { name });
  if (Array.isArray(value)) {
    if (!type.endsWith('[]'))
      throw new Refusal('bad_choice', { name, value: value.join(', '), choices: type });
    return value;
  }
  if (type === 'date' && daysOf(String(value)) === undefined)
    throw new Refusal('bad_date', { name, value: String(value) });
  if (isNumeric(type) && !(typeof value === 'number' && (type === 'double' || Number.isSafeInteger(value))))
    throw new Refusal('bad_number', { name, value: String(value) });
  if (range && (Number(value) < range[0] || Number(value) > range[1]))
    throw new Refusal('bad_choice', { name, value: String(value), choices: `${range[0]} … ${range[1]}` });
  if (choices && kind === 'plain' && !choices.includes(String(value)))
    throw new Refusal('bad_choice', { name, value: String(value), choices: choices.join(', ') });
  return value;
}

/** Whether a report asks for steps of events, so that what they say divides it too. */
const isOfEvents = (spec: ReportSpec) =>
  spec.parameters.some(({ name, kind }) => kind === 'contract' && name === 'steps');

/** The canonical form of a part of a question that travels as JSON. Throws Refusal bad_contract and those of its fields. */
async function contracted(
  warehouse: Warehouse,
  { name }: ParameterSpec,
  value: Argument,
  reach: Reach,
): Promise<Argument> {
  if (value === null) return null;
  if (String(value).includes('\0')) throw new Refusal('bad_text', { name });
  const { canonical, fields } = canonicalOf(name, String(value));
  for (const field of fields) {
    mustMayDivide(reach, field);
    await mustBeEventField(warehouse, field, reach);
  }
  return canonical;
}

function canonicalOf(name: string, json: string) {
  if (!isContract(name)) throw new Error(`There is no contract ${name}.`);
  const read = readContract(name, json);
  if ('wrong' in read) throw new Refusal('bad_contract', { name, wrong: read.wrong });
  return read;
}

async function checkFields(
  warehouse: Warehouse,
  spec: ReportSpec,
  { kind, choices }: ParameterSpec,
  value: Argument,
  reach: Reach,
): Promise<void> {
  if (kind === 'segment' && typeof value === 'string') mustMayDivide(reach, value);
  if (kind === 'segment' && typeof value === 'string' && !choices?.includes(value))
    if (!(isOfEvents(spec) && (await isEventField(warehouse, value, reach))))
      await mustBeSegment(warehouse, value, reach, choices ?? []);
  if (kind === 'event' && typeof value === 'string') {
    mustMayDivide(reach, value);
    await mustBeEventField(warehouse, value, reach);
  }
  if (kind === 'filters' && Array.isArray(value))
    for (const entry of value) {
      const field = fieldOfFilter(String(entry));
      mustMayDivide(reach, field);
      await mustBeSegment(warehouse, field, reach);
    }
}

/** The longest period that is answered day by day, week by week or month by month: twenty years. */
const MOST_YEARS = 20;

async function checkPeriod(warehouse: Warehouse, { from, to, as_of, grain }: Given): Promise<void> {
  if (typeof from !== 'string') return;
  if (typeof as_of === 'string' && from > as_of) {
    const { last_day } = await dataSpanOf(warehouse);
    throw new Refusal('period_in_future', {
      from,
      last_day: last_day !== null && last_day < as_of ? last_day : as_of,
    });
  }
  if (typeof to !== 'string') return;
  if (to < from) throw new Refusal('period_reversed', { from, to });
  const last = typeof as_of === 'string' && as_of < to ? as_of : to;
  const days = (daysOf(last) ?? 0) - (daysOf(from) ?? 0);
  if (typeof grain === 'string' && grain !== 'all' && days > MOST_YEARS * 366)
    throw new Refusal('period_too_long', { from, last, years: MOST_YEARS });
}
